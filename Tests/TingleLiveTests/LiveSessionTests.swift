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
  @Test("levels, mute and solo are heard, and undone")
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
    // What is heard then is what would have been heard if nothing had been asked for, to the bit.
    let undisturbed = try Stage(Stage.two)
    undisturbed.play(seconds: Double(stage.heard.count) / Stage.rate)
    #expect(stage.heard.suffix(24_000) == undisturbed.heard.suffix(24_000))
    #expect(throws: Command.ParseError.self) { try stage.session.perform("undo") }
    try stage.session.perform("solo other")
    #expect(stage.session.status.layers.map(\.isSolo) == [false, false, true])
  }

  @Test("a level that goes down is heard within 50 ms of the next period, without a click")
  func quick() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 1)
    let asked = stage.session.liveRenderer.frame
    try stage.session.perform("level crinkle -40dB")
    stage.play(seconds: 0.5)
    let began = try #require(stage.session.liveRenderer.current.startedAt)
    // It is handed over before `perform` returns: nothing is played meanwhile here.
    #expect(began == asked)
    let steps = zip(stage.heard, stage.heard.dropFirst()).map { abs($1.x - $0.x) }
    let usual = steps[..<asked].max()!
    #expect(steps[asked..<asked + 1440].max()! <= usual)
  }

  @Test("pausing keeps the place, jumping moves it, a sleep timer ends it and can be called off")
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
    #expect(throws: Command.ParseError.self) { try stage.session.perform("jump 21m") }
    try stage.session.perform("sleep 4s")
    stage.settle()
    let before = stage.levelDB(lastSeconds: 0.3)
    stage.play(seconds: 3)
    #expect(stage.levelDB(lastSeconds: 0.2) < before - 6)
    try stage.session.perform("sleep off")
    stage.settle()
    stage.play(seconds: 3)
    #expect(abs(stage.levelDB(lastSeconds: 0.5) - before) < 4)
    try stage.session.perform("sleep 3s")
    stage.settle()
    stage.play(seconds: 3.5)
    #expect(stage.session.liveRenderer.isOver)
  }

  @Test("from the middle of the track it comes in by a fade, and so it is played again")
  func comesIn() throws {
    let stage = try Stage(Stage.two + "\nduration: 20m", startSeconds: 300)
    stage.play(seconds: 3)
    let levels = [0.1, 2.5].map { at in
      Statistics.levelDB(stage.heard[Int(at * Stage.rate)...].prefix(9600).map(\.x))
    }
    #expect(levels[0] < levels[1] - 20)
    let log = stage.session.log(length: stage.heard.count, stoppedAt: nil)
    var again: [StereoFrame] = []
    try PerformanceLog.decoded(log.encoded(), file: "log").performance(head: nil).render { again += $0 }
    #expect(again == stage.heard)
  }

  @Test(
    "a log with numbers that no player writes is refused",
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

  @Test("a layer that was heard alone and is removed leaves the others to be heard")
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
    #expect(throws: Command.ParseError.self) { try stage.session.perform("save nothing") }
    #expect(throws: Command.ParseError.self) { try stage.session.perform("load -") }
    #expect(throws: Command.ParseError.self) { try stage.session.perform("learn master") }
  }

  @Test("layers come and go, and are changed; what cannot be changes nothing")
  func layers() throws {
    let stage = try Stage(Stage.two)
    try stage.session.perform("add tap:surface=tin,place=left ear".quotedAsOne)
    try stage.session.perform("set tap surface glass")
    try stage.session.perform("pace tap 1/s")
    try stage.session.perform("remove other")
    let layers = stage.session.status.layers
    #expect(layers.map(\.name) == ["bed", "crinkle", "tap"])
    #expect(layers[2].pace == "1/s" && layers[2].place == "-90° 8cm")
    let before = stage.session.status.json
    for line in [
      "set tap surface cheese", "set tap colour blue", "level nobody 3dB", "add nothing",
      "set crinkle pace 1 m",
      "remove nobody", "load no-such-preset", "nonsense", "set tap text hello", "save ../../x",
    ] {
      #expect(throws: (any Error).self, "\(line)") { try stage.session.perform(line) }
    }
    #expect(stage.session.status.json == before)
  }

  @Test(
    "a place keeps its height where it is turned, and every trigger that has a pace changes it within its bounds"
  )
  func turning() throws {
    let stage = try Stage(Stage.two)
    for line in [
      "place crinkle 20° 60° up 25cm", "add water", "add roomtone",
      #"add whisper:text="hush, you",place=left ear"#,
    ] {
      try stage.session.perform(line)
    }
    try stage.session.perform(.turn("crinkle", by: 15))
    func layer(_ name: String) -> Status.Layer? { stage.session.status.layers.first { $0.name == name } }
    #expect(layer("crinkle")?.place == "35° 60° up 25cm")
    try stage.session.perform("place crinkle above")
    #expect(layer("crinkle")?.place == "0° 90° up 30cm")
    #expect(layer("whisper")?.place == "-90° 8cm")
    try stage.session.perform("place crinkle orbit")
    #expect(throws: Command.ParseError.self) { try stage.session.perform(.turn("crinkle", by: 15)) }
    for name in ["water", "roomtone", "crinkle", "whisper"] {
      let before = layer(name)?.pace
      for _ in 0..<60 { try stage.session.perform(.quicken(name, by: 1.1)) }
      let fastest = layer(name)?.pace
      #expect(fastest != before, "\(name)")
      try stage.session.perform(.pace(name, share: 1))
      #expect(layer(name)?.pace == fastest, "\(name)")
      try stage.session.perform(.pace(name, share: 0))
      #expect(layer(name)?.pace != fastest, "\(name)")
    }
    try stage.session.perform("mute bed")
    #expect(throws: Command.ParseError.self) { try stage.session.perform(.quicken("bed", by: 2)) }
  }

  @Test("the next preset is the next that can be read, and pauses where this one does")
  func nextOne() throws {
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
    #expect(try stage.session.perform("next").hasSuffix("(passed over: 1-broken)"))
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

  @Test("what is playing can be saved, and is on the shelf then")
  func saving() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path], executable: nil)
    let stage = try Stage(Stage.two, library: library)
    try stage.session.perform("level crinkle -11dB")
    try stage.session.perform("mute other")
    let path = try stage.session.perform("save evening")
    let saved = try library.preset("evening")
    #expect(path.hasSuffix("evening.yaml (without other: silent)"))
    #expect(saved.mix.layers.map(\.name) == ["bed", "crinkle"])
    #expect(saved.mix.layers[1].levelDB == -11)
    #expect(throws: UserError.self) { try stage.session.perform("save evening") }
    try stage.session.perform("load evening")
    #expect(stage.session.status.preset == "evening")
    try FileManager.default.removeItem(at: folder)
  }

  @Test("played again from its log, it is the same to the bit")
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
    let log = stage.session.log(length: stage.heard.count, stoppedAt: nil)
    let read = try PerformanceLog.decoded(log.encoded(), file: "log")
    var again: [StereoFrame] = []
    try read.performance(head: nil).render { again += $0 }
    #expect(again.count == stage.heard.count)
    let differing = again.indices.first { again[$0] != stage.heard[$0] }
    #expect(differing == nil)
    #expect(throws: UserError.self) { try PerformanceLog.decoded(Data("{}".utf8), file: "x") }
  }

  @Test("ten thousand random lines do no harm while it plays")
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
    let playing = DispatchQueue(label: "playing")
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
    var refused = 0
    for _ in 0..<10_000 {
      let line = (0..<dice.whole(0...4)).map { _ in words[dice.choose(words.count)] }.joined(separator: " ")
      do { try stage.session.perform(line) } catch { refused += 1 }
    }
    isDone.store(true, ordering: .relaxed)
    done.wait()
    #expect(refused > 1000 && refused < 10_000)
    #expect(stage.session.status.layers.count >= 1)
  }
}

extension String {
  /// `add` takes one word: what holds spaces stands in quotes.
  fileprivate var quotedAsOne: String {
    let parts = split(separator: " ", maxSplits: 1)
    return "\(parts[0]) \"\(parts[1])\""
  }
}
