import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Page")
struct PageTests {
  private func page(seconds: Double, rate: Double = 48000, _ change: (inout Page) -> Void = { _ in })
    -> [Float]
  {
    var page = Page()
    change(&page)
    return Rendering.mono(page, seconds: seconds, sampleRate: rate)
  }

  /// The levels of 50 ms hops, relative to the highest.
  private func levels(_ signal: [Float], rate: Double = 48000) -> [Double] {
    let levels = Statistics.envelope(signal, sampleRate: rate, hopSeconds: 0.05).map {
      10 * log10($0 + 1e-14)
    }
    let highest = levels.max()!
    return levels.map { $0 - highest }
  }

  @Test("the page rate is within 15 % of the setting, and a third of the time is silent")
  func pace() {
    // A page is a sound after two seconds of near silence.
    var pages = 0
    var quiet = 40
    let levels = levels(page(seconds: 200) { ($0.pagesPerSecond, $0.speed) = (6.0 / 60, 1.5) })
    for level in levels {
      if level > -45 {
        if quiet >= 40 { pages += 1 }
        quiet = 0
      } else {
        quiet += 1
      }
    }
    #expect((17...23).contains(pages))
    #expect(levels.count { $0 < -70 } > levels.count / 3)
  }

  @Test("a page turn has 6 to 60 snaps, with a centroid between 800 and 4500 Hz")
  func buckling() {
    let signal = page(seconds: 60) { $0.pagesPerSecond = 20.0 / 60 }
    let onsets = Statistics.onsets(signal, sampleRate: 48000, riseDB: 6, floorDB: 40)
    #expect((6.0...60).contains(Double(onsets.count) / 20))
    #expect((800...4500).contains(Spectrum(signal, sampleRate: 48000).centroidHz(in: 150...16000)))
  }

  @Test("a notebook is brighter than a newspaper")
  func paper() {
    func centroid(_ change: (inout Page) -> Void) -> Double {
      Spectrum(
        page(seconds: 60) {
          $0.pagesPerSecond = 20.0 / 60
          change(&$0)
        }, sampleRate: 48000
      ).centroidHz(in: 150...16000)
    }
    #expect(centroid { $0.size = 0.5 } > 1.2 * centroid { $0.size = 4 })
  }

  @Test("extreme settings give finite samples below full scale", arguments: [44100.0, 96000])
  func extremes(rate: Double) {
    for (pace, speed, size, intensity) in [
      (40.0 / 60, 0.3, 4.0, 12.0), (0.5 / 60, 3, 0.25, -18), (40.0 / 60, 3, 1, 0),
    ] {
      let signal = page(seconds: 30, rate: rate) {
        ($0.pagesPerSecond, $0.speed, $0.size, $0.intensityDB) = (pace, speed, size, intensity)
        ($0.stiffness, $0.age, $0.softness) = size > 1 ? (4, 0, 0) : (0.25, 1, 1)
      }
      #expect(signal.allSatisfy { $0.isFinite && abs($0) <= 1 })
    }
  }
}
