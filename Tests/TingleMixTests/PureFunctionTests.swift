import Measure
import Synchronization
import Testing
import TingleDSP
import TingleMix

@Suite("A mix is a pure function of preset, seed and time")
struct PureFunctionTests {
  static let seconds = 24.0
  static let mix = Fixtures.everything(seconds: seconds)
  static let frames = Int(seconds * 48000)
  static let whole = Rendering.frames(mix, count: frames, blockSize: frames)

  /// Whether two sequences have the same bit patterns: -0 and 0 differ.
  static func same(_ a: some Sequence<StereoFrame>, _ b: some Sequence<StereoFrame>) -> Bool {
    a.elementsEqual(b) { $0.x.bitPattern == $1.x.bitPattern && $0.y.bitPattern == $1.y.bitPattern }
  }

  @Test("any block size gives the same samples", arguments: [1, 17, 64, 512, 4096])
  func blockSizes(size: Int) {
    #expect(Self.same(Rendering.frames(Self.mix, count: Self.frames, blockSize: size), Self.whole))
  }

  @Test("any number of threads gives the same samples", arguments: [1, 2, 3], [50_000, 300_000])
  func threads(jobs: Int, pieceFrames: Int) throws {
    var joined: [StereoFrame] = []
    try Timeline(Self.mix, sampleRate: 48000, jobs: jobs, pieceFrames: pieceFrames).render { joined += $0 }
    #expect(joined.count == Self.frames)
    #expect(Self.same(joined, Self.whole))
  }

  @Test("any start frame gives the same samples", arguments: [1, 255, 256, 100_003, 777_777, 1_100_000])
  func starts(frame: Int) {
    let count = min(200_000, Self.frames - frame)
    let part = Rendering.frames(Self.mix, from: frame, count: count)
    #expect(Self.same(part, Self.whole[frame..<frame + count]))
  }

  @Test(
    "any start frame gives the same samples over beds that are guarded against their own background",
    arguments: [44100.0, 48000, 96000], [12.0, 17.3])
  func startsOverBedsWithEvents(rate: Double, seconds: Double) {
    let mix = Fixtures.bedsWithEvents(seconds: 24)
    let (start, count) = (Int(seconds * rate), Int(4 * rate))
    let whole = Rendering.frames(mix, sampleRate: rate, count: start + count)
    #expect(Self.same(Rendering.frames(mix, sampleRate: rate, from: start, count: count), whole[start...]))
  }

  @Test("a renderer can seek in any direction")
  func seeking() {
    let renderer = MixRenderer(Self.mix, sampleRate: 48000)
    var part = [StereoFrame](repeating: .zero, count: 10_000)
    for frame in [1_000_000, 20, 900_001, 900_000, 0] {
      renderer.seek(toFrame: frame)
      part.withUnsafeMutableBufferPointer { renderer.render(into: $0) }
      #expect(Self.same(part, Self.whole[frame..<frame + 10_000]), "from \(frame)")
    }
  }

  @Test("hour seven can be rendered directly, at a plausible level")
  func farAway() {
    var mix = Self.mix
    mix.durationSeconds = 8 * 3600
    let start = 7 * 3600 * 48000 + 12345
    let a = Rendering.frames(mix, from: start, count: 480_000)
    let b = Rendering.frames(mix, from: start - 100_000, count: 580_000).dropFirst(100_000)
    #expect(Self.same(a, b))
    let level = Statistics.levelDB(a.map(\.x))
    #expect((-30.0...(-15)).contains(level), "\(level)")
  }

  @Test("another seed changes the mix; an added layer leaves the others unchanged")
  func seeds() {
    var other = Self.mix
    other.seed = 8
    #expect(!Self.same(Rendering.frames(other, count: 100_000), Self.whole.prefix(100_000)))

    var alone = Self.mix
    alone.master.ceilingDB = 0
    alone.layers = [Self.mix.layers[0]]
    alone.layers[0].levelDB = -30
    var pair = alone
    pair.layers.append(Self.mix.layers.last!)
    pair.layers[1].levelDB = -200
    let a = Rendering.frames(alone, count: 200_000)
    let b = Rendering.frames(pair, count: 200_000)
    #expect(zip(a, b).allSatisfy { abs($0.x - $1.x) < 1e-8 && abs($0.y - $1.y) < 1e-8 })
  }

  @Test("an error in the consumer and a cancellation both end the render early")
  func endings() throws {
    struct Full: Error {}
    let timeline = Timeline(Self.mix, sampleRate: 48000, jobs: 3, pieceFrames: 65_536)
    #expect(throws: Full.self) { try timeline.render { _ in throw Full() } }
    var pieces = 0
    let stop = Atomic<Bool>(false)
    try timeline.render(isCancelled: { stop.load(ordering: .relaxed) }) { _ in
      pieces += 1
      stop.store(true, ordering: .relaxed)
    }
    #expect(pieces == 1)
  }
}
