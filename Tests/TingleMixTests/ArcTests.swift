import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The arc")
struct ArcTests {
  private func mix(_ arc: Arc, bed: Bool, trigger: Bool) -> Mix {
    var layers: [LayerSettings] = []
    if bed { layers.append(LayerSettings(name: "bed", trigger: Noise(), levelDB: -12)) }
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

  @Test("winding down, triggers taper by 12 dB after half an hour and have stopped after three quarters")
  func windDown() {
    // The same minute without an arc is the measure: a hand is never equally loud twice.
    func taper(_ minute: Double) -> Double {
      level(mix(.windDown, bed: false, trigger: true), atMinute: minute, seconds: 20)
        - level(mix(.steady, bed: false, trigger: true), atMinute: minute, seconds: 20)
    }
    #expect(abs(taper(10)) < 0.01)
    #expect(abs(taper(30) + 12) < 0.7)
    #expect(taper(40) < -20)
    #expect(level(mix(.windDown, bed: false, trigger: true), atMinute: 46) < -200)
  }

  @Test("the bed carries the night, and never grows")
  func bed() {
    let night = mix(.windDown, bed: true, trigger: false)
    let levels = [5.0, 25, 35, 50, 120, 300, 470].map { level(night, atMinute: $0) }
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after < before + 0.4) }
    #expect((1.5...4.5).contains(levels[0] - levels[6]))
  }

  @Test("it is the same wherever it is begun, over the edge and beyond")
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
