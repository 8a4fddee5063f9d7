import Dispatch
import Foundation
import Measure
import Synchronization
import Testing
import TingleDSP
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

@Suite("A live session", .serialized)
struct LiveSessionTests {
  @Test("level, mute and solo change the sound, and undo restores it bit for bit")
  func levels() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 2)
    let before = stage.levelDB(lastSeconds: 1)
    try stage.session.perform("level bed 0dB")
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.levelDB(lastSeconds: 1) > before + 6)
    try stage.session.perform("mute bed")
    try stage.session.perform("mute other on")
    try stage.session.perform("mute crinkle")
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.levelDB(lastSeconds: 0.5) < -150)
    try stage.session.perform("undo")
    try stage.session.perform("undo")
    try stage.session.perform("undo")
    try stage.session.perform("undo")
    stage.settle()
    stage.play(seconds: 1)
    // After four undos the samples equal those of a session without commands.
    let reference = try Stage(Stage.two)
    reference.play(seconds: Double(stage.rendered.count) / Stage.rate)
    #expect(stage.rendered.suffix(24_000) == reference.rendered.suffix(24_000))
    #expect(throws: UserError.self) { try stage.session.perform("undo") }
    try stage.session.perform("solo other")
    #expect(stage.session.status.layers.map(\.isSolo) == [false, false, true])
  }

  @Test("a level change starts in the next period, and its 30 ms fade has no larger sample step than before")
  func levelChange() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 1)
    let frame = stage.session.liveRenderer.frame
    try stage.session.perform("level crinkle -40dB")
    stage.play(seconds: 0.5)
    let began = try #require(stage.session.liveRenderer.current.startedAt)
    // The change is handed over before `perform` returns, and the test renders nothing in between.
    #expect(began == frame)
    let steps = zip(stage.rendered, stage.rendered.dropFirst()).map { abs($1.x - $0.x) }
    let largest = steps[..<frame].max()!
    #expect(steps[frame..<frame + 1440].max()! <= largest)
  }

  @Test("pause keeps the position, jump changes it, and a sleep timer ends the track unless it is cancelled")
  func time() throws {
    let stage = try Stage(Stage.two + "\nduration: 20m")
    stage.play(seconds: 5)
    try stage.session.perform("pause")
    stage.settle()
    stage.play(seconds: 3)
    #expect(stage.session.status.isPaused && abs(stage.session.status.seconds - 5) < 0.05)
    #expect(stage.levelDB(lastSeconds: 1) < -150)
    try stage.session.perform("resume")
    stage.settle()
    stage.play(seconds: 1)
    #expect((5.9...9).contains(stage.session.status.seconds))
    #expect(Stage.usualDB.contains(stage.levelDB(lastSeconds: 0.5)))
    try stage.session.perform("jump 10:00")
    #expect(abs(stage.session.status.seconds - 600) < 0.1)
    #expect(throws: UserError.self) { try stage.session.perform("jump 21m") }
    try stage.session.perform("sleep 4s")
    stage.settle()
    let before = stage.levelDB(lastSeconds: 1)
    stage.play(seconds: 3)
    #expect(stage.levelDB(lastSeconds: 0.2) < before - 6)
    try stage.session.perform("sleep off")
    stage.settle()
    stage.play(seconds: 3)
    #expect(abs(stage.levelDB(lastSeconds: 1) - before) < 10)
    try stage.session.perform("sleep 3s")
    stage.settle()
    stage.play(seconds: 3.5)
    #expect(stage.session.liveRenderer.isOver)
  }

  @Test("a start within the track fades in, and its log renders the same samples")
  func startWithinTrack() throws {
    let stage = try Stage(Stage.two + "\nduration: 20m", startSeconds: 300)
    stage.play(seconds: 3)
    let levels = [0.1, 2.5].map { at in
      Statistics.levelDB(stage.rendered[Int(at * Stage.rate)...].prefix(9600).map(\.x))
    }
    #expect(levels[0] < levels[1] - 20)
    let log = stage.session.log(length: stage.rendered.count, stoppedAt: nil)
    var replayed: [StereoFrame] = []
    try PerformanceLog.decoded(log.encoded(), file: "log").performance(head: nil).render { replayed += $0 }
    #expect(replayed == stage.rendered)
  }

  @Test(
    "a log with numbers out of range is an error",
    arguments: [
      (#""frame":0"#, #""frame":9223372036854775807"#),
      (#""crossfadeFrames":1"#, #""crossfadeFrames":9223372036854775807"#),
      (#""offsetFrames":0"#, #""offsetFrames":-9223372036854775807"#),
      (#""length":480"#, #""length":9223372036854775807"#),
      (#""length":480"#, #""length":480,"stoppedAt":-4611686018427387904"#),
    ])
  func brokenLogs(old: String, new: String) throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.01)
    let text = String(decoding: stage.session.log(length: 480, stoppedAt: nil).encoded(), as: UTF8.self)
    #expect(text.contains(old))
    #expect(throws: UserError.self) {
      try PerformanceLog.decoded(Data(text.replacing(old, with: new).utf8), file: "log")
    }
  }

  @Test("removing the soloed layer ends the solo; commands that cannot be performed are errors")
  func soloRemoved() throws {
    let stage = try Stage(Stage.two)
    try stage.session.perform("solo other")
    try stage.session.perform("mute bed")
    stage.settle()
    try stage.session.perform("remove other")
    stage.settle()
    stage.play(seconds: 1)
    #expect((-60.0...(-30)).contains(stage.levelDB(lastSeconds: 0.5)), "\(stage.levelDB(lastSeconds: 0.5))")
    try stage.session.perform("mute crinkle")
    #expect(throws: UserError.self) { try stage.session.perform("save nothing") }
    #expect(throws: UserError.self) { try stage.session.perform("load -") }
    #expect(throws: UserError.self) { try stage.session.perform("learn master") }
  }

  @Test("layers are added, changed and removed; an invalid command changes nothing")
  func layers() throws {
    let stage = try Stage(Stage.two)
    try stage.session.perform("add tap:surface=tin,place=left ear".quotedArgument)
    try stage.session.perform("set tap surface glass")
    try stage.session.perform("pace tap 1/s")
    try stage.session.perform("remove other")
    let layers = stage.session.status.layers
    #expect(layers.map(\.name) == ["bed", "crinkle", "tap"])
    #expect(layers[2].pace == "1/s" && layers[2].place == "-90° 8cm")
    let before = stage.session.status.json
    for line in [
      "set tap surface cheese", "set tap colour blue", "level missing 3dB", "add nothing",
      "set crinkle pace 1 m",
      "remove missing", "load no-such-preset", "nonsense", "set tap text hello", "save ../../x",
    ] {
      #expect(throws: (any Error).self, "\(line)") { try stage.session.perform(line) }
    }
    #expect(stage.session.status.json == before)
  }

  @Test(
    "rotation keeps the elevation, and a pace changes by factors and to the ends of its range")
  func rotationAndPace() throws {
    let stage = try Stage(Stage.two)
    for line in [
      "place crinkle 20° 60° up 25cm", "add water", "add roomtone",
      #"add whisper:text="hush, you",place=left ear"#,
    ] {
      try stage.session.perform(line)
    }
    try stage.session.perform(.rotate("crinkle", byDegrees: 15))
    func layer(_ name: String) -> Status.Layer? { stage.session.status.layers.first { $0.name == name } }
    #expect(layer("crinkle")?.place == "35° 60° up 25cm")
    try stage.session.perform("place crinkle above")
    #expect(layer("crinkle")?.place == "0° 90° up 30cm")
    #expect(layer("whisper")?.place == "-90° 8cm")
    try stage.session.perform("place crinkle orbit")
    #expect(throws: UserError.self) { try stage.session.perform(.rotate("crinkle", byDegrees: 15)) }
    for name in ["water", "roomtone", "crinkle", "whisper"] {
      let before = layer(name)?.pace
      for _ in 0..<60 { try stage.session.perform(.scalePace(name, by: 1.1)) }
      let fastest = layer(name)?.pace
      #expect(fastest != before, "\(name)")
      try stage.session.perform(.pace(name, share: 1))
      #expect(layer(name)?.pace == fastest, "\(name)")
      try stage.session.perform(.pace(name, share: 0))
      #expect(layer(name)?.pace != fastest, "\(name)")
    }
    try stage.session.perform("mute bed")
    #expect(throws: UserError.self) { try stage.session.perform(.scalePace("bed", by: 2)) }
  }

  @Test("next and previous skip a preset that cannot be read, and stay paused")
  func nextPreset() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path], executable: nil)
    try library.save(Stage.two, as: "0-first")
    try library.save("layers: [", as: "1-broken")
    try library.save(Stage.two, as: "2-last")
    let stage = try Stage(Stage.two, library: library)
    try stage.session.perform("load 0-first")
    try stage.session.perform("pause")
    stage.settle()
    #expect(try stage.session.perform("next").hasSuffix("(skipped: 1-broken)"))
    #expect(stage.session.status.preset == "2-last" && stage.session.status.isPaused)
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.levelDB(lastSeconds: 0.5) < -150 && stage.session.status.seconds == 0)
    try stage.session.perform("resume")
    stage.settle()
    stage.play(seconds: 2)
    #expect(Stage.usualDB.contains(stage.levelDB(lastSeconds: 0.5)))
    try stage.session.perform("previous")
    #expect(stage.session.status.preset == "0-first" && !stage.session.status.isPaused)
  }

  @Test("save writes a preset without the silent layers, which can then be loaded")
  func saving() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path], executable: nil)
    let stage = try Stage(Stage.two, library: library)
    try stage.session.perform("level crinkle -11dB")
    try stage.session.perform("mute other")
    let path = try stage.session.perform("save evening")
    let saved = try library.preset("evening")
    #expect(path.hasSuffix("evening.yaml (without the silent layers: other)"))
    #expect(saved.mix.layers.map(\.name) == ["bed", "crinkle"])
    #expect(saved.mix.layers[1].levelDB == -11)
    #expect(throws: UserError.self) { try stage.session.perform("save evening") }
    try stage.session.perform("load evening")
    #expect(stage.session.status.preset == "evening")
    try FileManager.default.removeItem(at: folder)
  }

  @Test("the log of thirty commands renders the same samples bit for bit")
  func log() throws {
    let stage = try Stage(Stage.two)
    var dice = Dice(Draws(seed: 11))
    let lines = [
      "level crinkle -=2dB", "mute other", "pause", "resume", "pace crinkle 77.7/s", "seed 5", "jump 4:00",
      "place crinkle orbit 12cm 9s", "add tap:level=-3dB", "undo", "solo crinkle", "master -=1dB", "sleep 2m",
      "skip 20s", "sleep off",
    ]
    for line in lines + lines {
      try stage.session.perform(line)
      stage.play(seconds: dice.uniform(0...0.3))
      usleep(5000)
    }
    stage.settle()
    let log = stage.session.log(length: stage.rendered.count, stoppedAt: nil)
    let read = try PerformanceLog.decoded(log.encoded(), file: "log")
    var replayed: [StereoFrame] = []
    try read.performance(head: nil).render { replayed += $0 }
    #expect(replayed.count == stage.rendered.count)
    let differing = replayed.indices.first { replayed[$0] != stage.rendered[$0] }
    #expect(differing == nil)
    #expect(throws: UserError.self) { try PerformanceLog.decoded(Data("{}".utf8), file: "x") }
  }

  @Test("ten thousand random command lines leave the sound finite and within full scale")
  func fuzz() throws {
    let stage = try Stage(Stage.two)
    var dice = Dice(Draws(seed: 3))
    let words = [
      "level", "mute", "solo", "set", "bed", "crinkle", "other", "-6dB", "+=1dB", "on", "off", "pace", "3/s",
      "place",
      "left", "undo", "seed", "7", "jump", "30s", "skip", "-5s", "sleep", "10m", "pause", "resume", "add",
      "tap:level=-20dB", "remove", "tap", "master", "status", "--json", "\"", "\u{0}", "ü", "1e999dB", "nan",
      "text",
      "material", "foil", "help", "",
    ]
    let playing = DispatchQueue(label: "player")
    let done = DispatchSemaphore(value: 0)
    let isDone = Atomic<Bool>(false)
    let liveRenderer = stage.session.liveRenderer
    playing.async {
      let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 480)
      frames.initialize(repeating: .zero)
      while !isDone.load(ordering: .relaxed) {
        liveRenderer.render(into: frames)
        for frame in frames where !frame.x.isFinite || abs(frame.x) > 1 { Issue.record("\(frame)") }
        usleep(500)
      }
      frames.deallocate()
      done.signal()
    }
    var errors = 0
    for _ in 0..<10_000 {
      let line = (0..<dice.whole(0...4)).map { _ in words[dice.choose(words.count)] }.joined(separator: " ")
      do { try stage.session.perform(line) } catch { errors += 1 }
    }
    isDone.store(true, ordering: .relaxed)
    done.wait()
    #expect(errors > 1000 && errors < 10_000)
    #expect(stage.session.status.layers.count >= 1)
  }
}

extension String {
  /// A command line with its argument in quotes.
  fileprivate var quotedArgument: String {
    let parts = split(separator: " ", maxSplits: 1)
    return "\(parts[0]) \"\(parts[1])\""
  }
}
