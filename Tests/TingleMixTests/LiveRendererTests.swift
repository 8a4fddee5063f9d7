import AllocationCounter
import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The live renderer")
struct LiveRendererTests {
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

  private func change(_ segment: PlaybackSegment, at frame: Int, crossfade: Int = 1440) -> PreparedChange {
    PreparedChange(SegmentChange(at: frame, to: segment, crossfadeFrames: crossfade), sampleRate: Self.rate)
  }

  @Test("a segment renders its mix, and a change to the same mix is inaudible")
  func identity() {
    let whole = Rendering.frames(mix(-6), from: 100_000, count: 60_000)
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(-6), offsetFrames: 100_000), sampleRate: Self.rate)
    liveRenderer.schedule(change(PlaybackSegment(mix(-6), offsetFrames: 100_000), at: 20_011))
    let heard = played(liveRenderer, 60_000)
    #expect(zip(heard, whole).allSatisfy { abs($0.x - $1.x) < 1e-7 && abs($0.y - $1.y) < 1e-7 })
    #expect(liveRenderer.isReady && liveRenderer.current.startedAt == 20_011)
    #expect(liveRenderer.frame == 60_000 && !liveRenderer.isOver)
  }

  @Test("a change cross-fades from one mix to the other at its frame, without a click")
  func crossfade() {
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(0), offsetFrames: 500_000), sampleRate: Self.rate)
    liveRenderer.schedule(change(PlaybackSegment(mix(0, muted: true), offsetFrames: 500_000), at: 48_000))
    let heard = played(liveRenderer, 96_000)
    let (loud, soft) = (
      Rendering.frames(mix(0), from: 500_000, count: 96_000),
      Rendering.frames(mix(0, muted: true), from: 500_000, count: 96_000)
    )
    #expect(PureFunctionTests.same(heard[..<48_000], loud[..<48_000]))
    #expect(PureFunctionTests.same(heard[49_440...], soft[49_440...]))
    // No step within the cross-fade is larger than the largest one in the mixes.
    func steps(_ frames: some Collection<StereoFrame>) -> Float {
      zip(frames, frames.dropFirst()).map { abs($1.x - $0.x) }.max()!
    }
    #expect(steps(heard[48_000..<49_440]) <= max(steps(loud), steps(soft)))
  }

  @Test("a late change starts at once, at the right position in its mix")
  func late() {
    let liveRenderer = LiveRenderer(PlaybackSegment(nil), sampleRate: Self.rate)
    _ = played(liveRenderer, 10_000)
    liveRenderer.schedule(change(PlaybackSegment(mix(-6), offsetFrames: 300_000), at: 7_000))
    let heard = played(liveRenderer, 20_000)
    #expect(liveRenderer.current.startedAt == 10_000)
    let wanted = Rendering.frames(mix(-6), from: 310_000, count: 20_000)
    #expect(PureFunctionTests.same(heard[1440...], wanted[1440...]))
  }

  @Test("rendering a performance gives the samples that were played", arguments: [3_000, 65_536])
  func replay(pieceFrames: Int) {
    let segments = [
      PlaybackSegment(mix(-12), offsetFrames: 200_000), PlaybackSegment(nil),
      PlaybackSegment(mix(3), offsetFrames: 900_000),
      PlaybackSegment(mix(-6, muted: true), offsetFrames: 900_000), PlaybackSegment(mix(-6), offsetFrames: 0),
    ]
    var performance = Performance(segments[0], sampleRate: Self.rate)
    let liveRenderer = LiveRenderer(segments[0], sampleRate: Self.rate)
    var heard: [StereoFrame] = []
    for (k, segment) in segments.dropFirst().enumerated() {
      heard += played(liveRenderer, 23_000 + 777 * k, portion: 512)
      #expect(liveRenderer.isReady)
      // Every other change is late.
      let frame = liveRenderer.frame + (k.isMultiple(of: 2) ? 1_000 : -500)
      liveRenderer.schedule(change(segment, at: frame))
      heard += played(liveRenderer, 4_000, portion: 333)
      let started = liveRenderer.current.startedAt!
      performance.changes.append(SegmentChange(at: started, to: segment, crossfadeFrames: 1440))
    }
    heard += played(liveRenderer, 30_000)
    performance.lengthFrames = heard.count
    var again: [StereoFrame] = []
    performance.render(pieceFrames: pieceFrames) { again += $0 }
    #expect(PureFunctionTests.same(heard, again))
  }

  @Test("it is over at the last frame of its mix")
  func ending() {
    var short = mix(-6)
    short.durationSeconds = 1
    let liveRenderer = LiveRenderer(PlaybackSegment(short), sampleRate: Self.rate)
    _ = played(liveRenderer, 47_999, portion: 100)
    #expect(!liveRenderer.isOver)
    _ = played(liveRenderer, 1)
    #expect(liveRenderer.isOver)
  }

  @Test("a layer's meter shows its level before the room and the master")
  func meters() {
    let liveRenderer = LiveRenderer(PlaybackSegment(mix(-6)), sampleRate: Self.rate)
    _ = played(liveRenderer, 96_000)
    let renderer = liveRenderer.current.renderer!
    let bedDB = Double(10 * log10(renderer.power(ofLayer: 0)))
    var bed = mix(-6)
    bed.layers.removeLast()
    let expectedDB = Statistics.levelDB(
      Rendering.frames(bed, from: 86_400, count: 9600).flatMap { [$0.x, $0.y] })
    #expect(abs(bedDB - expectedDB) < 3, "\(bedDB) \(expectedDB)")
    #expect(renderer.power(ofLayer: 2) == 0)
  }

  @Test("a change keeps the real-time contract: no allocation, lock or reference counting")
  func realTime() {
    let liveRenderer = LiveRenderer(PlaybackSegment(Fixtures.everything(seconds: 60)), sampleRate: Self.rate)
    let next = change(PlaybackSegment(Fixtures.everything(seconds: 90, seed: 4)), at: 9_000, crossfade: 4_000)
    let frames = Buffer<StereoFrame>(repeating: .zero, count: 480)
    liveRenderer.render(into: frames.elements)
    liveRenderer.schedule(next)
    tingle_counting_begin()
    for _ in 0..<100 { liveRenderer.render(into: frames.elements) }
    let counts = tingle_counting_end()
    #expect(next.startedAt == 9_000)
    #expect(counts.allocations == 0 && counts.frees == 0 && counts.references == 0 && counts.locks == 0)
  }
}
