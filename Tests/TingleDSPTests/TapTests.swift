import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Tap")
struct TapTests {
  @Test(
    "nominal taps fall at the pace that is asked for, at any sample rate", arguments: [44100.0, 48000, 96000])
  func pace(rate: Double) {
    var tap = Tap()
    tap.tapsPerSecond = 1.5
    tap.tool = .nail
    let signal = Rendering.mono(tap, seconds: 40, sampleRate: rate)
    let onsets = Statistics.onsets(signal, sampleRate: rate, riseDB: 15, floorDB: 16)
    let perSecond = Double(onsets.count) / 40
    #expect((0.7...2.6).contains(perSecond))
  }

  @Test("the same hand taps at every sample rate: event rate and brightness agree within 3 %")
  func sampleRates() {
    func figures(_ rate: Double) -> (Double, Double) {
      let signal = Rendering.mono(Tap(), seconds: 30, seed: 4, sampleRate: rate)
      let spectrum = Spectrum(signal, sampleRate: rate)
      return (Statistics.levelDB(signal), spectrum.centroidHz(in: 100...15000))
    }
    let reference = figures(48000)
    for rate in [44100.0, 96000] {
      let other = figures(rate)
      #expect(abs(other.0 - reference.0) < 0.3)
      #expect(abs(other.1 / reference.1 - 1) < 0.03)
    }
  }

  @Test("no two taps of a minute are alike")
  func neverTheSame() {
    var tap = Tap()
    tap.surface = .glass
    let signal = Rendering.mono(tap, seconds: 60)
    let starts = Statistics.onsets(signal, sampleRate: 48000, riseDB: 15, floorDB: 20).map { Int($0 * 48000) }
    let taps = starts.filter { $0 + 960 < signal.count }.map { signal[$0..<$0 + 960].map(Double.init) }
    #expect(taps.count > 40)
    var highest = 0.0
    for a in 0..<taps.count {
      for b in 0..<a { highest = max(highest, abs(Statistics.correlation(taps[a], taps[b]))) }
    }
    #expect(highest < 0.98)
  }

  @Test("a harder hand is brighter; a nail is brighter than a pad; wood is duller than glass")
  func brightness() {
    func centroid(_ change: (inout Tap) -> Void) -> Double {
      var tap = Tap()
      change(&tap)
      return Spectrum(Rendering.mono(tap, seconds: 20), sampleRate: 48000).centroidHz(in: 100...15000)
    }
    #expect(centroid { $0.forceDB = 6 } > centroid { $0.forceDB = -6 })
    #expect(centroid { $0.tool = .nail } > 1.3 * centroid { $0.tool = .pad })
    #expect(centroid { $0.surface = .glass } > 1.5 * centroid { $0.surface = .wood })
    #expect(centroid { $0.surface = .wood } > centroid { $0.surface = .book })
  }

  @Test("taps die away at the rate their surface declares", arguments: [Surface.wood, .glass])
  func decay(surface: Surface) {
    var tap = Tap()
    tap.surface = surface
    tap.tapsPerSecond = 0.8
    let signal = Rendering.mono(tap, seconds: 60)
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.005).map {
      10 * log10($0 + 1e-12)
    }
    let onsets = Statistics.onsets(signal, sampleRate: 48000, riseDB: 20, floorDB: 12).map { Int($0 * 200) }
    let falls = onsets.filter { $0 + 14 < levels.count }.map { levels[$0 + 2] - levels[$0 + 10] }.sorted()
    let median = falls[falls.count / 2]
    // The lower modes of wood lose 8.69 · 1.7 · e^4.3 dB a second, those of glass 8.69 · 1.7 · e^3.7 and more.
    #expect(surface == .wood ? (25.0...60.0).contains(median) : (14.0...45.0).contains(median))
  }

  @Test("extremes stay finite and under full scale", arguments: [44100.0, 96000])
  func extremes(rate: Double) {
    for (pace, variation, force) in [(8.0, 2.0, 12.0), (0.3, 0, -18), (8, 0, 12)] {
      for surface in Surface.allCases {
        var tap = Tap()
        (tap.tapsPerSecond, tap.variation, tap.forceDB, tap.surface) = (pace, variation, force, surface)
        let signal = Rendering.mono(tap, seconds: 6, sampleRate: rate)
        #expect(signal.allSatisfy { $0.isFinite && abs($0) <= 1 })
        #expect(Statistics.levelDB(signal) > -90)
      }
    }
  }
}
