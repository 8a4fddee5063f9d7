import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The limiter")
struct LimiterTests {
  private func limited(_ signal: [Float], ceilingDB: Double = -6, rate: Double = 48000) -> (
    out: [Float], latency: Int
  ) {
    let limiter = Limiter(ceilingDB: ceilingDB, sampleRate: rate)
    var out: [Float] = []
    for start in stride(from: 0, to: signal.count / 256 * 256, by: 256) {
      var block = signal[start..<start + 256].map { StereoFrame($0, -$0) }
      var span = block.mutableSpan
      limiter.process(&span)
      out += block.map(\.x)
    }
    return (out, limiter.latencyFrames)
  }

  /// The true peak at eight-fold oversampling, by a 64-tap windowed sinc.
  private func truePeak(_ signal: [Float]) -> Float {
    let kernels = (1..<8).map { phase in
      (-32..<32).map { k -> Float in
        let x = Double(k) + Double(phase) / 8
        return Float(sin(.pi * x) / (.pi * x) * (0.5 + 0.5 * cos(.pi * x / 33)))
      }
    }
    var highest = signal.map(abs).max() ?? 0
    for n in 32..<signal.count - 32 where signal[n - 8..<n + 8].contains(where: { abs($0) > 0.3 * highest }) {
      for kernel in kernels {
        var sum: Float = 0
        for k in 0..<64 { sum += kernel[k] * signal[n + 32 - k] }
        highest = max(highest, abs(sum))
      }
    }
    return highest
  }

  @Test("the true peaks of a tone at a quarter of the sample rate stay below the ceiling")
  func betweenSamples() {
    // With 45° of phase every sample is 3 dB below the peak.
    let tone = (0..<25_600).map { Float(sin(.pi / 2 * Double($0) + .pi / 4)) }
    let (out, _) = limited(tone)
    let ceiling = Float(Maths.amplitude(dB: -6))
    #expect(truePeak(Array(out.dropFirst(2000))) <= 1.003 * ceiling)
    #expect(abs(20 * log10(out.dropFirst(10_000).map(abs).max()!) + 9.11) < 0.1)
  }

  @Test("a signal below the ceiling passes unchanged, delayed by the latency")
  func transparent() {
    var noise = WhiteNoise(Draws(seed: 1))
    let signal = (0..<25_600).map { _ in 0.12 * noise.next() }
    let (out, latency) = limited(signal)
    #expect(Array(out.dropFirst(latency)) == Array(signal.prefix(out.count - latency)))
  }

  @Test("impulses, bursts and loud noise stay below the ceiling", arguments: [44100.0, 96000])
  func ceiling(rate: Double) {
    var dice = Dice(Draws(seed: 2))
    let signal = (0..<76_800).map { k -> Float in
      let wild = dice.chance(0.002) ? dice.uniform(-40...40) : 0
      let burst = k / 9600 % 2 == 0 ? 3 * dice.gaussian() : 0.1 * dice.gaussian()
      return Float(wild + burst)
    }
    let ceiling = Float(Maths.amplitude(dB: -6))
    let (out, _) = limited(signal, rate: rate)
    #expect(out.allSatisfy { abs($0) <= ceiling })
    #expect(out.contains { abs($0) > 0.7 * ceiling })
    #expect(truePeak(out) <= 1.006 * ceiling)
  }

  @Test("the gain around a single peak changes by less than 0.012 per sample")
  func smooth() {
    let signal = (0..<25_600).map { k -> Float in
      let tone = 0.25 + 0.05 * Float(Maths.sinCos(turns: Double(k) * 200 / 48000).sin)
      return k == 9000 ? 4 : tone
    }
    let (out, latency) = limited(signal)
    let ratios = (100..<20_000).map { out[$0 + latency] / signal[$0] }
    let steps = zip(ratios, ratios.dropFirst()).map { abs($0 - $1) }
    #expect(steps.max()! < 0.012)
    #expect(ratios.min()! < 0.2)
    #expect(ratios[0] == 1)
  }

  @Test("the memory is finite: a limiter that starts later gives the same samples")
  func finiteMemory() {
    var dice = Dice(Draws(seed: 3))
    let signal = (0..<96_000).map { _ in Float(dice.chance(0.001) ? 8 : 0.1) * Float(dice.gaussian()) }
    let limiter = Limiter(ceilingDB: -6, sampleRate: 48000)
    let late = (limiter.memoryFrames + 255) / 256 * 256
    let whole = limited(signal).out
    let part = limited(Array(signal.dropFirst(20_480))).out
    #expect(late < 40_000)
    #expect(Array(part.dropFirst(late)) == Array(whole.dropFirst(20_480 + late).prefix(part.count - late)))
  }
}
