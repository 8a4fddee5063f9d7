import Foundation
import TingleSupport

/// A chart of a learned texture: spectrum, spread of the levels, and octaves of modulation.
public struct TextureChart {
  private let title: String
  private let subtitle: String
  private let spectrum: [(hz: Double, dB: Double)]
  private let levels: [(hz: Double, lowDB: Double, middleDB: Double, highDB: Double)]
  private let octaves: [(hz: Double, share: Double)]

  private static let size = (width: 1280.0, height: 820.0)
  private static let left = 72.0
  private static let right = 1240.0
  private static let ink = Canvas.Colour(0.20, 0.35, 0.30)
  private static let shade = Canvas.Colour(0.36, 0.49, 0.62, 0.4)

  /// - Parameters:
  ///   - title: the heading on the left: the texture's name.
  ///   - subtitle: the heading on the right.
  ///   - spectrum: the long-term power density by frequency.
  ///   - levels: for each band, the 4 %, 50 % and 96 % quantiles of its level relative to the spectrum.
  ///   - octaves: the share of each octave of modulation in the fluctuation, fastest first.
  public init(
    title: String, subtitle: String, spectrum: [(hz: Double, dB: Double)],
    levels: [(hz: Double, lowDB: Double, middleDB: Double, highDB: Double)],
    octaves: [(hz: Double, share: Double)]
  ) {
    (self.title, self.subtitle) = (title, subtitle)
    (self.spectrum, self.levels, self.octaves) = (spectrum, levels, octaves)
  }

  /// Draws the chart and commits the file.
  /// - Throws: `UserError` (cannotCreate, inputOutput).
  public func draw(to file: AtomicFile) throws {
    let canvas = Canvas(
      width: Self.size.width, height: Self.size.height, file: file,
      isSVG: Chart.Format(path: file.path) == .svg)
    canvas.text(title, Self.left, 34, size: 18)
    canvas.text(subtitle, Self.right, 34, size: 12, .pale, anchor: .end)
    let hertz = Axis.hertz(25...21_500)
    let top = (spectrum.map(\.dB).max() ?? 0) + 3
    let density = Axis(max(top - 90, (spectrum.map(\.dB).min() ?? top - 60) - 3)...top, every: 10)
    draw(canvas, top: 60, height: 230, hertz, density, "power density, dB", "long-term spectrum") { x, y in
      canvas.line(spectrum.map { (x($0.hz), y($0.dB)) }, Self.ink, width: 1.5)
    }
    let highest = (levels.map(\.highDB).max() ?? 10) + 2
    let lowest = max(-40, (levels.map(\.lowDB).min() ?? -10) - 2)
    draw(
      canvas, top: 340, height: 190, hertz, Axis(lowest...highest, every: 5), "level, dB",
      "level of each band relative to the spectrum: median, and 4 % to 96 % of the time"
    ) { x, y in
      canvas.area(
        levels.map { (x($0.hz), y($0.highDB)) } + levels.reversed().map { (x($0.hz), y($0.lowDB)) },
        Self.shade)
      canvas.line(levels.map { (x($0.hz), y($0.middleDB)) }, Self.ink, width: 1.5)
    }
    let most = max(10, 100 * (octaves.map(\.share).max() ?? 0) + 3)
    let number = Axis(0...Double(octaves.count), every: 1) { at in
      let k = Int(at)
      guard octaves.indices.contains(k) else { return "" }
      return String(format: octaves[k].hz < 10 ? "%.2g Hz" : "%.0f Hz", octaves[k].hz)
    }
    draw(
      canvas, top: 580, height: 190, number, Axis(0...most, every: 10), "share, %",
      "fluctuation by octave of modulation, from the frequency at the left edge of each column"
    ) { x, y in
      for (k, octave) in octaves.enumerated() {
        let (from, to) = (x(Double(k) + 0.1), x(Double(k) + 0.9))
        canvas.fill(from, y(100 * octave.share), to - from, y(0) - y(100 * octave.share), Self.shade)
      }
    }
    try canvas.finish()
    try file.commit()
  }

  /// Draws a panel: data, axes, frame and caption.
  private func draw(
    _ canvas: Canvas, top: Double, height: Double, _ horizontal: Axis, _ vertical: Axis, _ unit: String,
    _ caption: String, data: (_ x: (Double) -> Double, _ y: (Double) -> Double) -> Void
  ) {
    let (left, width) = (Self.left, Self.right - Self.left)
    func x(_ value: Double) -> Double { left + width * max(0, min(1, horizontal.position(value))) }
    func y(_ value: Double) -> Double { top + height * (1 - max(0, min(1, vertical.position(value)))) }
    data(x, y)
    for mark in vertical.marks {
      canvas.line([(left, y(mark.value)), (left + width, y(mark.value))], .faint)
      canvas.text(mark.label, left - 8, y(mark.value) + 4, size: 10, .pale, anchor: .end)
    }
    for mark in horizontal.marks {
      canvas.line([(x(mark.value), top), (x(mark.value), top + height)], .faint)
      canvas.text(mark.label, x(mark.value), top + height + 17, size: 10, .pale, anchor: .middle)
    }
    canvas.frame(left, top, width, height)
    canvas.text(unit, 22, top + height / 2, size: 11, anchor: .middle, isUpright: true)
    canvas.text(caption, left, top - 6, size: 11)
  }
}
