/// The faint slide of a finger over the surface before it taps.
struct Scuff: Sendable {
  private var noise: BandNoise
  private var framesUntilStart: Int
  private let frames: Int
  private var age = 0
  private let gain: Double

  /// - Parameters:
  ///   - seconds: its length.
  ///   - gain: the noise's RMS at the loudest moment.
  ///   - delayFrames: frames from the next block's first until it begins.
  init(seconds: Double, gain: Double, delayFrames: Int, noise: Draws, sampleRate: Double) {
    self.noise = BandNoise(lowHz: 1200, highHz: 7000, draws: noise, sampleRate: sampleRate)
    framesUntilStart = delayFrames
    frames = max(1, Int(seconds * sampleRate))
    self.gain = gain
  }

  var isOver: Bool { age >= frames }

  /// Adds the scuff to a block.
  mutating func render(into block: inout MutableSpan<Float>) {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return
    }
    let first = framesUntilStart
    let count = min(block.count - first, frames - age)
    framesUntilStart = 0
    var level = Ramp(from: level(at: age), to: level(at: age + count), frames: max(1, count))
    for i in first..<first + count { block[i] += level.next() * noise.next() }
    age += count
  }

  private func level(at age: Int) -> Float { Float(gain * Curves.bell(Double(age) / Double(frames))) }
}
