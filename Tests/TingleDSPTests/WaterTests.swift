import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Water")
struct WaterTests {
  private func water(_ kind: WaterKind, _ change: (inout Water) -> Void = { _ in }) -> Water {
    var water = Water()
    water.kind = kind
    change(&water)
    return water
  }

  /// The centre of the spectrum from 200 Hz to 8 kHz, in octaves above 200 Hz.
  private func centreOctaves(_ signal: [Float]) -> Double {
    let spectrum = Spectrum(signal, sampleRate: 48000)
    var (sum, weighted) = (0.0, 0.0)
    for third in 0..<16 {
      let hz = 200 * pow(2, Double(third) / 3)
      let power = pow(10, spectrum.densityDB(in: hz...hz * pow(2, 1.0 / 3)) / 10) * hz
      sum += power
      weighted += power * Double(third) / 3
    }
    return weighted / sum
  }

  @Test("flow and size are those of the kind until they are set")
  func usual() {
    #expect(water(.pour).flowLitresPerMinute == 4.5 && water(.bath).sizeLitres == 150)
    var set = water(.pour) { $0.flowLitresPerMinute = 3 }
    set.kind = .rinse
    #expect(set.flowLitresPerMinute == 3 && set.sizeLitres == 8)
  }

  @Test("twice the flow is 3 dB louder", arguments: [WaterKind.rinse, .stream])
  func flow(kind: WaterKind) {
    let usual = water(kind).flowLitresPerMinute
    let levels = [1.0, 2, 4].map { factor in
      let louder = water(kind) { $0.flowLitresPerMinute = factor * usual }
      return Statistics.levelDB(Rendering.mono(louder, seconds: 30))
    }
    for step in 0..<2 { #expect((2...4).contains(levels[step + 1] - levels[step]), "\(levels)") }
  }

  @Test("drops follow the flow: a twentieth of a millilitre each")
  func drops() {
    func count(_ litresPerMinute: Double) -> Int {
      let signal = Rendering.mono(water(.drops) { $0.flowLitresPerMinute = litresPerMinute }, seconds: 60)
      return Statistics.onsets(signal, sampleRate: 48000, riseDB: 12, floorDB: 40).count
    }
    let (few, more) = (count(0.003), count(0.009))
    // 60 and 180 drops; most leave more than one bubble.
    #expect((40...200).contains(few), "\(few)")
    #expect((1.8...4).contains(Double(more) / Double(few)), "\(few) \(more)")
  }

  @Test("a vessel fills in volume over flow, and its pitch rises")
  func fills() {
    // 1.5 litres at 6 l/min: 15 s.
    let pour = water(.pour) { ($0.flowLitresPerMinute, $0.sizeLitres, $0.rest) = (6, 1.5, 0) }
    #expect(abs(pour.timing.slotSeconds - 15) < 1e-9)
    let large = water(.pour) { ($0.flowLitresPerMinute, $0.sizeLitres, $0.rest) = (60, 10, 0) }
    let small = water(.pour) { ($0.flowLitresPerMinute, $0.sizeLitres, $0.rest) = (1.2, 0.2, 0) }
    let (low, high) = (
      centreOctaves(Rendering.mono(large, seconds: 40)), centreOctaves(Rendering.mono(small, seconds: 40))
    )
    #expect(high > low + 0.2, "\(low) \(high)")
  }

  @Test("a sponge is wrung out over a bath now and then")
  func bath() {
    let signal = Rendering.mono(water(.bath), seconds: 60)
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.25)
      .map { 10 * log10($0 + 1e-12) }.sorted()
    let (quiet, loud) = (levels[levels.count / 5], levels[levels.count * 19 / 20])
    // The water is never silent, and a squeeze stands out of it.
    #expect(levels[0] > loud - 40, "\(levels[0])")
    #expect((8...30).contains(loud - quiet), "\(quiet) \(loud)")
  }
}
