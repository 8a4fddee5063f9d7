import Foundation
import Testing
import TingleDSP

@Suite("Textures")
struct TextureTests {
  /// A lively texture with events.
  static let lively: TextureModel = {
    var model = TextureModel()
    for k in 0..<TextureBands.count {
      for i in 0..<TextureModel.quantileCount {
        model.levelsDB[k * TextureModel.quantileCount + i] = 3 * TextureModel.normalQuantiles[i]
      }
      for j in 0..<TextureModel.octaveCount { model.shared[(j * TextureBands.count + k) * 4] = 0.7 }
    }
    let bands = TextureBands.count
    let cards = (0..<8).map { i in
      TextureModel.Card(
        clickDB: (0..<bands).map { Double(($0 * (i + 3)) % 17) },
        tailDB: [Double](repeating: 12, count: bands),
        decayMs: [20, 20, 15, 12, 10, 8], balanceDB: Double(i) - 4)
    }
    model.events = .init(
      ratePerSecond: 12, density: [0, 0, 0, 0, 0, 0.3, 0.3, 0.2, 0, 0, 0, 0], cards: cards)
    return model
  }()

  static func frames(
    _ model: TextureModel, seconds: Double, from start: Int = 0, seed: UInt64 = 1, rate: Double = 48000,
    portion: Int = 4096, _ controls: TextureSynthesis.Controls = .init()
  ) -> [SIMD2<Float>] {
    let synthesis = TextureSynthesis(model, controls, draws: Draws(seed: seed), sampleRate: rate)
    synthesis.seek(toFrame: start)
    var frames = [SIMD2<Float>](repeating: .zero, count: Int(seconds * rate))
    frames.withUnsafeMutableBufferPointer { buffer in
      for k in stride(from: 0, to: buffer.count, by: portion) {
        synthesis.render(into: buffer.baseAddress! + k, count: min(portion, buffer.count - k))
      }
    }
    return frames
  }

  static func power(_ frames: some Sequence<SIMD2<Float>>) -> SIMD2<Double> {
    var (sum, count) = (SIMD2<Double>.zero, 0.0)
    for frame in frames {
      sum += SIMD2<Double>(frame) * SIMD2<Double>(frame)
      count += 1
    }
    return sum / count
  }

  static func decibels(_ ratio: Double) -> Double { 10 * log10(ratio) }

  @Test("the transform for the render path is the discrete Fourier transform", arguments: [16, 32, 256, 512])
  func transform(count: Int) {
    let transform = ComplexTransform(count: count)
    var dice = Dice(Draws(seed: 1))
    var re = (0..<count).map { _ in Float(dice.gaussian()) }
    var im = (0..<count).map { _ in Float(dice.gaussian()) }
    let (x, y) = (re, im)
    transform.transform(&re, &im)
    for k in 0..<count {
      var (sumRe, sumIm) = (0.0, 0.0)
      for i in 0..<count {
        let angle = -2 * Double.pi * Double(i * k % count) / Double(count)
        sumRe += Double(x[i]) * cos(angle) - Double(y[i]) * sin(angle)
        sumIm += Double(x[i]) * sin(angle) + Double(y[i]) * cos(angle)
      }
      #expect(abs(sumRe - Double(re[k])) < 1e-4 && abs(sumIm - Double(im[k])) < 1e-4)
    }
    transform.transform(&im, &re)
    for i in 0..<count { #expect(abs(re[i] / Float(count) - x[i]) < 1e-5) }
  }

  @Test(
    "the same bits from any start, with any portion, before and after the start of the mix",
    arguments: [-100_000, -3, 0, 12_345, 1_209_600_077], [44100.0, 48000, 96000])
  func purity(start: Int, rate: Double) {
    let whole = Self.frames(Self.lively, seconds: 0.5, from: start, rate: rate)
    for (offset, portion) in [(1, 17), (2048, 256), (7777, 1000)] {
      let part = Self.frames(Self.lively, seconds: 0.2, from: start + offset, rate: rate, portion: portion)
      #expect(Array(whole[offset..<offset + part.count]) == part, "\(offset)")
    }
  }

  @Test("level and coherence are those of the numbers, at all sample rates")
  func levels() {
    var model = TextureModel()
    model.coherence = [Double](repeating: 0.6, count: TextureBands.count)
    // The default spectrum falls by 10 dB a decade from 25 Hz on: its power is an integral of 1/f.
    let expected = 0.01 * (5 + 25 * Maths.log(21_750.0 / 25))
    for rate in [44100.0, 48000, 88200, 96000] {
      let frames = Self.frames(model, seconds: 20, rate: rate)
      let power = Self.power(frames)
      #expect(abs(Self.decibels(power.x / expected)) < 0.4 && abs(Self.decibels(power.y / expected)) < 0.4)
      let cross = frames.reduce(0) { $0 + Double($1.x * $1.y) } / Double(frames.count)
      #expect(abs(cross / (power.x * power.y).squareRoot() - 0.6) < 0.03, "\(rate)")
    }
  }

  @Test("the level is the same at hours 0, 2, 4, 6 and 8, and no stretch repeats another")
  func hours() {
    let parts = [0, 2, 4, 6, 8].map { hour in
      Self.frames(Self.lively, seconds: 30, from: hour * 3600 * 48000)
    }
    let levels = parts.map { Self.decibels(Self.power($0).x) }
    #expect(levels.max()! - levels.min()! < 1.5, "\(levels)")
    for other in parts.dropFirst() {
      let cross = zip(parts[0], other).reduce(0) { $0 + Double($1.0.x * $1.1.x) } / Double(other.count)
      #expect(abs(cross) / Self.power(other).x < 0.05)
    }
  }

  @Test("events come at their rate, and the pace multiplies it", arguments: [0.5, 1, 2])
  func events(pace: Double) {
    var model = TextureModel()
    let bands = TextureBands.count
    model.levelsDB = model.levelsDB.map { _ in -40 }
    model.events = .init(
      ratePerSecond: 6, density: [Double](repeating: 0, count: 12),
      cards: [
        .init(
          clickDB: [Double](repeating: 15, count: bands), tailDB: [Double](repeating: -60, count: bands),
          decayMs: [Double](repeating: 5, count: 6), balanceDB: 12)
      ])
    var controls = TextureSynthesis.Controls()
    controls.pace = pace
    let frames = Self.frames(model, seconds: 60, controls)
    // Peaks of the level in 2 ms, 20 dB over the bed.
    let levels = stride(from: 0, to: frames.count, by: 96).map { Self.power(frames[$0..<$0 + 96]).y }
    let floor = levels.sorted()[levels.count / 2]
    var (count, quiet) = (0, 100)
    for level in levels {
      quiet += 1
      if level > 30 * floor {
        if quiet > 3 { count += 1 }
        quiet = 0
      }
    }
    // Events closer than 8 ms count as one.
    let expected = 360 * pace * (1 - 0.008 * 6 * pace)
    #expect(abs(Double(count) - expected) < 4 * expected.squareRoot(), "\(count) of \(expected)")
    // The card is 12 dB louder on the right.
    let power = Self.power(frames)
    #expect(abs(Self.decibels(power.y / power.x) - 12) < 1.5)
  }

  @Test("every band has the mean power of its numbers")
  func bandPower() {
    let frames = Self.frames(Self.lively, seconds: 60)
    var still = TextureSynthesis.Controls()
    still.isAlive = false
    let carrier = Self.frames(Self.lively, seconds: 60, still)
    // Log-normal levels with 3 dB of deviation: exp(s² / 2) in power, up to the overshoot; and the events.
    let lively = exp(pow(0.3 * M_LN10, 2) / 2)
    let gain: Double = Self.power(frames).x / Self.power(carrier).x
    #expect(gain > lively * 0.9 && gain < 3 * lively, "\(gain) \(lively)")
  }

  @Test("softness lowers peaks, brightness tilts the spectrum, and neither changes the loudness much")
  func controls() {
    func rise(_ frames: [SIMD2<Float>]) -> Double {
      var (changes, power) = (0.0, 0.0)
      for i in 1..<frames.count {
        let change = Double(frames[i].x - frames[i - 1].x)
        changes += change * change
        power += Double(frames[i].x * frames[i].x)
      }
      return changes / power
    }
    var (soft, bright) = (TextureSynthesis.Controls(), TextureSynthesis.Controls())
    soft.softness = 1
    bright.tiltDBPerOctave = 3
    let plain = Self.frames(Self.lively, seconds: 20)
    #expect(Self.power(Self.frames(Self.lively, seconds: 20, soft)).x < 0.7 * Self.power(plain).x)
    #expect(rise(Self.frames(Self.lively, seconds: 20, bright)) > 3 * rise(plain))
  }

  @Test("a shipped texture has a title, a credit, and a loudness near the target")
  func shipped() {
    #expect(!ShippedTextures.all.isEmpty)
    #expect(ShippedTextures.model(named: Texture().file) != nil)
    for entry in ShippedTextures.all {
      let credit = entry.model.credit
      #expect(!entry.model.title.isEmpty && (credit.contains("CC") || credit.contains("public domain")))
      let gain = entry.model.loudnessGain
      #expect(gain.isFinite && gain > 0)
    }
  }
}
