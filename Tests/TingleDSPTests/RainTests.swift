import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Rain")
struct RainTests {
  private func rain(_ surface: RainSurface = .window, _ change: (inout Rain) -> Void = { _ in }) -> Rain {
    var rain = Rain()
    (rain.surface, rain.gusts) = (surface, 0)
    change(&rain)
    return rain
  }

  /// The number of drops over a very quiet field, by their onsets.
  private func onsets(_ rain: Rain) -> Int {
    Statistics.onsets(
      Rendering.mono(rain, seconds: 40), sampleRate: 48000, riseDB: 12, floorDB: 40
    ).count
  }

  @Test("sizes follow Marshall and Palmer, weighted with the speed", arguments: [1.0, 10, 50])
  func sizes(rainfall: Double) {
    let slope = 4.1 * pow(rainfall, -0.21)
    var (count, mean, large) = (0.0, 0.0, 0.0)
    for step in 0..<5000 {
      let diameter = 0.5 + 0.001 * (Double(step) + 0.5)
      let weight = exp(-slope * diameter) * (9.65 - 10.3 * exp(-0.6 * diameter))
      count += weight
      mean += weight * diameter
      if diameter > 2 { large += weight }
    }
    let drops = RaindropSizes(rainfall: rainfall, collected: 1)
    var dice = Dice(Draws(seed: 1))
    let drawn = (0..<20_000).map { _ in drops.draw(&dice) }
    #expect(abs(Statistics.mean(drawn) / (mean / count) - 1) < 0.02)
    #expect(abs(Double(drawn.count { $0 > 2 }) / 20_000 - large / count) < 0.02)
    #expect(drawn.allSatisfy { RaindropSizes.range.contains($0) })
  }

  @Test("more rain is more drops: the count triples from 2 to 20 mm/h")
  func count() {
    let (light, heavy) = (
      RaindropSizes(rainfall: 2, collected: 1), RaindropSizes(rainfall: 20, collected: 1)
    )
    #expect((2.5...6).contains(heavy.relativeCount / light.relativeCount))
    #expect(abs(RaindropSizes(rainfall: 10, collected: 1.3).relativeCount - 1) < 1e-9)
  }

  @Test("five times the rainfall raises the level by 5 to 10 dB")
  func level() {
    let levels = [2.0, 10, 50].map { rainfall in
      Statistics.levelDB(Rendering.mono(rain { $0.rainfall = rainfall }, seconds: 30))
    }
    for step in 0..<2 { #expect((5...10).contains(levels[step + 1] - levels[step]), "\(levels)") }
  }

  @Test("single drops stand out of a quiet field, and follow the pace")
  func drops() {
    let few = onsets(rain { ($0.diffuseDB, $0.dropsPerSecond) = (-24, 4) })
    let more = onsets(rain { ($0.diffuseDB, $0.dropsPerSecond) = (-24, 16) })
    // Of 160 drops; some throw up droplets that count, some are masked.
    #expect((60...240).contains(few), "\(few)")
    #expect(more > 2 * few, "\(few) \(more)")
  }

  @Test(
    "the level is steady, and the loudest drop is less than 30 dB above it",
    arguments: RainSurface.allCases)
  func steady(surface: RainSurface) {
    let signal = Rendering.mono(rain(surface), seconds: 30)
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.1).map {
      10 * log10($0 + 1e-12)
    }
    #expect(Statistics.deviation(levels) < 2.5)
    let peak = signal.reduce(0) { max($0, abs($1)) }
    #expect(20 * log10(Double(peak)) < Statistics.levelDB(signal) + 30)
  }

  @Test("the spectrum is the same at all sample rates, within 1 dB per octave", arguments: [44100.0, 96000])
  func rates(rate: Double) {
    func octaves(_ rate: Double) -> [Double] {
      let signal = Rendering.mono(rain(.puddle), seconds: 30, sampleRate: rate)
      let spectrum = Spectrum(signal, sampleRate: rate)
      // The power of a bin is in proportion to the sample rate.
      return (0..<7).map { k in
        spectrum.densityDB(in: 125 * pow(2, Double(k))...250 * pow(2, Double(k))) - 10 * log10(rate)
      }
    }
    for (usual, other) in zip(octaves(48000), octaves(rate)) { #expect(abs(usual - other) < 1) }
  }

  @Test("a field of rain has no holes between its noise bands")
  func bands() {
    let field = rain { ($0.diffuseDB, $0.dropsPerSecond) = (12, 0.5) }
    let spectrum = Spectrum(Rendering.mono(field, seconds: 30), sampleRate: 48000)
    // Third octaves from 200 Hz to 6.4 kHz: each is within 3 dB of the mean of its neighbours.
    let levels = (0..<16).map { k in
      let hz = 200 * pow(2, Double(k) / 3)
      return spectrum.densityDB(in: hz...hz * pow(2, 1.0 / 3))
    }
    for k in 1..<15 { #expect(abs(levels[k] - (levels[k - 1] + levels[k + 1]) / 2) < 3, "\(levels)") }
  }

  @Test("a treble cut lowers 6 kHz by about its value, and 500 Hz not at all")
  func trebleCut() {
    func levels(_ cut: Double) -> (low: Double, high: Double) {
      let spectrum = Spectrum(
        Rendering.mono(rain { $0.trebleCutDB = cut }, seconds: 20), sampleRate: 48000)
      return (spectrum.densityDB(in: 400...700), spectrum.densityDB(in: 5000...7000))
    }
    let (open, closed) = (levels(0), levels(12))
    #expect(abs(open.low - closed.low) < 1)
    #expect((7...14).contains(open.high - closed.high), "\(open.high - closed.high)")
  }
}
