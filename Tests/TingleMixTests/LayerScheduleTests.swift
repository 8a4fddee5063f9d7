import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Layer schedule")
struct LayerScheduleTests {
  private let schedule = {
    var schedule = LayerSchedule(entries: [
      .init(startSeconds: 0, layers: ["train"]), .init(startSeconds: 3600, layers: ["waves"]),
      .init(startSeconds: -7200, layers: ["waves", "crickets"]),
    ])
    schedule.crossfadeSeconds = 60
    return schedule
  }()

  @Test(
    "each layer plays in its turns; a layer that stays is not faded; times before the end follow the duration"
  )
  func turns() {
    let turns = schedule.turns(durationSeconds: 28_800)
    func times(_ name: String) -> [[Double]]? { turns[name]?.map { [$0.start, $0.end] } }
    #expect(times("train") == [[-60, 3660]])
    #expect(times("waves") == [[3600, .infinity]])
    #expect(times("crickets") == [[21_600, .infinity]])
    // In a track of 90 minutes the last scene would come before the first: only the later ones are heard.
    let short = schedule.turns(durationSeconds: 5400)
    #expect(short["train"]?.contains { $0.start <= 1800 && $0.end > 1800 } == true)
    #expect(short["waves"]?.last?.end == .infinity)
  }

  @Test("scenes sound one after another, and any start gives the same samples")
  func exactness() {
    var mix = Mix(
      layers: [
        LayerSettings(name: "a", trigger: Noise(), role: .bed, levelDB: -20),
        LayerSettings(name: "b", trigger: Fan(), role: .bed, levelDB: -20),
      ], seed: 5, durationSeconds: 60)
    var schedule = LayerSchedule(entries: [
      .init(startSeconds: 0, layers: ["a"]), .init(startSeconds: 20, layers: ["b"]),
    ])
    schedule.crossfadeSeconds = 4
    mix.schedule = schedule
    (mix.master.fadeInSeconds, mix.master.fadeOutSeconds) = (0, 0)
    let whole = Rendering.frames(mix, count: 40 * 48_000)
    let late = Rendering.frames(mix, from: 21 * 48_000, count: 48_000)
    #expect(late == Array(whole[21 * 48_000..<22 * 48_000]))
    // Only one layer sounds before and after the cross-fade.
    var alone = mix
    alone.schedule = nil
    alone.layers[1].levelDB = -200
    alone.layers.removeLast()
    let first = Rendering.frames(alone, count: 10 * 48_000)
    #expect(first == Array(whole[..<(10 * 48_000)]))
    #expect(Statistics.levelDB(whole[(30 * 48_000)...].map(\.mid)) > -60)
  }
}
