import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The arc")
struct ArcTests {
  private func mix(_ arc: Arc, bed: Bool, trigger: Bool) -> Mix {
    var layers: [LayerSettings] = []
    if bed { layers.append(LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -12)) }
    if trigger { layers.append(LayerSettings(name: "crinkle", trigger: Crinkle(), levelDB: -6)) }
    var mix = Mix(layers: layers, durationSeconds: 8 * 3600)
    mix.arc = arc
    mix.room = .bedroom
    return mix
  }

  private func level(_ mix: Mix, atMinute minute: Double, seconds: Double = 8) -> Double {
    let frames = Rendering.frames(mix, from: Int(minute * 60 * 48000), count: Int(seconds * 48000))
    return Statistics.levelDB(frames.map(\.x))
  }

  @Test("wind-down: triggers are 12 dB down after 30 minutes and silent after 45")
  func windDown() {
    func gain(_ minute: Double) -> Double { Arc.windDown.gain(at: 60 * minute, isBed: false) }
    #expect(gain(0) == 1 && gain(20) == 1 && gain(45) == 0)
    #expect(abs(20 * log10(gain(30)) + 12) < 0.01)
    for minute in 0..<45 { #expect(gain(Double(minute + 1)) <= gain(Double(minute))) }
    // The rendered level follows the gain, within the variation of a crinkle from minute to minute.
    let night = mix(.windDown, bed: false, trigger: true)
    let fall = level(night, atMinute: 35, seconds: 60) - level(night, atMinute: 5, seconds: 60)
    #expect((-24.0...(-14)).contains(fall))
    #expect(level(night, atMinute: 46) < -200)
  }

  @Test("the tempo's clock is the integral of its pace, and seconds(at:) is its inverse")
  func tempo() {
    let tempo = Arc.windDown.tempo
    for seconds in [-100.0, 0, 1, 700, 2699, 2701, 20_000] {
      #expect(abs(tempo.seconds(at: tempo.clock(at: seconds)) - seconds) < 1e-6)
      let rate = (tempo.clock(at: seconds + 0.01) - tempo.clock(at: seconds)) / 0.01
      #expect(abs(rate - tempo.pace(at: seconds)) < 1e-4)
    }
    #expect(Arc.steady.tempo.clock(at: 1234.5) == 1234.5)
  }

  @Test("wind-down: the rate of taps follows the tempo")
  func slower() {
    var tap = Tap()
    (tap.gesture, tap.tapsPerSecond, tap.variation, tap.handling) = (.single, 2, 0, 0)
    var night = Rendering.mix(tap, seconds: 3600)
    night.arc = .windDown
    func taps(from minute: Double) -> Double {
      let sound = Rendering.frames(night, from: Int(minute * 60 * 48000), count: 150 * 48000).map(\.x)
      let loudest = sound.map(abs).max()!
      var onsets = 0
      var last = -9999
      for (k, x) in sound.enumerated() where abs(x) > 0.2 * loudest && k - last > 9600 {
        (onsets, last) = (onsets + 1, k)
      }
      return Double(onsets)
    }
    let ratio = taps(from: 25) / taps(from: 0) / Arc.windDown.tempo.pace(at: 26 * 60)
    #expect((0.75...1.2).contains(ratio))
  }

  @Test("wind-down: after 28 minutes, 5 to 7 kHz is 4 to 9 dB lower relative to 1 to 2 kHz")
  func darker() {
    func treble(_ arc: Arc) -> Double {
      var foil = Crinkle()
      foil.material = .foil
      var night = Rendering.mix(foil, seconds: 3600)
      night.arc = arc
      let sound = Rendering.frames(night, from: 28 * 60 * 48000, count: 30 * 48000).map(\.x)
      let spectrum = Spectrum(sound, sampleRate: 48000)
      return 10 * log10(spectrum.power(in: 5000...7000) / spectrum.power(in: 1000...2000))
    }
    #expect((-9.0...(-4)).contains(treble(.windDown) - treble(.steady)))
  }

  @Test("wake-up: triggers fade back in, the bed rises by 3 to 4.2 dB, both monotonically")
  func wake() {
    for bed in [true, false] {
      var night = mix(.windDown, bed: bed, trigger: !bed)
      night.durationSeconds = 7200
      night.master.fadeOutSeconds = 1
      let asleep = level(night, atMinute: 100, seconds: 20)
      night.wakeSeconds = 900
      #expect(level(night, atMinute: 100, seconds: 20) == asleep)
      let levels = [106.0, 111, 119].map { level(night, atMinute: $0, seconds: 40) }
      #expect(levels[0] < levels[1] && levels[1] < levels[2])
      if bed {
        #expect((3.0...4.2).contains(levels[2] - asleep))
      } else {
        #expect(asleep < -200 && (-55.0...(-30)).contains(levels[2]), "\(levels[2])")
      }
    }
  }

  @Test("wind-down: the bed stays on for eight hours, falls by 1.5 to 4.5 dB, and never rises")
  func bed() {
    let night = mix(.windDown, bed: true, trigger: false)
    let levels = [5.0, 25, 35, 50, 120, 300, 470].map { level(night, atMinute: $0) }
    // The level of noise over 8 s varies by less than 0.4 dB.
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after < before + 0.4) }
    #expect((1.5...4.5).contains(levels[0] - levels[6]))
  }

  @Test("any start frame around the end of the triggers gives the same samples")
  func exactness() {
    let whole = mix(.windDown, bed: true, trigger: true)
    let start = Int((Arc.stages.ends - 3) * 48000)
    let sequence = Rendering.frames(whole, from: start, count: 8 * 48000)
    for later in [2 * 48000, 3 * 48000 + 77, 5 * 48000] {
      let part = Rendering.frames(whole, from: start + later, count: 48000)
      #expect(part == Array(sequence[later..<later + 48000]))
    }
  }
}
