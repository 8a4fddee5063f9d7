import CCairo
import TingleSupport

/// A drawing surface for PNG or SVG, by Cairo. Coordinates are in points from the upper left corner.
final class Canvas {
  struct Colour {
    var red, green, blue, alpha: Double

    init(_ red: Double, _ green: Double, _ blue: Double, _ alpha: Double = 1) {
      (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    static let ink = Colour(0.13, 0.13, 0.16)
    static let faint = Colour(0.13, 0.13, 0.16, 0.14)
    static let pale = Colour(0.45, 0.45, 0.5)
  }

  enum Anchor: Double { case start = 0, middle = 0.5, end = 1 }

  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let output: Output
  private let isSVG: Bool

  /// The stream that Cairo writes to. It keeps the first error, since Cairo reports only that a write failed.
  private final class Output {
    let file: AtomicFile
    var failure: (any Error)?

    init(_ file: AtomicFile) { self.file = file }

    static let write: cairo_write_func_t = { output, bytes, count in
      let output = Unmanaged<Output>.fromOpaque(output!).takeUnretainedValue()
      do {
        try output.file.write(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
      } catch {
        output.failure = output.failure ?? error
        return CAIRO_STATUS_WRITE_ERROR
      }
    }
  }

  /// Creates a white canvas.
  /// - Parameters:
  ///   - file: the output; it is complete after `finish`.
  ///   - isSVG: whether the output is SVG instead of PNG.
  init(width: Double, height: Double, file: AtomicFile, isSVG: Bool) {
    output = Output(file)
    self.isSVG = isSVG
    surface =
      isSVG
      ? cairo_svg_surface_create_for_stream(
        Output.write, Unmanaged.passUnretained(output).toOpaque(), width, height)
      : cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
    context = cairo_create(surface)
    fill(0, 0, width, height, Colour(1, 1, 1))
    cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Completes the drawing and writes the rest of the output.
  /// - Throws: `UserError` (inputOutput).
  func finish() throws {
    var status = cairo_status(context)
    if status == CAIRO_STATUS_SUCCESS, !isSVG {
      status = cairo_surface_write_to_png_stream(
        surface, Output.write, Unmanaged.passUnretained(output).toOpaque())
    }
    cairo_surface_finish(surface)
    if status == CAIRO_STATUS_SUCCESS { status = cairo_surface_status(surface) }
    if let failure = output.failure { throw failure }
    guard status == CAIRO_STATUS_SUCCESS else {
      throw UserError(
        .inputOutput,
        "cannot write '\(output.file.path)': \(String(cString: cairo_status_to_string(status)))")
    }
  }

  /// Fills a rectangle.
  func fill(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ colour: Colour) {
    use(colour)
    cairo_rectangle(context, x, y, width, height)
    cairo_fill(context)
  }

  /// Draws the outline of a rectangle.
  func frame(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    use(.pale)
    cairo_set_line_width(context, 1)
    cairo_rectangle(context, x + 0.5, y + 0.5, width - 1, height - 1)
    cairo_stroke(context)
  }

  /// Draws a line through points.
  func line(_ points: [(x: Double, y: Double)], _ colour: Colour, width: Double = 1, dashes: [Double] = []) {
    guard let first = points.first else { return }
    use(colour)
    cairo_set_line_width(context, width)
    cairo_set_dash(context, dashes, Int32(dashes.count), 0)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_stroke(context)
    cairo_set_dash(context, [], 0, 0)
  }

  /// Fills a polygon.
  func area(_ points: [(x: Double, y: Double)], _ colour: Colour) {
    guard let first = points.first else { return }
    use(colour)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// Draws a line of text with its baseline at `y`.
  func text(
    _ text: String, _ x: Double, _ y: Double, size: Double = 11, _ colour: Colour = .ink,
    anchor: Anchor = .start, isUpright: Bool = false
  ) {
    use(colour)
    cairo_set_font_size(context, size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    cairo_save(context)
    cairo_translate(context, x, y)
    if isUpright { cairo_rotate(context, -.pi / 2) }
    cairo_move_to(context, -extents.x_advance * anchor.rawValue, 0)
    cairo_show_text(context, text)
    cairo_restore(context)
  }

  /// Draws an image of `width` by `height` pixels, scaled to a rectangle; `pixel` returns 0xRRGGBB.
  func image(
    width: Int, height: Int, over x: Double, _ y: Double, _ w: Double, _ h: Double,
    pixel: (_ x: Int, _ y: Int) -> UInt32
  ) {
    let image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    defer { cairo_surface_destroy(image) }
    guard let data = cairo_image_surface_get_data(image) else { return }
    let stride = Int(cairo_image_surface_get_stride(image))
    for row in 0..<height {
      for column in 0..<width {
        UnsafeMutableRawPointer(data).storeBytes(
          of: pixel(column, row), toByteOffset: row * stride + 4 * column, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(image)
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_scale(context, w / Double(width), h / Double(height))
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BILINEAR)
    cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
    cairo_rectangle(context, 0, 0, Double(width), Double(height))
    cairo_fill(context)
    cairo_restore(context)
  }

  private func use(_ colour: Colour) {
    cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.alpha)
  }
}
