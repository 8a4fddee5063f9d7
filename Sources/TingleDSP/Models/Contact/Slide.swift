/// A finger that slides over an object: band noise -> level that follows the speed of a hand.
struct Slide: Sendable {
  private var noise: BandNoise
  private var delay: StartDelay
  private let frames: Int
  private var age = 0
  private let gain: Double

  /// - Parameters:
  ///   - noise: the sound of the surface, at rest.
  ///   - seconds: the length.
  ///   - gain: the RMS of the noise at the fastest moment.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  init(_ noise: BandNoise, seconds: Double, gain: Double, delayFrames: Int, sampleRate: Double) {
    self.noise = noise
    delay = StartDelay(frames: delayFrames)
    frames = Int(seconds * sampleRate)
    self.gain = gain
  }

  var isOver: Bool { age >= frames }

  /// Adds the slide to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let count = min(block.count - first, frames - age)
    var level = Ramp(from: level(at: age), to: level(at: age + count), frames: max(1, count))
    for i in first..<first + count { block[i] += SIMD2(repeating: level.next() * noise.next()) }
    age += count
  }

  private func level(at age: Int) -> Float {
    Float(gain * Curves.minimumJerkSpeed(Double(age) / Double(frames)))
  }
}
