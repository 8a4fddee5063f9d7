import Foundation
import TingleDSP
import TingleMix

/// Builds the overview of a track of unknown length: when there are too many columns, each two are merged
/// into one and the following columns become twice as long.
struct TrackOverviewBuilder {
  /// The sums of a column.
  private struct Column {
    var highest: Float = 0
    var squares = 0.0
    var power = [Double](repeating: 0, count: TrackOverview.bands)
    var windows = 0

    mutating func add(_ next: Column) {
      highest = max(highest, next.highest)
      squares += next.squares
      for band in power.indices { power[band] += next.power[band] }
      windows += next.windows
    }
  }

  private static let maxColumns = 2000
  private static let size = 4096
  private static let hann = (0..<size).map { Curves.bell((Double($0) + 0.5) / Double(size)) }

  private let sampleRate: Double
  private let edges: [Double]
  private var columnFrames = 1024
  private var columns: [Column] = []
  private var column = Column()
  private var frames = 0
  private var loudness: [ClosedRange<Double>?] = []
  private var window: [Float] = []
  private var untilNext = 0

  init(sampleRate: Double) {
    self.sampleRate = sampleRate
    let (low, high) = (log(TrackOverview.hertz.lowerBound), log(TrackOverview.hertz.upperBound))
    let bands = TrackOverview.bands
    edges = (0...bands).map { exp(low + (high - low) * Double($0) / Double(bands)) }
  }

  mutating func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for x in frames {
      let magnitude = x.magnitude
      column.highest = max(column.highest, max(magnitude.x, magnitude.y))
      column.squares += Double(0.5 * (x.x * x.x + x.y * x.y))
      if untilNext > 0 {
        untilNext -= 1
      } else {
        window.append(x.mid)
        if window.count == Self.size { transform() }
      }
      self.frames += 1
      if self.frames % columnFrames == 0 { endColumn() }
    }
  }

  /// Adds a momentary loudness in LUFS, measured up to a frame.
  mutating func add(momentary: Double, endFrame: Int) {
    let last = (endFrame - 1) / columnFrames
    for k in min(loudness.count, last)...last {
      if k == loudness.count { loudness.append(nil) }
      loudness[k] = Self.union(loudness[k], momentary...momentary)
    }
  }

  private static func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<Double>? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  /// Adds the power of a full window to the bands of the current column.
  private mutating func transform() {
    var re = zip(window, Self.hann).map { Double($0) * $1 }
    var im = [Double](repeating: 0, count: Self.size)
    FourierTransform.inPlace(&re, &im)
    let bin = sampleRate / Double(Self.size)
    for band in column.power.indices {
      // The lowest bands are narrower than a bin and get a fraction of its power.
      let (from, to) = (edges[band] / bin, min(Double(Self.size / 2), edges[band + 1] / bin))
      var sum = 0.0
      var k = Int(from)
      while Double(k) < to, k < Self.size / 2 {
        let fraction = min(to, Double(k + 1)) - max(from, Double(k))
        sum += fraction * (re[k] * re[k] + im[k] * im[k])
        k += 1
      }
      column.power[band] += sum
    }
    column.windows += 1
    // About three windows per column, overlapping where columns are short, and at least one per second.
    let hop = max(1024, min(columnFrames / 3, Int(sampleRate)))
    window.removeFirst(min(hop, window.count))
    untilNext = max(0, hop - Self.size)
  }

  private mutating func endColumn() {
    columns.append(column)
    column = Column()
    guard columns.count == Self.maxColumns else { return }
    columnFrames *= 2
    columns = stride(from: 0, to: columns.count, by: 2).map { k in
      var pair = columns[k]
      pair.add(columns[k + 1])
      return pair
    }
    loudness = stride(from: 0, to: loudness.count, by: 2).map { k in
      Self.union(loudness[k], k + 1 < loudness.count ? loudness[k + 1] : nil)
    }
  }

  /// The overview of all frames added so far. An incomplete last column is included only if it is the only
  /// one.
  var overview: TrackOverview {
    let complete = columns.isEmpty ? [column] : columns
    let length = columns.isEmpty ? max(1, frames) : columnFrames
    let scale = 1 / (0.375 * Double(Self.size * Self.size) / 4)
    var spectra: [Float] = []
    spectra.reserveCapacity(complete.count * TrackOverview.bands)
    for column in complete {
      for band in 0..<TrackOverview.bands {
        // A column in which no window ended repeats the previous one.
        let previous =
          spectra.count < TrackOverview.bands ? -140 : spectra[spectra.count - TrackOverview.bands]
        let mean = column.power[band] / Double(max(1, column.windows)) * scale
        spectra.append(column.windows > 0 ? Float(10 * log10(mean + 1e-14)) : previous)
      }
    }
    return TrackOverview(
      seconds: Double(complete.count * length) / sampleRate, columns: complete.count,
      peaksDB: complete.map { 20 * log10(Double($0.highest) + 1e-6) },
      levelsDB: complete.map { 10 * log10($0.squares / Double(length) + 1e-12) },
      loudness: complete.indices.map { $0 < loudness.count ? loudness[$0] : nil }, spectraDB: spectra)
  }
}
