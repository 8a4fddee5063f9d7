import Measure
import Testing
import TingleDSP
import TingleMetering
import TingleMix

@Suite("Startle guard")
struct StartleTests {
  /// Layers over a bed of dark noise, with the master settings of a sleep preset.
  private func mix(
    bedDB: Double, _ layers: [LayerSettings], startleLU: Double? = 6, seconds: Double = 75
  ) -> Mix {
    var bed = Noise()
    bed.colour = .brown
    var mix = Mix(
      layers: [LayerSettings(name: "bed", trigger: bed, role: .bed, levelDB: bedDB)] + layers,
      durationSeconds: seconds)
    mix.output = .speakers
    mix.master.loudnessLUFS = -30
    mix.master.ceilingDB = -3
    mix.master.startleLU = startleLU
    return LoudnessTarget.levelled(mix, jobs: 2)
  }

  /// The metrics of the mix without its fades.
  private func metrics(_ mix: Mix) throws -> [CheckMetric: Double] {
    let check = SoundCheck(sampleRate: 48000, floorDB: 10)
    try Timeline(mix, sampleRate: 48000, frames: 3 * 48000..<Int(mix.durationSeconds - 15) * 48000, jobs: 2)
      .render {
        check.add(UnsafeBufferPointer($0))
      }
    return check.metrics
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
    "the worst mixes jump by at most 6 LU, and rise by at most 20 dB in 10 ms",
    arguments: [[impulses], [burst], [impulses, burst], crowd])
  func adversarial(layers: [LayerSettings]) throws {
    // 100 layers have more events in half a minute than one layer has in a night.
    let measured = try metrics(mix(bedDB: -20, layers, seconds: layers.count < 100 ? 75 : 45))
    #expect(measured[.jump]! <= 6)
    #expect(measured[.rise]! <= 20)
    #expect(measured[.contrast]! <= 20)
    #expect(abs(measured[.integrated]! + 30) <= 1)
  }

  @Test("without the startle guard, a burst jumps by more than 12 LU")
  func unguarded() throws {
    let measured = try metrics(mix(bedDB: -20, [Self.burst], startleLU: nil))
    #expect(measured[.jump]! > 12)
  }

  @Test("the startle guard does not change quiet triggers")
  func untouched() {
    let faint = [LayerSettings(name: "tap", trigger: Tap(), levelDB: -26)]
    let guarded = Rendering.frames(mix(bedDB: -12, faint), from: 480_000, count: 480_000)
    let open = Rendering.frames(mix(bedDB: -12, faint, startleLU: nil), from: 480_000, count: 480_000)
    #expect(zip(guarded, open).allSatisfy { abs($0.x - $1.x) < 1e-7 && abs($0.y - $1.y) < 1e-7 })
  }

  @Test("the bed's level does not change under loud triggers")
  func bedStays() throws {
    let loud = Rendering.frames(mix(bedDB: -20, [Self.impulses]), from: 480_000, count: 20 * 48000)
    let levels = stride(from: 0, to: loud.count, by: 4800).map { start in
      Statistics.levelDB(loud[start..<start + 4800].map(\.x))
    }.sorted()
    // Nine in ten windows of 0.1 s contain no tap and have the level of the bed.
    #expect(levels[levels.count * 8 / 10] - levels[levels.count / 10] < 4)
  }
}
