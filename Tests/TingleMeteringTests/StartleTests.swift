import Measure
import Testing
import TingleDSP
import TingleMetering
import TingleMix

@Suite("Nothing startles")
struct StartleTests {
  /// Layers over a dark bed, held as a mix for sleep is.
  private func mix(
    bedDB: Double, _ layers: [LayerSettings], startleLU: Double? = 6, seconds: Double = 75
  ) -> Mix {
    var bed = Noise()
    bed.slopeDBPerOctave = -6
    var mix = Mix(
      layers: [LayerSettings(name: "bed", trigger: bed, role: .bed, levelDB: bedDB)] + layers,
      durationSeconds: seconds)
    mix.output = .speakers
    mix.master.loudnessLUFS = -30
    mix.master.ceilingDB = -3
    mix.master.startleLU = startleLU
    return LoudnessTarget.levelled(mix, jobs: 2)
  }

  /// What it is like, entrance and exit left out.
  private func figures(_ mix: Mix) throws -> [CheckMetric: Double] {
    let check = SoundCheck(sampleRate: 48000, floorDB: 10)
    try Timeline(mix, sampleRate: 48000, frames: 3 * 48000..<Int(mix.durationSeconds - 15) * 48000, jobs: 2)
      .render {
        check.add(UnsafeBufferPointer($0))
      }
    return check.figures
  }

  static let impulses: LayerSettings = {
    var tap = Tap()
    (tap.surface, tap.gesture, tap.tapsPerSecond, tap.intensityDB) = (.glass, .single, 0.3, 12)
    return LayerSettings(name: "tap", trigger: tap, levelDB: 24)
  }()
  static let crowd = (0..<100).map { k in
    let types: [any Trigger.Type] = [Tap.self, Crinkle.self, Whisper.self, Page.self]
    return LayerSettings(name: "\(k)", trigger: types[k % 4].init(), levelDB: 24)
  }
  static let burst: LayerSettings = {
    var whisper = Whisper()
    (whisper.mode, whisper.breathsPerSecond) = (.breath, 0.1)
    return LayerSettings(name: "breath", trigger: whisper, levelDB: 24, place: SourcePosition())
  }()

  @Test(
    "the worst mixes rise at most 6 LU over what came before, and 20 dB in 10 ms",
    arguments: [[impulses], [burst], [impulses, burst], crowd])
  func adversarial(layers: [LayerSettings]) throws {
    // A hundred layers have in half a minute more events than one has in a night.
    let heard = try figures(mix(bedDB: -20, layers, seconds: layers.count < 100 ? 75 : 45))
    #expect(heard[.jump]! <= 6)
    #expect(heard[.rise]! <= 20)
    #expect(heard[.contrast]! <= 20)
    #expect(abs(heard[.integrated]! + 30) <= 1)
  }

  @Test("without it they would")
  func unguarded() throws {
    let heard = try figures(mix(bedDB: -20, [Self.burst], startleLU: nil))
    #expect(heard[.jump]! > 12)
  }

  @Test("what does not startle passes as it is")
  func untouched() {
    let faint = [LayerSettings(name: "tap", trigger: Tap(), levelDB: -26)]
    let guarded = Rendering.frames(mix(bedDB: -12, faint), from: 480_000, count: 480_000)
    let open = Rendering.frames(mix(bedDB: -12, faint, startleLU: nil), from: 480_000, count: 480_000)
    #expect(zip(guarded, open).allSatisfy { abs($0.x - $1.x) < 1e-7 && abs($0.y - $1.y) < 1e-7 })
  }

  @Test("the bed is left alone, however loud the rest is")
  func bedStays() throws {
    let loud = Rendering.frames(mix(bedDB: -20, [Self.impulses]), from: 480_000, count: 20 * 48000)
    let levels = stride(from: 0, to: loud.count, by: 4800).map { start in
      Statistics.levelDB(loud[start..<start + 4800].map(\.x))
    }.sorted()
    // Tenths of seconds between the taps are nine in ten, and alike.
    #expect(levels[levels.count * 8 / 10] - levels[levels.count / 10] < 4)
  }
}
