import Foundation
import Testing
import TingleDSP
import TingleLearning

@Suite("Learning textures")
struct TextureLearnerTests {
  private func noise(_ seconds: Double, seed: UInt64 = 1) -> [Float] {
    var noise = WhiteNoise(Draws(seed: seed))
    return (0..<Int(seconds * 48000)).map { _ in 0.1 * noise.next() }
  }

  /// The difference between the 4 % and 96 % quantiles of a band's level in standard deviations, in decibels.
  private func spread(_ model: TextureModel, _ band: Int) -> Double {
    let row = band * TextureModel.quantileCount
    return (model.levelsDB[row + 8] - model.levelsDB[row + 2]) / 3.5
  }

  /// Noise in a band of 36, with a level that follows a curve in decibels.
  private func banded(_ band: Int, seed: UInt64, _ levels: [Double]) -> [Float] {
    let (low, high) = (TextureBands.edgesHz[band], TextureBands.edgesHz[band + 2])
    var filter = StateVariable<Float>(
      cutoffHz: (low * high).squareRoot(), q: (low * high).squareRoot() / (high - low), sampleRate: 48000)
    var noise = WhiteNoise(Draws(seed: seed))
    return levels.map { (level: Double) -> Float in
      Float(Maths.amplitude(dB: level)) * filter.process(noise.next()).band
    }
  }

  /// Gaussian levels of 4 dB around 4 Hz.
  private func levels(_ seconds: Double, seed: UInt64) -> [Double] {
    var band = StateVariable<Float>(cutoffHz: 4, q: 1, sampleRate: 4800)
    var noise = WhiteNoise(Draws(seed: seed))
    var slow: [Double] = []
    var power = 0.0
    for _ in 0..<Int(seconds * 4800) {
      let value = Double(band.process(noise.next()).band)
      slow.append(value)
      power += value * value
    }
    let deviation = (power / Double(slow.count)).squareRoot()
    return slow.flatMap { (value: Double) -> [Double] in [Double](repeating: 4 * value / deviation, count: 10)
    }
  }

  @Test("noise stays noise: no band fluctuates, and no events are heard")
  func still() {
    let result = TextureLearner(left: noise(20), right: nil).learn()
    #expect(result.model.events == nil && result.movingBands <= 1)
    for k in 0..<TextureBands.count { #expect(spread(result.model, k) < 0.3, "band \(k)") }
    #expect(result.powerErrorDB < 0.3)
  }

  @Test("two bands with log-normal levels: spread and correlation come back")
  func truth() {
    let (a, b) = (levels(30, seed: 5), levels(30, seed: 6))
    let mixed = a.indices.map { (i: Int) -> Double in 0.8 * a[i] + 0.6 * b[i] }
    let (low, high) = (banded(14, seed: 7, a), banded(27, seed: 8, mixed))
    let rest = noise(30, seed: 9)
    let signal = (0..<low.count).map { (i: Int) -> Float in 0.3 * (low[i] + high[i]) + 0.003 * rest[i] }
    let model = TextureLearner(left: signal, right: nil).learn().model
    #expect(abs(spread(model, 14) - 4) < 0.8, "\(spread(model, 14))")
    #expect(abs(spread(model, 27) - 4) < 0.8, "\(spread(model, 27))")
    // Octave 5 is centred on 3.9 Hz.
    let rows = [14, 27].map { (5 * TextureBands.count + $0) * TextureModel.sharedCount }
    var correlation = 0.0
    for r in 0..<4 { correlation += model.shared[rows[0] + r] * model.shared[rows[1] + r] }
    #expect(abs(correlation - 0.8) < 0.2, "\(correlation)")
    // Octaves 4 to 6 are 2 to 8 Hz.
    let shares = (4...6).map { model.fluctuation[14 * TextureModel.octaveCount + $0] }
    #expect(shares.reduce(0) { $0 + $1 * $1 } > 0.55, "\(shares)")
  }

  @Test("bursts of 6 a second with tails of 15 ms: rate, decay, and the side they are on")
  func bursts() throws {
    var dice = Dice(Draws(seed: 2))
    var left = noise(30, seed: 3).map { (x: Float) -> Float in 0.02 * x }
    var right = noise(30, seed: 4).map { (x: Float) -> Float in 0.02 * x }
    var source = WhiteNoise(Draws(seed: 5))
    var time = 0.1
    var count = 0
    while time < 29.5 {
      let start = Int(time * 48000)
      for i in 0..<9600 where start + i < left.count {
        let value = source.next() * Float(Maths.exp(-Double(i) / 1440))
        left[start + i] += 0.05 * value
        right[start + i] += 0.2 * value
      }
      count += 1
      time += dice.exponential(mean: 1 / 6.0)
    }
    let result = TextureLearner(left: left, right: right).learn()
    let events = try #require(result.model.events)
    let rate = Double(count) / 29.5
    #expect(abs(events.ratePerSecond / rate - 1) < 0.3, "\(events.ratePerSecond) of \(rate)")
    let decays = events.cards.map { $0.decayMs[4] }.sorted()
    #expect(abs(decays[decays.count / 2] / 15 - 1) < 0.4, "\(decays[decays.count / 2])")
    let balances = events.cards.map(\.balanceDB).sorted()
    #expect(abs(balances[balances.count / 2] - 12) < 2)
  }

  @Test("what is learned from a render of a texture is the texture")
  func fixedPoint() throws {
    // Fluctuation from 2 to 30 Hz, so that chance is small within a minute.
    var model = TextureModel()
    model.coherence = (0..<TextureBands.count).map { 0.8 - 0.02 * Double($0) }
    for k in 0..<TextureBands.count {
      for j in 0..<12 {
        model.fluctuation[k * 12 + j] = (2...6).contains(j) ? 0.2.squareRoot() : 0
        model.shared[(j * TextureBands.count + k) * 4] = 0.6
      }
      for i in 0..<12 { model.levelsDB[k * 12 + i] = 4 * TextureModel.normalQuantiles[i] }
    }
    model = model.rounded
    let synthesis = TextureSynthesis(model, .init(), draws: Draws(seed: 3), sampleRate: 48000)
    synthesis.seek(toFrame: 0)
    var frames = [SIMD2<Float>](repeating: .zero, count: 60 * 48000)
    frames.withUnsafeMutableBufferPointer { synthesis.render(into: $0.baseAddress!, count: $0.count) }
    let result = TextureLearner(left: frames.map { $0.x }, right: frames.map { $0.y }).learn()
    let learned = result.model
    // A band's mean level is in its spectrum and in its levels.
    var (worst, mean) = (0.0, 0.0)
    for k in 4..<TextureBands.count {
      let error = abs(spread(learned, k) - 4)
      (worst, mean) = (max(worst, error), mean + error / 32)
    }
    #expect(worst < 1.5 && mean < 0.5, "\(worst) \(mean)")
    let seen = TextureLearner.coherence(frames)
    let again = TextureSynthesis(learned, .init(), draws: Draws(seed: 4), sampleRate: 48000)
    again.seek(toFrame: 0)
    frames = frames.map { _ in .zero }
    frames.withUnsafeMutableBufferPointer { again.render(into: $0.baseAddress!, count: $0.count) }
    for (a, b) in zip(seen, TextureLearner.coherence(frames)).dropFirst(4) { #expect(abs(a - b) < 0.08) }
    #expect(abs(learned.levelDB) < 1)
  }
}
