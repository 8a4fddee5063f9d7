import TingleDSP

/// What a recording has that a texture should not: clipping, a repetition, the upper limit of a lossy format,
/// single loud sounds, sounds with a melody.
public struct RecordingFaults: Sendable {
  /// The share of samples at the limit of the format, in runs.
  public var clippedShare = 0.0
  /// The distance in seconds at which the recording repeats; nil if it does not.
  public var loopSeconds: Double?
  /// The frequency in hertz above which there is nothing; nil if there is sound up to 18 kHz.
  public var limitHz: Double?
  /// The times in seconds of single sounds that are much louder than the rest.
  public var loudSeconds: [Double] = []
  /// The share of time with a pitch that changes, such as in speech, music and birdsong.
  public var melodyShare = 0.0

  /// - Parameters:
  ///   - left: the left channel at 48 kHz.
  ///   - right: the right channel, or the left one again.
  public init(left: [Float], right: [Float]) {
    let signal = zip(left, right).map { 0.5 * ($0 + $1) }
    clippedShare = max(Self.clippedShare(left), Self.clippedShare(right))
    loopSeconds = Self.loopSeconds(signal)
    limitHz = Self.limitHz(SpectrumAnalysis(left, right).densities.left)
    loudSeconds = Self.loudSeconds(signal)
    melodyShare = Self.melodyShare(signal)
  }

  /// The share of samples in runs of three or more at the highest or lowest value.
  private static func clippedShare(_ signal: [Float]) -> Double {
    guard let highest = signal.max(), let lowest = signal.min(), highest > lowest else { return 0 }
    var (run, clipped) = (0, 0)
    for value in signal {
      if value >= 0.9995 * highest && highest > 0.25 || value <= 0.9995 * lowest && lowest < -0.25 {
        run += 1
        if run == 3 { clipped += 3 } else if run > 3 { clipped += 1 }
      } else {
        run = 0
      }
    }
    return Double(clipped) / Double(signal.count)
  }

  /// The lag of the highest peak of the whitened autocorrelation from one second on, if it stands out.
  private static func loopSeconds(_ signal: [Float]) -> Double? {
    // 12 kHz are enough for an exact copy.
    let factor = 4
    let count = min(signal.count / factor, 1 << 20)
    var size = 1 << 16
    while size < 2 * count { size *= 2 }
    let re = Buffer<Float>(repeating: 0, count: size)
    let im = Buffer<Float>(repeating: 0, count: size)
    for i in 0..<count {
      var sum: Float = 0
      for k in 0..<factor { sum += signal[i * factor + k] }
      re[i] = sum
    }
    let transform = ComplexTransform(count: size)
    transform.transform(re.baseAddress, im.baseAddress)
    // Whitened over some hundred bins, so that a hum does not look like a repetition.
    let half = size / 2
    var power = (0...half).map { re[$0] * re[$0] + im[$0] * im[$0] }
    let block = 256
    for start in stride(from: 0, to: half + 1, by: block) {
      let end = min(half + 1, start + block)
      let mean = max(power[start..<end].reduce(0, +) / Float(end - start), 1e-20)
      for k in start..<end { power[k] = min(10, power[k] / mean) }
    }
    // Rumble has too few bins to compare.
    for k in 0..<half / 60 { power[k] = 0 }
    for k in 0...half {
      (re[k], im[k]) = (power[k], 0)
      if k > 0, k < half { (re[size - k], im[size - k]) = (power[k], 0) }
    }
    transform.transform(re.baseAddress, im.baseAddress)
    let rate = 48000 / Double(factor)
    let zero = re[0]
    var (best, lag) = (Float(0), 0)
    for i in Int(rate)..<max(Int(rate) + 1, count - Int(rate / 2)) {
      // The overlap shrinks with the lag.
      let value = re[i] / zero * Float(count) / Float(count - i)
      if value > best { (best, lag) = (value, i) }
    }
    return best > 0.35 ? Double(lag) / rate : nil
  }

  /// Where the spectrum ends like a wall.
  private static func limitHz(_ density: [Double]) -> Double? {
    let step = 48000.0 / 4096
    func level(_ hz: Double) -> Double {
      let k = Int(hz / step)
      let mean = density[max(0, k - 8)...min(density.count - 1, k + 8)].reduce(0, +) / 17
      return Maths.decibels(power: max(mean, 1e-30))
    }
    for hz in stride(from: 3000.0, through: 19_000, by: 100) where level(hz) - level(hz + 700) > 18 {
      let above = stride(from: hz + 700, through: 21_500, by: 300).map(level).max() ?? -300
      if level(hz) - above > 15 { return hz + 250 }
    }
    return nil
  }

  /// Quarter seconds at least 10 dB above nearly all others.
  private static func loudSeconds(_ signal: [Float]) -> [Double] {
    let block = 12_000
    let levels = stride(from: 0, to: signal.count - block + 1, by: block).map { start in
      let power = signal[start..<start + block].reduce(0) { $0 + Double($1) * Double($1) }
      return Maths.decibels(power: max(power / Double(block), 1e-14))
    }
    guard levels.count >= 20 else { return [] }
    let usual = levels.sorted()[levels.count * 9 / 10]
    var result: [Double] = []
    for (i, level) in levels.enumerated() where level > usual + 9 {
      let seconds = Double(i) * 0.25
      if seconds - (result.last ?? -10) > 0.6 { result.append(seconds) }
    }
    return result
  }

  /// The share of 40 ms frames that have a pitch of 90 to 500 Hz which differs from the usual one.
  private static func melodyShare(_ signal: [Float]) -> Double {
    let factor = 6
    let low = (0..<signal.count / factor).map { i in
      signal[i * factor..<(i + 1) * factor].reduce(0, +)
    }
    // High-passed, so that rumble has no pitch.
    let bright = low.indices.map { $0 < 16 ? 0 : low[$0] - low[$0 - 16...$0].reduce(0, +) / 17 }
    let (length, shortest, longest) = (480, 16, 88)
    var pitches: [Int] = []
    var frames = 0
    for start in stride(from: 0, to: bright.count - length - longest, by: 320) {
      frames += 1
      var (best, at) = (0.0, 0)
      var energy = 1e-12
      for i in 0..<length { energy += Double(bright[start + i] * bright[start + i]) }
      for lag in shortest...longest {
        var (sum, other) = (0.0, 1e-12)
        for i in 0..<length {
          sum += Double(bright[start + i] * bright[start + lag + i])
          other += Double(bright[start + lag + i] * bright[start + lag + i])
        }
        let value = sum / (energy * other).squareRoot()
        if value > best { (best, at) = (value, lag) }
      }
      if best > 0.75 { pitches.append(at) }
    }
    guard frames > 0, !pitches.isEmpty else { return 0 }
    // A hum has one pitch.
    let usual = pitches.sorted()[pitches.count / 2]
    let moving = pitches.count { abs(Double($0 - usual)) > 0.06 * Double(usual) }
    return Double(moving) / Double(frames)
  }
}
