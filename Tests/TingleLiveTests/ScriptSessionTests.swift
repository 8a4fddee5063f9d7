import Foundation
import Measure
import Testing
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

@Suite("A script in a live session", .serialized)
struct ScriptSessionTests {
  private static let text = """
    output: speakers
    script: |
      # Evening
      Good evening, and sit down.
      [pause 3s]
      I will brush your hair now.
      [brush hair for 10s]
      Good night.
    master: {loudness: as mixed, fade-in: 0s}
    """

  @Test("the status has the line and those that follow")
  func status() throws {
    let stage = try Stage(Self.text)
    stage.play(seconds: 2)
    let script = try #require(stage.session.status.script)
    #expect(script.chapter == "Evening" && script.current?.text == "Good evening, and sit down.")
    #expect(script.next.map(\.text) == ["I will brush your hair now.", "[brush hair]", "Good night."])
    #expect(stage.session.status.text.contains("line: Good evening, and sit down."))
    #expect(stage.session.status.json.contains("\"chapter\":\"Evening\""))
  }

  @Test("'next line' and 'again' go to the start of lines")
  func lines() throws {
    let stage = try Stage(Self.text)
    stage.play(seconds: 2)
    #expect(try stage.session.perform("next line") == "I will brush your hair now.")
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.session.status.script?.current?.text == "I will brush your hair now.")
    stage.play(seconds: 5)
    #expect(try stage.session.perform("again") == "I will brush your hair now.")
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.session.status.script?.current?.text == "I will brush your hair now.")
    #expect(try stage.session.perform("next line") == "Good night.")
    stage.settle()
    #expect(throws: UserError.self) { try stage.session.perform("next line") }
    #expect(throws: UserError.self) { try stage.session.perform("next page") }
    let other = try Stage(Stage.two)
    #expect(throws: UserError.self) { try other.session.perform("again") }
  }

  @Test("'pause line' pauses when the line has ended")
  func pauseLine() throws {
    let stage = try Stage(Self.text)
    stage.play(seconds: 2)
    let end = try #require(stage.session.status.script?.current?.endSeconds)
    try stage.session.perform("pause line")
    #expect(!stage.session.status.isPaused)
    for _ in 0..<600 where !stage.session.status.isPaused {
      stage.play(seconds: 0.02)
      usleep(20_000)
    }
    #expect(stage.session.status.isPaused)
    #expect((end - 0.01...end + 1).contains(stage.session.status.seconds))
  }

  @Test("a new pace or seed keeps the line that is heard")
  func keepsLine() throws {
    let stage = try Stage(Self.text)
    stage.play(seconds: 2)
    try stage.session.perform("next line")
    stage.settle()
    stage.play(seconds: 1)
    for command in ["set whisper pace 1.5/s", "seed 99"] {
      try stage.session.perform(command)
      stage.settle()
      #expect(stage.session.status.script?.current?.text == "I will brush your hair now.", "\(command)")
    }
    #expect(throws: UserError.self) { try stage.session.perform("text whisper hello") }
    #expect(throws: UserError.self) { try stage.session.perform("remove brush-hair") }
  }

  @Test("the log of a session with a script renders to the same samples")
  func replay() throws {
    let stage = try Stage(Self.text)
    stage.play(seconds: 2)
    for command in ["level brush-hair -3dB", "next line", "set whisper pace 2/s", "sleep 20s", "seed 4"] {
      try stage.session.perform(command)
      stage.settle()
      stage.play(seconds: 1)
    }
    let log = stage.session.log(length: stage.rendered.count, stoppedAt: nil)
    let read = try PerformanceLog.decoded(log.encoded(), file: "x")
    var replayed: [StereoFrame] = []
    try read.performance(head: nil).render { replayed += $0 }
    #expect(replayed == stage.rendered)
  }
}
