import AllocationCounter
import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("A performance")
struct PerformerTests {
  private static let rate = 48000.0

  private func mix(_ levelDB: Double, muted: Bool = false) -> Mix {
    var mix = Mix(
      layers: [
        LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -20),
        LayerSettings(name: "tap", trigger: Tap(), levelDB: levelDB),
      ], durationSeconds: 600)
    mix.layers[1].isMuted = muted
    mix.isMetered = true
    mix.master.fadeInSeconds = 0
    mix.output = .speakers
    return mix
  }

  private func played(_ performer: Performer, _ count: Int, portion: Int = 480) -> [StereoFrame] {
    var frames = [StereoFrame](repeating: .zero, count: count)
    frames.withUnsafeMutableBufferPointer { buffer in
      for start in stride(from: 0, to: count, by: portion) {
        performer.render(into: buffer.extracting(start..<min(count, start + portion)))
      }
    }
    return frames
  }

  private func change(_ take: Take, at frame: Int, crossfade: Int = 1440) -> PreparedChange {
    PreparedChange(Change(at: frame, to: take, crossfadeFrames: crossfade), sampleRate: Self.rate)
  }

  @Test("a take is its mix, and a change that changes nothing is not heard")
  func identity() {
    let whole = Rendering.frames(mix(-6), from: 100_000, count: 60_000)
    let performer = Performer(Take(mix(-6), offsetFrames: 100_000), sampleRate: Self.rate)
    performer.hand(over: change(Take(mix(-6), offsetFrames: 100_000), at: 20_011))
    let heard = played(performer, 60_000)
    #expect(zip(heard, whole).allSatisfy { abs($0.x - $1.x) < 1e-7 && abs($0.y - $1.y) < 1e-7 })
    #expect(performer.isReady && performer.current.beganAt == 20_011)
    #expect(performer.frame == 60_000 && !performer.isOver)
  }

  @Test("a change is heard at its frame, from one mix to the other, without a click")
  func crossfade() {
    let performer = Performer(Take(mix(0), offsetFrames: 500_000), sampleRate: Self.rate)
    performer.hand(over: change(Take(mix(0, muted: true), offsetFrames: 500_000), at: 48_000))
    let heard = played(performer, 96_000)
    let (loud, soft) = (
      Rendering.frames(mix(0), from: 500_000, count: 96_000),
      Rendering.frames(mix(0, muted: true), from: 500_000, count: 96_000)
    )
    #expect(PureFunctionTests.same(heard[..<48_000], loud[..<48_000]))
    #expect(PureFunctionTests.same(heard[49_440...], soft[49_440...]))
    // No step within is larger than the two mixes' own.
    func steps(_ frames: some Collection<StereoFrame>) -> Float {
      zip(frames, frames.dropFirst()).map { abs($1.x - $0.x) }.max()!
    }
    #expect(steps(heard[48_000..<49_440]) <= max(steps(loud), steps(soft)))
  }

  @Test("one that comes late begins at once, and in its right place")
  func late() {
    let performer = Performer(Take(nil), sampleRate: Self.rate)
    _ = played(performer, 10_000)
    performer.hand(over: change(Take(mix(-6), offsetFrames: 300_000), at: 7_000))
    let heard = played(performer, 20_000)
    #expect(performer.current.beganAt == 10_000)
    let wanted = Rendering.frames(mix(-6), from: 310_000, count: 20_000)
    #expect(PureFunctionTests.same(heard[1440...], wanted[1440...]))
  }

  @Test("played again from its log, a performance gives the same bits", arguments: [3_000, 65_536])
  func replay(pieceFrames: Int) {
    let takes = [
      Take(mix(-12), offsetFrames: 200_000), Take(nil), Take(mix(3), offsetFrames: 900_000),
      Take(mix(-6, muted: true), offsetFrames: 900_000), Take(mix(-6), offsetFrames: 0),
    ]
    var performance = Performance(takes[0], sampleRate: Self.rate)
    let performer = Performer(takes[0], sampleRate: Self.rate)
    var heard: [StereoFrame] = []
    for (k, take) in takes.dropFirst().enumerated() {
      heard += played(performer, 23_000 + 777 * k, portion: 512)
      #expect(performer.isReady)
      // Some in time, some late.
      let frame = performer.frame + (k.isMultiple(of: 2) ? 1_000 : -500)
      performer.hand(over: change(take, at: frame))
      heard += played(performer, 4_000, portion: 333)
      let began = performer.current.beganAt!
      performance.changes.append(Change(at: began, to: take, crossfadeFrames: 1440))
    }
    heard += played(performer, 30_000)
    performance.length = heard.count
    var again: [StereoFrame] = []
    performance.render(pieceFrames: pieceFrames) { again += $0 }
    #expect(PureFunctionTests.same(heard, again))
  }

  @Test("it is over when its mix is")
  func ending() {
    var short = mix(-6)
    short.durationSeconds = 1
    let performer = Performer(Take(short), sampleRate: Self.rate)
    _ = played(performer, 47_999, portion: 100)
    #expect(!performer.isOver)
    _ = played(performer, 1)
    #expect(performer.isOver)
  }

  @Test("a layer's meter shows its level")
  func meters() {
    let performer = Performer(Take(mix(-6)), sampleRate: Self.rate)
    _ = played(performer, 96_000)
    let renderer = performer.current.renderer!
    let bedDB = 10 * log10(renderer.power(ofLayer: 0))
    #expect((-60.0...(-40)).contains(bedDB))
    #expect(renderer.power(ofLayer: 2) == 0)
  }

  @Test("changing takes keeps the real-time contract")
  func realTime() {
    let performer = Performer(Take(Fixtures.everything(seconds: 60)), sampleRate: Self.rate)
    let cue = change(Take(Fixtures.everything(seconds: 90, seed: 4)), at: 9_000, crossfade: 4_000)
    let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 480)
    frames.initialize(repeating: .zero)
    defer { frames.deallocate() }
    performer.render(into: frames)
    performer.hand(over: cue)
    tingle_counting_begin()
    for _ in 0..<100 { performer.render(into: frames) }
    let counts = tingle_counting_end()
    #expect(cue.beganAt == 9_000)
    #expect(counts.allocations == 0 && counts.frees == 0 && counts.references == 0 && counts.locks == 0)
  }
}
