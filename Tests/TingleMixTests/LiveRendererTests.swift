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

  private func played(_ liveRenderer: LiveRenderer, _ count: Int, portion: Int = 480) -> [StereoFrame] {
    var frames = [StereoFrame](repeating: .zero, count: count)
    frames.withUnsafeMutableBufferPointer { buffer in
      for start in stride(from: 0, to: count, by: portion) {
        liveRenderer.render(into: buffer.extracting(start..<min(count, start + portion)))
      }
    }
    return frames
  }

  private func change(_ take: PlaybackSegment, at frame: Int, crossfade: Int = 1440) -> PreparedChange {
    PreparedChange(Change(at: frame, to: take, crossfadeFrames: crossfade), sampleRate: Self.rate)
  }

  @Test("a take is its mix, and a change that changes nothing is not heard")
  func identity() {
    let whole = Rendering.frames(mix(-6), from: 100_000, count: 60_000)
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(-6), offsetFrames: 100_000), sampleRate: Self.rate)
    liveRenderer.hand(over: change(PlaybackSegment(mix(-6), offsetFrames: 100_000), at: 20_011))
    let heard = played(liveRenderer, 60_000)
    #expect(zip(heard, whole).allSatisfy { abs($0.x - $1.x) < 1e-7 && abs($0.y - $1.y) < 1e-7 })
    #expect(liveRenderer.isReady && liveRenderer.current.beganAt == 20_011)
    #expect(liveRenderer.frame == 60_000 && !liveRenderer.isOver)
  }

  @Test("a change is heard at its frame, from one mix to the other, without a click")
  func crossfade() {
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(0), offsetFrames: 500_000), sampleRate: Self.rate)
    liveRenderer.hand(over: change(PlaybackSegment(mix(0, muted: true), offsetFrames: 500_000), at: 48_000))
    let heard = played(liveRenderer, 96_000)
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
    let liveRenderer = LiveRenderer(PlaybackSegment(nil), sampleRate: Self.rate)
    _ = played(liveRenderer, 10_000)
    liveRenderer.hand(over: change(PlaybackSegment(mix(-6), offsetFrames: 300_000), at: 7_000))
    let heard = played(liveRenderer, 20_000)
    #expect(liveRenderer.current.beganAt == 10_000)
    let wanted = Rendering.frames(mix(-6), from: 310_000, count: 20_000)
    #expect(PureFunctionTests.same(heard[1440...], wanted[1440...]))
  }

  @Test("played again from its log, a performance gives the same bits", arguments: [3_000, 65_536])
  func replay(pieceFrames: Int) {
    let takes = [
      PlaybackSegment(mix(-12), offsetFrames: 200_000), PlaybackSegment(nil),
      PlaybackSegment(mix(3), offsetFrames: 900_000),
      PlaybackSegment(mix(-6, muted: true), offsetFrames: 900_000), PlaybackSegment(mix(-6), offsetFrames: 0),
    ]
    var performance = Performance(takes[0], sampleRate: Self.rate)
    let liveRenderer = LiveRenderer(takes[0], sampleRate: Self.rate)
    var heard: [StereoFrame] = []
    for (k, take) in takes.dropFirst().enumerated() {
      heard += played(liveRenderer, 23_000 + 777 * k, portion: 512)
      #expect(liveRenderer.isReady)
      // Some in time, some late.
      let frame = liveRenderer.frame + (k.isMultiple(of: 2) ? 1_000 : -500)
      liveRenderer.hand(over: change(take, at: frame))
      heard += played(liveRenderer, 4_000, portion: 333)
      let began = liveRenderer.current.beganAt!
      performance.changes.append(Change(at: began, to: take, crossfadeFrames: 1440))
    }
    heard += played(liveRenderer, 30_000)
    performance.length = heard.count
    var again: [StereoFrame] = []
    performance.render(pieceFrames: pieceFrames) { again += $0 }
    #expect(PureFunctionTests.same(heard, again))
  }

  @Test("it is over when its mix is")
  func ending() {
    var short = mix(-6)
    short.durationSeconds = 1
    let liveRenderer = LiveRenderer(PlaybackSegment(short), sampleRate: Self.rate)
    _ = played(liveRenderer, 47_999, portion: 100)
    #expect(!liveRenderer.isOver)
    _ = played(liveRenderer, 1)
    #expect(liveRenderer.isOver)
  }

  @Test("a layer's meter shows its level")
  func meters() {
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(-6)), sampleRate: Self.rate)
    _ = played(liveRenderer, 96_000)
    let renderer = liveRenderer.current.renderer!
    let bedDB = 10 * log10(renderer.power(ofLayer: 0))
    #expect((-60.0...(-40)).contains(bedDB))
    #expect(renderer.power(ofLayer: 2) == 0)
  }

  @Test("changing takes keeps the real-time contract")
  func realTime() {
    let liveRenderer = LiveRenderer(PlaybackSegment(Fixtures.everything(seconds: 60)), sampleRate: Self.rate)
    let cue = change(PlaybackSegment(Fixtures.everything(seconds: 90, seed: 4)), at: 9_000, crossfade: 4_000)
    let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 480)
    frames.initialize(repeating: .zero)
    defer { frames.deallocate() }
    liveRenderer.render(into: frames)
    liveRenderer.hand(over: cue)
    tingle_counting_begin()
    for _ in 0..<100 { liveRenderer.render(into: frames) }
    let counts = tingle_counting_end()
    #expect(cue.beganAt == 9_000)
    #expect(counts.allocations == 0 && counts.frees == 0 && counts.references == 0 && counts.locks == 0)
  }
}
