import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Crinkle")
struct CrinkleTests {
  private func crinkle(
    _ material: Material = .paper, seconds: Double = 20, seed: UInt64 = 1, rate: Double = 48000,
    _ change: (inout Crinkle) -> Void = { _ in }
  ) -> [Float] {
    var crinkle = Crinkle()
    crinkle.material = material
    change(&crinkle)
    return Rendering.mono(crinkle, seconds: seconds, seed: seed, sampleRate: rate)
  }

  private func crestDB(_ signal: [Float]) -> Double {
    20 * log10(Double(signal.map(abs).max()!)) - Statistics.levelDB(signal)
  }

  /// The level that the samples exceed for a thousandth of the time, relative to their RMS.
  private func peaksDB(_ signal: [Float]) -> Double {
    let magnitudes = signal.map(abs).sorted()
    return 20 * log10(Double(magnitudes[magnitudes.count * 999 / 1000])) - Statistics.levelDB(signal)
  }

  @Test(
    "the crest factor is above 24 dB and the centroid between 1.5 and 8 kHz", arguments: Material.allCases)
  func snaps(material: Material) {
    let signal = crinkle(material) { $0.snapsPerSecond = 30 }
    #expect(crestDB(signal) > 24)
    let spectrum = Spectrum(signal, sampleRate: 48000)
    #expect((1500...8000).contains(spectrum.centroidHz(in: 150...20000)))
    #expect(spectrum.densityDB(in: 30...100) < spectrum.densityDB(in: 1000...4000) - 6)
  }

  @Test(
    "the roll-off of paper and film is between 4 and 12 kHz, as in recordings",
    arguments: [Material.paper, .foil, .cellophane, .crispPacket])
  func rolloff(material: Material) {
    let signal = crinkle(material, seconds: 40) { $0.gesture = .fiddle }
    #expect((4000...12000).contains(Spectrum(signal, sampleRate: 48000).rolloffHz()))
  }

  @Test("all materials are within 2 LU of the median loudness")
  func loudness() {
    let levels = Material.allCases.map { material in
      var weighting = KWeighting<Float>(sampleRate: 48000)
      return Statistics.levelDB(
        crinkle(material, seconds: 30) { $0.gesture = .ball }.map { weighting.process($0) })
    }
    let middle = levels.sorted()[levels.count / 2]
    for level in levels { #expect(abs(level - middle) < 2) }
  }

  @Test("stiffness raises the centroid, size lowers it, age lowers the peaks")
  func sheet() {
    func centroid(_ change: (inout Crinkle) -> Void) -> Double {
      Spectrum(crinkle(.paper, seconds: 40, change), sampleRate: 48000).centroidHz(in: 150...20000)
    }
    #expect(centroid { $0.stiffness = 4 } > 1.3 * centroid { $0.stiffness = 0.25 })
    #expect(centroid { $0.size = 0.5 } > 1.3 * centroid { $0.size = 4 })
    func snapsDB(_ age: Double) -> Double { peaksDB(crinkle(seconds: 60) { $0.age = age }) }
    #expect(snapsDB(0) > snapsDB(1) + 0.3)
  }

  @Test("onsets are clustered: the intervals vary more than those of a Poisson process")
  func clusters() {
    let onsets = Statistics.onsets(
      crinkle(seconds: 60) { $0.snapsPerSecond = 20 }, sampleRate: 48000, riseDB: 8, floorDB: 50)
    let gaps = zip(onsets, onsets.dropFirst()).map { $1 - $0 }
    #expect(gaps.count > 60)
    #expect(Statistics.deviation(gaps) / Statistics.mean(gaps) > 1.15)
  }

  @Test("pace raises the number of snaps, softness lowers their peaks")
  func hand() {
    func onsets(_ pace: Double) -> Int {
      // The onsets of snaps are steeper than the flutter of the friction.
      let signal = crinkle(seconds: 40) { ($0.snapsPerSecond, $0.softness) = (pace, 0) }
      return Statistics.onsets(signal, sampleRate: 48000, riseDB: 15, floorDB: 40).count
    }
    #expect(onsets(100) > 2 * onsets(8), "\(onsets(100)) \(onsets(8))")
    let (hard, soft) = (crinkle { $0.softness = 0 }, crinkle { $0.softness = 1 })
    #expect(crestDB(soft) < crestDB(hard) - 3)
  }

  @Test("a resting hand is 15 to 60 dB quieter, but never below -100 dB")
  func rests() {
    let levels = Statistics.envelope(crinkle(seconds: 40), sampleRate: 48000, hopSeconds: 0.05)
      .dropFirst(60).map { 10 * log10($0 + 1e-14) }.sorted()
    let (low, high) = (levels[levels.count / 20], levels[levels.count * 19 / 20])
    #expect((15.0...60.0).contains(high - low))
    #expect((-100.0...(-60)).contains(low), "\(low)")
  }

  @Test("level and centroid agree at all sample rates, within 0.3 dB and 3 %")
  func sampleRates() {
    func measure(_ rate: Double) -> (Double, Double) {
      let signal = crinkle(.foil, seconds: 40, seed: 3, rate: rate)
      return (Statistics.levelDB(signal), Spectrum(signal, sampleRate: rate).centroidHz(in: 150...15000))
    }
    let reference = measure(48000)
    for rate in [44100.0, 96000] {
      let other = measure(rate)
      #expect(abs(other.0 - reference.0) < 0.3)
      #expect(abs(other.1 / reference.1 - 1) < 0.03)
    }
  }

  @Test("extreme settings give finite samples below full scale")
  func extremes() {
    for (pace, force, softness) in [(2000.0, 12.0, 0.0), (2, -18, 1), (2000, -18, 0)] {
      for material in Material.allCases {
        let signal = crinkle(material, seconds: 5) {
          ($0.snapsPerSecond, $0.intensityDB, $0.softness) = (pace, force, softness)
          ($0.stiffness, $0.size, $0.age) = force > 0 ? (4, 0.25, 0) : (0.25, 4, 1)
        }
        #expect(signal.allSatisfy { $0.isFinite && abs($0) <= 1 })
        let level = Statistics.levelDB(signal)
        #expect((force > 0 ? -40.0...0 : -90.0...(-20)).contains(level), "\(material) \(pace) \(level)")
      }
    }
  }
}
