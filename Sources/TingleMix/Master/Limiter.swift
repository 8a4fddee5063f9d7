import TingleDSP

/// A look-ahead true-peak limiter: no true peak of the output exceeds the ceiling.
///
/// true peak -> required gain -> release (constant rate in dB) -> sliding minimum over the look-ahead ->
/// raised-cosine FIR -> gain on the delayed input. Every gain under the FIR's window has seen the peak, so
/// the smoothed gain never exceeds the required one.
///
/// Finite memory: no gain is held below `deepestDB`, so the release is back at 1 after at most
/// `memoryFrames`. A limiter that starts that much earlier gives bit-identical output.
package final class Limiter {
  /// The latency in frames.
  package let latencyFrames: Int
  /// The number of past frames that the output depends on.
  package let memoryFrames: Int

  private static let lookAheadSeconds = 0.004
  private static let releaseDBPerSecond = 80.0
  private static let deepestDB = -48.0

  private let length: Int
  private let ceiling: Float
  private let deepest: Float
  private let releaseFactor: Float
  private let window: Buffer<Float>
  // The last `latencyFrames` frames, then the current block.
  private let line: Buffer<StereoFrame>
  // Gain reductions, 1 - gain, and their maxima over the look-ahead.
  private var reductions: SlidingWindow
  private var deepestReductions: SlidingWindow
  private var released: Float = 1
  private let truePeak = TruePeak()
  // The highest sample of the previous block.
  private var previousHighest: Float = 0
  // Frames until both windows contain no reduction; 0 most of the time.
  private var busyFrames = 0

  /// - Parameters:
  ///   - ceilingDB: the highest true peak, in decibels relative to full scale.
  ///   - sampleRate: in hertz.
  package init(ceilingDB: Double, sampleRate: Double) {
    let lookAhead = Int((Self.lookAheadSeconds * sampleRate).rounded())
    latencyFrames = lookAhead + TruePeak.delayFrames
    length = lookAhead + 1
    // A changing gain shifts the true peaks between samples slightly; hence 0.1 dB of margin.
    ceiling = Float(Maths.amplitude(dB: ceilingDB - 0.1))
    deepest = Float(Maths.amplitude(dB: Self.deepestDB))
    releaseFactor = Float(Maths.amplitude(dB: Self.releaseDBPerSecond / sampleRate))
    let releaseFrames = -Self.deepestDB / Self.releaseDBPerSecond * sampleRate
    memoryFrames = Int((releaseFrames * 1.02).rounded(.up)) + 3 * length + Grid.frames + TruePeak.taps
    let bell = (0..<length).map { [length] in Curves.bell((Double($0) + 0.5) / Double(length)) }
    let sum = bell.reduce(0, +)
    window = Buffer(bell.map { Float($0 / sum) })
    line = Buffer(repeating: .zero, count: latencyFrames + Grid.frames)
    reductions = SlidingWindow(length: length)
    deepestReductions = SlidingWindow(length: length)
  }

  /// Clears the delay line and the gain.
  package func reset() {
    line.fill(.zero)
    reductions.reset()
    deepestReductions.reset()
    released = 1
    busyFrames = 0
    previousHighest = 0
  }

  /// Limits a block of the grid in place; the output lags behind by `latencyFrames`.
  package func process(_ block: inout MutableSpan<StereoFrame>) {
    let highest = block.withUnsafeBufferPointer { block in
      (line.baseAddress + latencyFrames).update(from: block.baseAddress!, count: block.count)
      return Self.highest(block)
    }
    if busyFrames == 0, released == 1, max(highest, previousHighest) * truePeak.worstOvershoot <= ceiling {
      block.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: line.baseAddress, count: $0.count) }
    } else {
      let ahead = UnsafePointer(line.baseAddress + latencyFrames)
      for i in block.indices { block[i] = limited(line[i], peak: truePeak.level(at: ahead + i)) }
    }
    previousHighest = highest
    line.baseAddress.update(from: line.baseAddress + block.count, count: latencyFrames)
  }

  /// The highest absolute sample of frames whose number is a multiple of 4.
  private static func highest(_ frames: UnsafeBufferPointer<StereoFrame>) -> Float {
    let samples = UnsafeRawPointer(frames.baseAddress!).assumingMemoryBound(to: Float.self)
    var highest = SIMD8<Float>.zero
    for i in stride(from: 0, to: 2 * frames.count, by: 8) {
      let eight = Vector.eight(samples, i)
      highest.replace(with: eight, where: eight .> highest)
      highest.replace(with: -eight, where: -eight .> highest)
    }
    return highest.max()
  }

  private func limited(_ frame: StereoFrame, peak: Float) -> StereoFrame {
    let required = peak > ceiling ? max(deepest, ceiling / peak) : 1
    released = min(required, min(1, released * releaseFactor))
    if released < 1 { busyFrames = 2 * length }
    guard busyFrames > 0 else { return frame }
    busyFrames -= 1
    // Rounding can push a sample over the ceiling by its last bit.
    return (gain() * frame).clamped(
      lowerBound: SIMD2(repeating: -ceiling), upperBound: SIMD2(repeating: ceiling))
  }

  /// The smoothed gain for the oldest frame in the delay line.
  private func gain() -> Float {
    reductions.push(1 - released)
    var deepest: Float = 0
    for reduction in reductions.values { deepest = max(deepest, reduction) }
    deepestReductions.push(deepest)
    var smoothed: Float = 0
    let values = deepestReductions.values
    for k in 0..<length { smoothed += window[k] * values[k] }
    return 1 - smoothed
  }
}

/// The last `length` values, oldest first, contiguous in memory.
private struct SlidingWindow: ~Copyable {
  // Each value is stored twice, `length` apart, so that every window is contiguous.
  private let storage: Buffer<Float>
  private let length: Int
  private var index = 0

  init(length: Int) {
    self.length = length
    storage = Buffer(repeating: 0, count: 2 * length)
  }

  func reset() { storage.fill(0) }

  /// Replaces the oldest value.
  mutating func push(_ value: Float) {
    storage[index] = value
    storage[index + length] = value
    index = index + 1 == length ? 0 : index + 1
  }

  var values: UnsafeMutableBufferPointer<Float> { storage[index..<index + length] }
}
