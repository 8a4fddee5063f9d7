import Foundation
import TingleDSP
import TingleMix

/// A track seen from afar, in a fixed number of columns: its envelope, its loudness, its spectrum.
public struct TrackPicture: Sendable {
  /// The length of the track.
  public let seconds: Double
  /// How many columns there are.
  public let columns: Int
  /// The highest sample of each column, and the mean, in decibels of full scale.
  public private(set) var peaksDB: [Double]
  public private(set) var levelsDB: [Double]
  /// The lowest and the highest momentary loudness of each column; nil where none was measured.
  public private(set) var loudness: [ClosedRange<Double>?]
  /// The level of each band in each column in decibels, column by column, from the lowest band up.
  public private(set) var spectraDB: [Float]
  /// How many bands there are, and the frequencies they reach from and to, evenly spread in octaves.
  public static let bands = 220
  public static let hertz = 20.0...20_000

  private static let size = 4096
  private let sampleRate: Double
  private let columnFrames: Double
  private let hop: Int
  private let edges: [Double]
  private var frame = 0
  private var column = 0
  private var heardColumns = 0
  private var squares = 0.0
  private var highest: Float = 0
  private var columnStart = 0
  private var window: [Float] = []
  private var untilNext = 0
  private var power: [Double]
  private var windows = 0
  private static let bell = (0..<size).map { Curves.bell((Double($0) + 0.5) / Double(size)) }

  /// - Parameters:
  ///   - frames: the track's length.
  ///   - columns: at most so many; a short track has fewer.
  init(frames: Int, sampleRate: Double, columns: Int = 1000) {
    self.sampleRate = sampleRate
    seconds = Double(frames) / sampleRate
    self.columns = max(1, min(columns, frames / 1024))
    columnFrames = Double(frames) / Double(self.columns)
    // A few windows to a column; at least one.
    hop = max(1024, min(Int(columnFrames / 3), Int(sampleRate)))
    peaksDB = Array(repeating: -120, count: self.columns)
    levelsDB = peaksDB
    loudness = Array(repeating: nil, count: self.columns)
    spectraDB = Array(repeating: -140, count: self.columns * Self.bands)
    let (low, high) = (log(Self.hertz.lowerBound), log(Self.hertz.upperBound))
    edges = (0...Self.bands).map { exp(low + (high - low) * Double($0) / Double(Self.bands)) }
    power = Array(repeating: 0, count: Self.bands)
  }

  mutating func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for x in frames {
      let magnitude = x.magnitude
      highest = max(highest, max(magnitude.x, magnitude.y))
      squares += Double(0.5 * (x.x * x.x + x.y * x.y))
      if untilNext > 0 {
        untilNext -= 1
      } else {
        window.append(0.5 * (x.x + x.y))
        if window.count == Self.size { transform() }
      }
      frame += 1
      if Double(frame) >= Double(column + 1) * columnFrames { endColumn() }
    }
  }

  /// The momentary loudness up to a frame.
  mutating func hear(_ momentary: Double, until frame: Int) {
    let last = min(columns - 1, Int(Double(frame - 1) / columnFrames))
    for k in min(heardColumns, last)...last {
      let known = loudness[k] ?? momentary...momentary
      loudness[k] = min(known.lowerBound, momentary)...max(known.upperBound, momentary)
    }
    heardColumns = last + 1
  }

  /// The bands' shares of a window's power.
  private mutating func transform() {
    var re = zip(window, Self.bell).map { Double($0) * $1 }
    var im = [Double](repeating: 0, count: Self.size)
    FourierTransform.inPlace(&re, &im)
    let bin = sampleRate / Double(Self.size)
    for band in 0..<Self.bands {
      // The lowest bands are narrower than a bin: they have their share of it.
      let (from, to) = (edges[band] / bin, min(Double(Self.size / 2), edges[band + 1] / bin))
      var sum = 0.0
      var k = Int(from)
      while Double(k) < to, k < Self.size / 2 {
        let share = min(to, Double(k + 1)) - max(from, Double(k))
        sum += share * (re[k] * re[k] + im[k] * im[k])
        k += 1
      }
      power[band] += sum
    }
    windows += 1
    // Overlapped where columns are short.
    window.removeFirst(min(hop, window.count))
    untilNext = max(0, hop - Self.size)
  }

  private mutating func endColumn() {
    guard column < columns else { return }
    peaksDB[column] = 20 * log10(Double(highest) + 1e-6)
    levelsDB[column] = 10 * log10(squares / Double(max(1, frame - columnStart)) + 1e-12)
    let scale = 1 / (0.375 * Double(Self.size * Self.size) / 4)
    for band in 0..<Self.bands {
      let before = column > 0 ? spectraDB[(column - 1) * Self.bands + band] : -140
      let mean = power[band] / Double(max(1, windows)) * scale
      spectraDB[column * Self.bands + band] = windows > 0 ? Float(10 * log10(mean + 1e-14)) : before
      power[band] = 0
    }
    column += 1
    (squares, highest, columnStart, windows) = (0, 0, frame, 0)
  }
}
