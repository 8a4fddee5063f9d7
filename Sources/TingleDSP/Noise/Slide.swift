/// A finger sliding over the object on its way: noise that follows the hand's speed.
struct Slide: Sendable {
  private var noise: BandNoise
  private var framesUntilStart: Int
  private let frames: Int
  private var age = 0
  private let gain: Double

  /// - Parameters:
  ///   - noise: what slides, at rest.
  ///   - seconds: its length.
  ///   - gain: the noise's RMS at the fastest moment.
  ///   - delayFrames: frames from the next block's first until it begins.
  init(_ noise: BandNoise, seconds: Double, gain: Double, delayFrames: Int, sampleRate: Double) {
    self.noise = noise
    framesUntilStart = delayFrames
    frames = Int(seconds * sampleRate)
    self.gain = gain
  }

  var isOver: Bool { age >= frames }

  /// Adds the slide to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return
    }
    let first = framesUntilStart
    let count = min(block.count - first, frames - age)
    framesUntilStart = 0
    var level = Ramp(from: level(at: age), to: level(at: age + count), frames: max(1, count))
    for i in first..<first + count { block[i] += SIMD2(repeating: level.next() * noise.next()) }
    age += count
  }

  private func level(at age: Int) -> Float {
    Float(gain * Curves.minimumJerkSpeed(Double(age) / Double(frames)))
  }
}
