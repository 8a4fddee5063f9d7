import Foundation
import TingleMetering
import TingleSupport

/// A chart of a track: its envelope, its loudness with the target range, and its spectrogram.
public struct Chart {
  /// The file format of a chart.
  public enum Format: String {
    case png, svg

    /// The format for a path's extension; nil for another extension.
    public init?(path: String) { self.init(rawValue: (path as NSString).pathExtension.lowercased()) }
  }

  private let title: String
  private let verdict: String
  private let overview: TrackOverview
  private let metrics: [CheckMetric: Double]
  private let targets: Targets

  private static let size = (width: 1280.0, height: 900.0)
  private static let left = 72.0
  private static let right = 1200.0
  private static let envelope = Canvas.Colour(0.36, 0.49, 0.62)
  private static let loudness = Canvas.Colour(0.20, 0.35, 0.30)
  private static let limit = Canvas.Colour(0.75, 0.25, 0.2)

  /// Creates a chart.
  /// - Parameters:
  ///   - title: the heading on the left: the track's name.
  ///   - verdict: the heading on the right: the result of the check.
  ///   - overview: the data of the panels.
  ///   - metrics: the measured values, marked in the panels.
  ///   - targets: the target ranges, marked in the panels.
  public init(
    title: String, verdict: String, overview: TrackOverview, metrics: [CheckMetric: Double],
    targets: Targets
  ) {
    self.title = title
    self.verdict = verdict
    self.overview = overview
    self.metrics = metrics
    self.targets = targets
  }

  /// Draws the chart and commits the file.
  /// - Throws: `UserError` (cannotCreate, inputOutput).
  public func draw(to file: AtomicFile) throws {
    let canvas = Canvas(
      width: Self.size.width, height: Self.size.height, file: file, isSVG: Format(path: file.path) == .svg)
    canvas.text(title, Self.left, 34, size: 18)
    canvas.text(verdict, Self.right, 34, size: 12, .pale, anchor: .end)
    drawEnvelope(Panel(canvas, top: 56, height: 160, time, Axis(-90...0, every: 15), "level, dBFS"))
    drawLoudness(Panel(canvas, top: 256, height: 240, time, loudnessAxis, "loudness, LUFS"))
    drawSpectrogram(Panel(canvas, top: 536, height: 310, time, .hertz(TrackOverview.hertz), "frequency, Hz"))
    try canvas.finish()
    try file.commit()
  }

  private var time: Axis { .time(overview.seconds) }

  private func drawEnvelope(_ panel: Panel) {
    panel.band(
      from: { _ in -200 }, to: { self.overview.peaksDB[$0] }, count: overview.columns,
      Self.envelope.faded(0.35)
    )
    panel.band(
      from: { _ in -200 }, to: { self.overview.levelsDB[$0] }, count: overview.columns, Self.envelope)
    if let ceiling = targets.ranges[.truePeak]?.upperBound {
      panel.rule(at: ceiling, Self.limit, "true peak limit")
    }
    panel.finish("peak (light) and mean level")
  }

  private var loudnessAxis: Axis {
    let highest = overview.loudness.compactMap { $0?.upperBound }.max() ?? -20
    let integrated = max(-60, metrics[.integrated] ?? -30)
    let top = max(integrated + 9, highest + 3)
    return Axis((min(integrated, top - 12) - 12)...top, every: 3)
  }

  private func drawLoudness(_ panel: Panel) {
    if let target = targets.ranges[.integrated] {
      panel.strip(target, Self.loudness.faded(0.13))
    }
    panel.band(
      from: { self.overview.loudness[$0]?.lowerBound ?? -200 },
      to: { self.overview.loudness[$0]?.upperBound ?? -200 }, count: overview.columns,
      Self.loudness.faded(0.5))
    panel.curve(overview.loudness.map { $0.map { ($0.lowerBound + $0.upperBound) / 2 } }, Self.loudness)
    if let integrated = metrics[.integrated], integrated.isFinite {
      panel.rule(at: integrated, Self.loudness, String(format: "integrated %.1f LUFS", integrated))
      if let limit = targets.ranges[.momentary]?.upperBound {
        panel.rule(at: integrated + limit, Self.limit, "momentary loudness limit")
      }
    }
    panel.finish(
      "momentary loudness (400 ms), minimum to maximum; shaded: target range of the integrated loudness")
  }

  private func drawSpectrogram(_ panel: Panel) {
    let loudest = Double(overview.spectraDB.max() ?? -40)
    let depth = 60.0
    let bands = TrackOverview.bands
    panel.canvas.image(
      width: overview.columns, height: bands, over: Self.left, panel.top, Self.right - Self.left, panel.height
    ) { x, y in
      let level = Double(overview.spectraDB[x * bands + bands - 1 - y])
      return HeatMap.pixel((level - loudest) / depth + 1)
    }
    let bar = (x: Self.right + 14, width: 12.0)
    panel.canvas.image(width: 1, height: 256, over: bar.x, panel.top, bar.width, panel.height) { _, y in
      HeatMap.pixel(1 - Double(y) / 255)
    }
    for step in 0...4 {
      let y = panel.top + panel.height * Double(step) / 4
      panel.canvas.text(
        "\(Int(loudest - depth * Double(step) / 4))", bar.x + bar.width + 4, y + 4, size: 10, .pale)
    }
    panel.canvas.text("dB", bar.x + bar.width + 4, panel.top + panel.height + 18, size: 10, .pale)
    panel.finish("spectrogram", grid: false)
  }

  /// A plot area with a time axis and a value axis.
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

    private func y(_ value: Double) -> Double { top + height * (1 - max(0, min(1, values.position(value)))) }

    private func x(_ position: Double) -> Double { Chart.left + (Chart.right - Chart.left) * position }

    /// Fills the area between two values per column.
    func band(from low: (Int) -> Double, to high: (Int) -> Double, count: Int, _ colour: Canvas.Colour) {
      func centre(_ k: Int) -> Double { x((Double(k) + 0.5) / Double(count)) }
      // At least one point high.
      let upper = (0..<count).map { (centre($0), y(high($0)) - 0.5) }
      let lower = (0..<count).reversed().map { (centre($0), y(low($0)) + 0.5) }
      canvas.area(upper + lower, colour)
    }

    /// Draws a line through one value per column.
    func curve(_ values: [Double?], _ colour: Canvas.Colour) {
      canvas.line(
        values.enumerated().map { k, value in
          (x((Double(k) + 0.5) / Double(values.count)), y(value ?? -200))
        }, colour, width: 1.3)
    }

    /// Fills a horizontal strip over a range of values.
    func strip(_ range: ClosedRange<Double>, _ colour: Canvas.Colour) {
      canvas.fill(
        Chart.left, y(range.upperBound), Chart.right - Chart.left,
        y(range.lowerBound) - y(range.upperBound), colour)
    }

    /// Draws a dashed, labelled horizontal line.
    func rule(at value: Double, _ colour: Canvas.Colour, _ label: String) {
      guard values.range.contains(value) else { return }
      canvas.line([(Chart.left, y(value)), (Chart.right, y(value))], colour, dashes: [5, 4])
      // The label is above the line if there is space.
      let base = y(value) > top + 16 ? y(value) - 4 : y(value) + 12
      canvas.text(label, Chart.right - 6, base, size: 10, colour, anchor: .end)
    }

    /// Draws the axes, the frame and the caption over the data.
    func finish(_ caption: String, grid: Bool = true) {
      for mark in values.marks {
        let height = y(mark.value)
        if grid { canvas.line([(Chart.left, height), (Chart.right, height)], .faint) }
        canvas.line([(Chart.left - 4, height), (Chart.left, height)], .pale)
        canvas.text(mark.label, Chart.left - 8, height + 4, size: 10, .pale, anchor: .end)
      }
      for mark in time.marks {
        let position = x(time.position(mark.value))
        if grid { canvas.line([(position, top), (position, top + height)], .faint) }
        canvas.line([(position, top + height), (position, top + height + 4)], .pale)
        canvas.text(mark.label, position, top + height + 17, size: 10, .pale, anchor: .middle)
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
