import Benchmark
import Foundation
import TingleDSP
import TingleMix

// Benchmarks on one core at 48 kHz: time per frame, speed relative to real time, and cost relative to white
// noise, which makes results comparable between machines. An argument chooses those whose name contains it.

let sampleRate = 48000.0
let seconds = 10.0
let frameCount = Int(seconds * sampleRate)

// Receives all results, so that the work is not optimised away. `nonisolated(unsafe)`: only the main thread
// runs.
nonisolated(unsafe) var sink: Float = 0

let chosen = CommandLine.arguments.dropFirst().first ?? ""

let suite = BenchmarkSuite(name: "tingle") { suite in
  func unit(_ name: String, _ prepare: @escaping () -> (() -> Float)) {
    guard name == "white noise" || name.contains(chosen) || chosen.isEmpty else { return }
    suite.benchmark(name) { state in
      let next = prepare()
      try state.measure { sink += next() }
    }
  }
  unit("white noise") {
    {
      var noise = WhiteNoise(Draws(seed: 1))
      var sum: Float = 0
      for _ in 0..<frameCount { sum += noise.next() }
      return sum
    }
  }
  unit("pink noise") {
    let shape = SlopeFilter.Shape(slopeDBPerOctave: -3, sampleRate: sampleRate)
    return {
      var noise = WhiteNoise(Draws(seed: 1))
      var filter = SlopeFilter(shape)
      var sum: Float = 0
      for _ in 0..<frameCount { sum += filter.process(noise.next()) }
      return sum
    }
  }
  for modes in [8, 16, 32] {
    unit("modal bank, \(modes) modes") {
      {
        var bank = ModalBank<4>()
        for k in 0..<modes {
          bank.set(
            k, frequencyHz: 200 * Double(k + 1), dampingPerSecond: 1, gain: 1, floor: 1e-9,
            sampleRate: sampleRate)
        }
        var block = [StereoFrame](repeating: .zero, count: Grid.frames)
        for _ in 0..<frameCount / Grid.frames {
          var span = block.mutableSpan
          bank.add(to: &span, in: 0..<Grid.frames)
        }
        return block[0].x
      }
    }
  }

  // Loudspeakers by default: triggers without the binaural filter.
  func mix(
    _ name: String, _ layers: [LayerSettings], _ output: OutputDevice = .speakers, room: RoomSize? = nil,
    startleLU: Double? = nil
  ) {
    guard name.contains(chosen) || chosen.isEmpty else { return }
    suite.benchmark(name) { state in
      var mix = Mix(layers: layers, durationSeconds: 3600)
      mix.master.gainDB = -6
      mix.output = output
      mix.room = room
      mix.master.startleLU = startleLU
      let renderer = MixRenderer(mix, sampleRate: sampleRate)
      renderer.seek(toFrame: 480_000)
      let frames = Buffer<StereoFrame>(repeating: .zero, count: frameCount)
      let output = frames.elements
      try state.measure { renderer.render(into: output) }
      sink += frames[0].x
    }
  }
  mix("no layers", [])
  for type in Catalogue.triggers {
    mix("\(type.name), one layer", [LayerSettings(name: type.name, trigger: type.init(), levelDB: -12)])
  }
  var slowTap = Tap()
  slowTap.tapsPerSecond = 2.5
  mix("tap, 2.5 a second", [LayerSettings(name: "tap", trigger: slowTap, levelDB: -12)])
  var fiddling = Crinkle()
  (fiddling.gesture, fiddling.snapsPerSecond) = (.fiddle, 50)
  mix("crinkle, 30 a second", [LayerSettings(name: "crinkle", trigger: fiddling, levelDB: -12)])
  var squeezing = Crinkle()
  (squeezing.gesture, squeezing.snapsPerSecond, squeezing.rest) = (.squeeze, 600, 0)
  mix("crinkle, 400 a second", [LayerSettings(name: "crinkle", trigger: squeezing, levelDB: -18)])
  for surface in RainSurface.allCases {
    var rain = Rain()
    rain.surface = surface
    mix("rain, \(surface)", [LayerSettings(name: "rain", trigger: rain, levelDB: -12)])
  }
  for kind in WaterKind.allCases {
    var water = Water()
    water.kind = kind
    mix("water, \(kind)", [LayerSettings(name: "water", trigger: water, levelDB: -12)])
  }
  var fire = Texture()
  fire.file = "wood-fire"
  mix("texture, with events", [LayerSettings(name: "texture", trigger: fire, levelDB: -12)])
  var words = Whisper()
  words.phonemes = "DH AX - D EY1 - IH Z - OW1 V ER - N AW1 . L EH1 T - Y ER - SH OW1 L D ER Z - S IH1 NG K ."
  mix("whisper, words", [LayerSettings(name: "whisper", trigger: words, levelDB: -12)])
  mix(
    "every trigger at once",
    Catalogue.triggers.map { LayerSettings(name: $0.name, trigger: $0.init(), levelDB: -18) })

  // The cost of spatializer and room is the difference from the bed without a position.
  let ear = SourcePosition(.init(azimuthDegrees: -90, distanceMetres: 0.08))
  for (name, place) in [
    ("bed, no position", nil), ("bed, still", ear), ("bed, orbit", SourcePosition(motion: .orbit)),
  ] {
    mix(
      name, [LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -12, place: place)],
      .headphones)
  }
  mix(
    "bed, orbit, bedroom",
    [
      LayerSettings(
        name: "bed", trigger: Noise(), role: .bed, levelDB: -12, place: SourcePosition(motion: .orbit))
    ],
    .headphones,
    room: .bedroom)
  mix(
    "every trigger, headphones",
    Catalogue.triggers.map { LayerSettings(name: $0.name, trigger: $0.init(), levelDB: -18) }, .headphones)

  let pair = [
    LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -12),
    LayerSettings(name: "tap", trigger: slowTap, levelDB: -12),
  ]
  mix("bed and taps", pair)
  mix("bed and taps, guarded", pair, startleLU: 6)

  guard chosen.isEmpty else { return }
  // The time from a key press until the new mix is ready to play.
  suite.benchmark("change a live mix") { state in
    var mix = Mix(
      layers: Catalogue.triggers.map { LayerSettings(name: $0.name, trigger: $0.init()) },
      durationSeconds: 28800)
    mix.master.startleLU = 6
    let change = SegmentChange(
      at: 48_000, to: PlaybackSegment(mix, offsetFrames: 7 * 3600 * 48000), crossfadeFrames: 1440)
    try state.measure { sink += Float(PreparedChange(change, sampleRate: sampleRate).change.frame) }
  }
  suite.benchmark("seek to hour seven") { state in
    let layers = Catalogue.triggers.map { LayerSettings(name: $0.name, trigger: $0.init()) }
    let renderer = MixRenderer(Mix(layers: layers, durationSeconds: 28800), sampleRate: sampleRate)
    try state.measure { renderer.seek(toFrame: 7 * 3600 * 48000) }
  }
  suite.benchmark("encoding, 24 bits") { state in
    let frames = [StereoFrame](repeating: StereoFrame(0.1, -0.1), count: frameCount)
    let encoder = SampleEncoder(.s24InHigh32, channels: 2, seed: 1)
    let bytes = Buffer<UInt8>(repeating: 0, count: frameCount * encoder.frameBytes)
    let output = UnsafeMutableRawPointer(bytes.baseAddress)
    try state.measure { frames.withUnsafeBufferPointer { encoder.encode($0, startFrame: 0, into: output) } }
  }
}

var runner = BenchmarkRunner(suites: [suite], settings: [Format(.none), Quiet(true), Iterations(7)])
try runner.run()
let best = runner.results.map { ($0.benchmarkName, $0.measurements.min() ?? 0) }
let white = best[0].1
print("                             ns/frame   x real time   in white noise")
for (name, nanoseconds) in best {
  let perFrame = nanoseconds / Double(frameCount)
  let line = name.padding(toLength: 28, withPad: " ", startingAt: 0)
  if name.hasPrefix("seek") || name.hasPrefix("change") {
    print(line + String(format: "%9.1f ms", nanoseconds / 1e6))
  } else {
    print(
      line + String(format: "%9.2f %13.0f %16.1f", perFrame, seconds * 1e9 / nanoseconds, nanoseconds / white)
    )
  }
}
