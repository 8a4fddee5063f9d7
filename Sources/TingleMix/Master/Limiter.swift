import TingleDSP

/// Holds every true peak under a ceiling by turning the gain down before a peak and up again after it.
///
/// The gain that a frame needs climbs back at a fixed rate once its peak is past (the release); the lowest over
/// the look-ahead is taken, and a raised-cosine window smooths the steps. Every gain under the window has seen the
/// peak, so the smoothed one is never above what the peak needs.
///
/// Finite memory: no gain is held below `deepestDB`, so the release is back at 1 after `memoryFrames` at the
/// latest, and a limiter started that much earlier gives exactly the same output.
package final class Limiter {
  /// Frames by which the output lags behind the input.
  package let latencyFrames: Int
  /// Frames after which nothing of a peak is remembered.
  package let memoryFrames: Int

  private static let lookAheadSeconds = 0.004
  private static let releaseDBPerSecond = 80.0
  private static let deepestDB = -48.0

  private let length: Int
  private let ceiling: Float
  private let deepest: Float
  private let releaseFactor: Float
  private let window: UnsafeMutableBufferPointer<Float>
  // What went in and has not come out, then the block at work.
  private let line: UnsafeMutableBufferPointer<StereoFrame>
  private var reductions: History<Float>
  private var deepestReductions: History<Float>
  private var released: Float = 1
  private let truePeak = TruePeak()
  // Of the block before.
  private var highestBefore: Float = 0
  // Frames until the window is empty of reductions again; 0 nearly always.
  private var busyFrames = 0

  package init(ceilingDB: Double, sampleRate: Double) {
    let lookAhead = Int((Self.lookAheadSeconds * sampleRate).rounded())
    latencyFrames = lookAhead + TruePeak.delayFrames
    length = lookAhead + 1
    // A moving gain bends what is between the samples a little.
    ceiling = Float(Maths.amplitude(dB: ceilingDB - 0.1))
    deepest = Float(Maths.amplitude(dB: Self.deepestDB))
    releaseFactor = Float(Maths.amplitude(dB: Self.releaseDBPerSecond / sampleRate))
    let releaseFrames = -Self.deepestDB / Self.releaseDBPerSecond * sampleRate
    memoryFrames = Int((releaseFrames * 1.02).rounded(.up)) + 3 * length + Grid.frames + TruePeak.taps
    window = .allocate(capacity: length)
    let bell = (0..<length).map { [length] in Curves.bell((Double($0) + 0.5) / Double(length)) }
    let sum = bell.reduce(0, +)
    _ = window.initialize(from: bell.map { Float($0 / sum) })
    line = .allocate(capacity: latencyFrames + Grid.frames)
    line.initialize(repeating: .zero)
    reductions = History(length: length, filler: 0)
    deepestReductions = History(length: length, filler: 0)
  }

  deinit {
    window.deallocate()
    line.deallocate()
    truePeak.deallocate()
    reductions.deallocate()
    deepestReductions.deallocate()
  }

  /// Forgets everything.
  package func reset() {
    line.update(repeating: .zero)
    reductions.fill(0)
    deepestReductions.fill(0)
    released = 1
    busyFrames = 0
    highestBefore = 0
  }

  /// Limits a block of the grid in place; what comes out went in `latencyFrames` earlier.
  package func process(_ block: inout MutableSpan<StereoFrame>) {
    var highest: Float = 0
    for i in block.indices {
      let frame = block[i]
      line[latencyFrames + i] = frame
      highest = max(highest, max(abs(frame.x), abs(frame.y)))
    }
    if busyFrames == 0, released == 1, max(highest, highestBefore) * truePeak.worst <= ceiling {
      for i in block.indices { block[i] = line[i] }
    } else {
      let ahead = UnsafePointer(line.baseAddress! + latencyFrames)
      for i in block.indices { block[i] = limited(line[i], peak: truePeak.level(at: ahead + i)) }
    }
    highestBefore = highest
    _ = line.extracting(0..<latencyFrames).update(
      fromContentsOf: line.extracting(block.count..<block.count + latencyFrames))
  }

  private func limited(_ frame: StereoFrame, peak: Float) -> StereoFrame {
    let wanted = peak > ceiling ? max(deepest, ceiling / peak) : 1
    released = min(wanted, min(1, released * releaseFactor))
    if released < 1 { busyFrames = 2 * length }
    guard busyFrames > 0 else { return frame }
    busyFrames -= 1
    // The last bit of the gain is not worth a sample over the ceiling.
    return (gain() * frame).clamped(
      lowerBound: SIMD2(repeating: -ceiling), upperBound: SIMD2(repeating: ceiling))
  }

  private func gain() -> Float {
    reductions.push(1 - released)
    var deepest: Float = 0
    for reduction in reductions.recent { deepest = max(deepest, reduction) }
    deepestReductions.push(deepest)
    var smoothed: Float = 0
    let recent = deepestReductions.recent
    for k in 0..<length { smoothed += window[k] * recent[k] }
    return 1 - smoothed
  }
}

/// The last `length` things pushed, oldest first, always in one piece of memory.
private struct History<Element> {
  private let storage: UnsafeMutableBufferPointer<Element>
  private let length: Int
  private var position = 0

  init(length: Int, filler: Element) {
    self.length = length
    storage = .allocate(capacity: 2 * length)
    storage.initialize(repeating: filler)
  }

  func deallocate() { storage.deallocate() }

  func fill(_ filler: Element) { storage.update(repeating: filler) }

  /// Each is written twice, half the memory apart, so that every window of `length` is contiguous.
  mutating func push(_ element: Element) {
    storage[position] = element
    storage[position + length] = element
    position = position + 1 == length ? 0 : position + 1
  }

  var recent: UnsafeMutableBufferPointer<Element> { storage.extracting(position..<position + length) }
}
