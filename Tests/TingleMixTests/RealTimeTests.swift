import AllocationCounter
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The real-time contract")
struct RealTimeTests {
  @Test(
    "rendering takes no memory, no lock and counts no references", arguments: [44100.0, 96000],
    [Fixtures.everything(seconds: 600), Fixtures.restlessBeds(seconds: 600)])
  func nothingTaken(rate: Double, mix: Mix) {
    let renderer = MixRenderer(mix, sampleRate: rate)
    let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 480)
    frames.initialize(repeating: .zero)
    defer { frames.deallocate() }
    // What the language sets up once, at a type's first use, is not the render path's.
    renderer.render(into: frames)

    tingle_counting_begin()
    for _ in 0..<6000 { renderer.render(into: frames) }
    renderer.seek(toFrame: 20_000_000)
    for _ in 0..<200 { renderer.render(into: frames) }
    let counts = tingle_counting_end()
    #expect(counts.allocations == 0)
    #expect(counts.frees == 0)
    #expect(counts.references == 0)
    #expect(counts.locks == 0)
  }

  @Test("the counter counts")
  func counterCounts() {
    final class Thing {}
    tingle_counting_begin()
    var things: [Thing] = []
    for _ in 0..<10 { things.append(Thing()) }
    let other = things.reversed().map { $0 }
    let counts = tingle_counting_end()
    #expect(counts.allocations >= 10)
    #expect(counts.references >= 1)
    #expect(other.count == 10)
  }

  @Test("nothing is ever infinite, not a number, or denormal", arguments: [44100.0, 48000, 88200, 96000])
  func finite(rate: Double) {
    for frame in Rendering.frames(Fixtures.everything(seconds: 16), sampleRate: rate, count: Int(18 * rate)) {
      for value in [frame.x, frame.y] where !value.isFinite || value.isSubnormal {
        Issue.record("\(value)")
        return
      }
    }
  }
}
