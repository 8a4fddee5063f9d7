import Foundation
import TingleMetering
import TingleSupport

/// A track to look at: its envelope, its loudness between the bounds that are wanted, and its spectrogram.
public struct Chart {
  /// What kind of file it becomes.
  public enum Format: String {
    case png, svg

    /// By a path's ending.
    public init?(path: String) { self.init(rawValue: (path as NSString).pathExtension.lowercased()) }
  }

  private let title: String
  private let verdict: String
  private let picture: TrackPicture
  private let figures: [CheckMetric: Double]
  private let targets: Targets

  private static let size = (width: 1280.0, height: 900.0)
  private static let left = 72.0
  private static let right = 1200.0
  private static let envelope = Canvas.Colour(0.36, 0.49, 0.62)
  private static let loudness = Canvas.Colour(0.20, 0.35, 0.30)
  private static let bound = Canvas.Colour(0.75, 0.25, 0.2)

  /// A chart of a track that was listened to.
  /// - Parameters:
  ///   - title: whose it is.
  ///   - verdict: what is said beside it.
  public init(
    title: String, verdict: String, picture: TrackPicture, figures: [CheckMetric: Double], targets: Targets
  ) {
    self.title = title
    self.verdict = verdict
    self.picture = picture
    self.figures = figures
    self.targets = targets
  }

  /// Draws it; a file that is there already is replaced by a whole one or not at all.
  /// - Throws: `UserError` (cannotCreate, inputOutput).
  public func draw(to file: AtomicFile) throws {
    let canvas = Canvas(
      width: Self.size.width, height: Self.size.height, file: file, isSVG: Format(path: file.path) == .svg)
    canvas.text(title, Self.left, 34, size: 18)
    canvas.text(verdict, Self.right, 34, size: 12, .pale, anchor: .end)
    drawEnvelope(Panel(canvas, top: 56, height: 160, time, Axis(-90...0, every: 15), "level, dBFS"))
    drawLoudness(Panel(canvas, top: 256, height: 240, time, loudnessAxis, "loudness, LUFS"))
    drawSpectrogram(Panel(canvas, top: 536, height: 310, time, .hertz(TrackPicture.hertz), "frequency, Hz"))
    try canvas.finish()
    try file.commit()
  }

  private var time: Axis { .time(picture.seconds) }

  private func drawEnvelope(_ panel: Panel) {
    panel.band(
      from: { _ in -200 }, to: { self.picture.peaksDB[$0] }, count: picture.columns, Self.envelope.faded(0.35)
    )
    panel.band(from: { _ in -200 }, to: { self.picture.levelsDB[$0] }, count: picture.columns, Self.envelope)
    if let ceiling = targets.ranges[.truePeak]?.upperBound {
      panel.rule(at: ceiling, Self.bound, "highest true peak")
    }
    panel.finish("peak (light) and mean level")
  }

  private var loudnessAxis: Axis {
    let highest = picture.loudness.compactMap { $0?.upperBound }.max() ?? -20
    let integrated = max(-60, figures[.integrated] ?? -30)
    let top = max(integrated + 9, highest + 3)
    return Axis((min(integrated, top - 12) - 12)...top, every: 3)
  }

  private func drawLoudness(_ panel: Panel) {
    if let wanted = targets.ranges[.integrated] {
      panel.strip(wanted, Self.loudness.faded(0.13))
    }
    panel.band(
      from: { self.picture.loudness[$0]?.lowerBound ?? -200 },
      to: { self.picture.loudness[$0]?.upperBound ?? -200 }, count: picture.columns, Self.loudness.faded(0.5))
    panel.curve(picture.loudness.map { $0.map { ($0.lowerBound + $0.upperBound) / 2 } }, Self.loudness)
    if let integrated = figures[.integrated], integrated.isFinite {
      panel.rule(at: integrated, Self.loudness, String(format: "integrated %.1f LUFS", integrated))
      if let most = targets.ranges[.momentary]?.upperBound {
        panel.rule(at: integrated + most, Self.bound, "highest momentary loudness")
      }
    }
    panel.finish(
      "momentary loudness (400 ms), lowest to highest; shaded: the integrated loudness that is wanted")
  }

  private func drawSpectrogram(_ panel: Panel) {
    let loudest = Double(picture.spectraDB.max() ?? -40)
    let depth = 60.0
    let bands = TrackPicture.bands
    panel.canvas.picture(
      width: picture.columns, height: bands, over: Self.left, panel.top, Self.right - Self.left, panel.height
    ) { x, y in
      let level = Double(picture.spectraDB[x * bands + bands - 1 - y])
      return Heat.pixel((level - loudest) / depth + 1)
    }
    let bar = (x: Self.right + 14, width: 12.0)
    panel.canvas.picture(width: 1, height: 256, over: bar.x, panel.top, bar.width, panel.height) { _, y in
      Heat.pixel(1 - Double(y) / 255)
    }
    for step in 0...4 {
      let y = panel.top + panel.height * Double(step) / 4
      panel.canvas.text(
        "\(Int(loudest - depth * Double(step) / 4))", bar.x + bar.width + 4, y + 4, size: 10, .pale)
    }
    panel.canvas.text("dB", bar.x + bar.width + 4, panel.top + panel.height + 18, size: 10, .pale)
    panel.finish("spectrogram", grid: false)
  }

  /// A rectangle with a time axis and another.
  private struct Panel {
    let canvas: Canvas
    let top: Double
    let height: Double
    let time: Axis
    let values: Axis
    let unit: String

    init(_ canvas: Canvas, top: Double, height: Double, _ time: Axis, _ values: Axis, _ unit: String) {
      (self.canvas, self.top, self.height) = (canvas, top, height)
      (self.time, self.values, self.unit) = (time, values, unit)
    }

    private func y(_ value: Double) -> Double { top + height * (1 - max(0, min(1, values.share(value)))) }

    private func x(_ share: Double) -> Double { Chart.left + (Chart.right - Chart.left) * share }

    /// An area between two numbers for each column.
    func band(from low: (Int) -> Double, to high: (Int) -> Double, count: Int, _ colour: Canvas.Colour) {
      func place(_ k: Int) -> Double { x((Double(k) + 0.5) / Double(count)) }
      // At least a hair's breadth.
      let upper = (0..<count).map { (place($0), y(high($0)) - 0.5) }
      let lower = (0..<count).reversed().map { (place($0), y(low($0)) + 0.5) }
      canvas.area(upper + lower, colour)
    }

    /// A line through a number for each column.
    func curve(_ values: [Double?], _ colour: Canvas.Colour) {
      canvas.line(
        values.enumerated().map { k, value in
          (x((Double(k) + 0.5) / Double(values.count)), y(value ?? -200))
        }, colour, width: 1.3)
    }

    func strip(_ range: ClosedRange<Double>, _ colour: Canvas.Colour) {
      canvas.fill(
        Chart.left, y(range.upperBound), Chart.right - Chart.left,
        y(range.lowerBound) - y(range.upperBound), colour)
    }

    func rule(at value: Double, _ colour: Canvas.Colour, _ label: String) {
      guard values.range.contains(value) else { return }
      canvas.line([(Chart.left, y(value)), (Chart.right, y(value))], colour, dashes: [5, 4])
      // Above its line, where there is room.
      let base = y(value) > top + 16 ? y(value) - 4 : y(value) + 12
      canvas.text(label, Chart.right - 6, base, size: 10, colour, anchor: .end)
    }

    /// The axes, over what was drawn.
    func finish(_ caption: String, grid: Bool = true) {
      for mark in values.marks {
        let height = y(mark.value)
        if grid { canvas.line([(Chart.left, height), (Chart.right, height)], .faint) }
        canvas.line([(Chart.left - 4, height), (Chart.left, height)], .pale)
        canvas.text(mark.label, Chart.left - 8, height + 4, size: 10, .pale, anchor: .end)
      }
      for mark in time.marks {
        let place = x(time.share(mark.value))
        if grid { canvas.line([(place, top), (place, top + height)], .faint) }
        canvas.line([(place, top + height), (place, top + height + 4)], .pale)
        canvas.text(mark.label, place, top + height + 17, size: 10, .pale, anchor: .middle)
      }
      canvas.frame(Chart.left, top, Chart.right - Chart.left, height)
      canvas.text(unit, 22, top + height / 2, size: 11, anchor: .middle, isUpright: true)
      canvas.text(caption, Chart.left, top - 6, size: 11)
    }
  }
}

extension Canvas.Colour {
  fileprivate func faded(_ alpha: Double) -> Self { Self(red, green, blue, alpha) }
}

/// From dark to light, evenly to the eye: black, violet, red, yellow, white.
enum Heat {
  private static let stops: [(Double, Double, Double)] = [
    (0.0, 0.0, 0.02), (0.18, 0.05, 0.37), (0.48, 0.11, 0.43), (0.79, 0.25, 0.30), (0.96, 0.50, 0.11),
    (0.98, 0.79, 0.24), (0.99, 1.0, 0.76),
  ]

  /// 0xRRGGBB for 0 ... 1.
  static func pixel(_ value: Double) -> UInt32 {
    let place = max(0, min(0.9999, value)) * Double(stops.count - 1)
    let k = Int(place)
    let t = place - Double(k)
    func mix(_ a: Double, _ b: Double) -> UInt32 { UInt32(255 * (a + t * (b - a))) }
    let (a, b) = (stops[k], stops[k + 1])
    return mix(a.0, b.0) << 16 | mix(a.1, b.1) << 8 | mix(a.2, b.2)
  }
}
