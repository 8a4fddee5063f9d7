import AllocationCounter
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The real-time contract")
struct RealTimeTests {
  @Test(
    "rendering does not allocate, free, lock or count references", arguments: [44100.0, 96000],
    [Fixtures.everything(seconds: 600), Fixtures.bedsWithEvents(seconds: 600)])
  func noAllocation(rate: Double, mix: Mix) {
    let renderer = MixRenderer(mix, sampleRate: rate)
    let frames = Buffer<StereoFrame>(repeating: .zero, count: 480)
    // Swift allocates metadata once, at the first use of a type; that does not count.
    renderer.render(into: frames.elements)

    tingle_counting_begin()
    for _ in 0..<6000 { renderer.render(into: frames.elements) }
    renderer.seek(toFrame: 20_000_000)
    for _ in 0..<200 { renderer.render(into: frames.elements) }
    let counts = tingle_counting_end()
    #expect(counts.allocations == 0)
    #expect(counts.frees == 0)
    #expect(counts.references == 0)
    #expect(counts.locks == 0)
  }

  @Test("the counter sees allocations and reference counting")
  func counterCounts() {
    final class Object {}
    tingle_counting_begin()
    var objects: [Object] = []
    for _ in 0..<10 { objects.append(Object()) }
    let reversed = objects.reversed().map { $0 }
    let counts = tingle_counting_end()
    #expect(counts.allocations >= 10)
    #expect(counts.references >= 1)
    #expect(reversed.count == 10)
  }

  @Test("no sample is infinite, NaN or denormal", arguments: [44100.0, 48000, 88200, 96000])
  func finite(rate: Double) {
    for frame in Rendering.frames(Fixtures.everything(seconds: 16), sampleRate: rate, count: Int(18 * rate)) {
      for value in [frame.x, frame.y] where !value.isFinite || value.isSubnormal {
        Issue.record("\(value)")
        return
      }
    }
  }
}
