import Foundation
import Synchronization
import Testing
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

@Suite("The log of a performance")
struct PerformanceLogTests {
  @Test("is written while it is played; cut off anywhere, it is replayed up to where it was cut")
  func lines() throws {
    let stage = try Stage(Stage.two)
    let lines = Mutex<[Data]>([])
    stage.session.keepLog(hrtf: "/ears.sofa") { line in lines.withLock { $0.append(line) } }
    #expect(lines.withLock { $0.count } == 2)
    for (count, command) in ["level crinkle -9dB", "pause", "resume"].enumerated() {
      try stage.session.perform(command)
      stage.settle()
      // The line follows as soon as the change is heard.
      for _ in 0..<400 where lines.withLock({ $0.count }) < count + 3 { usleep(5000) }
      #expect(lines.withLock { $0.count } == count + 3)
    }
    stage.play(seconds: 0.5)
    let all = lines.withLock { $0 }.joined() + PerformanceLog.line(played: stage.heard.count)
    let log = try PerformanceLog.decoded(Data(all), file: "a.json")
    #expect(!log.isEnded && log.length == stage.heard.count && log.hrtf == "/ears.sofa")
    #expect(log.presetName == "test" && log.purpose == .awake)
    var again: [StereoFrame] = []
    try log.performance(head: nil).render { again += $0 }
    #expect(again == stage.heard)
    // Every beginning of it is a log.
    for count in stride(from: lines.withLock { $0[0].count + $0[1].count }, to: all.count, by: 97) {
      let cut = try PerformanceLog.decoded(Data(all.prefix(count)), file: "a.json")
      #expect(!cut.isEnded && cut.length <= log.length)
    }
    let ended = stage.session.log(length: stage.heard.count, stoppedAt: nil)
    #expect(try PerformanceLog.decoded(Data(all + ended.endLine), file: "a.json").isEnded)
  }

  @Test("is read with a byte order mark and with the line ends of other systems", arguments: ["\r\n", "\r"])
  func lineEnds(end: String) throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.1)
    let log = stage.session.log(length: 4800, stoppedAt: nil)
    let text = String(decoding: log.encoded(), as: UTF8.self).replacing("\n", with: end)
    let read = try PerformanceLog.decoded(Data("\u{FEFF}\(text)".utf8), file: "a.json")
    #expect(read.encoded() == log.encoded() && read.isEnded)
  }

  @Test("a line that is none is named")
  func broken() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.1)
    let text = String(decoding: stage.session.log(length: 4800, stoppedAt: nil).encoded(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (text, message) in [
      (
        (lines[..<1] + ["nonsense"] + lines[1...]).joined(separator: "\n"),
        "a.json:2:1: this is not a line of a"
      ),
      (text.replacing(#""schema":2"#, with: #""schema":3"#), "a.json:1:1: this log is of another version"),
      ("{}", "'a.json' is not a log of a performance"), ("", "'a.json' is not a log of a performance"),
    ] {
      let error = #expect(throws: UserError.self) {
        try PerformanceLog.decoded(Data(text.utf8), file: "a.json")
      }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test("a log of version 0.1.0 is still replayed")
  func version010() throws {
    let text = #"""
      {
        "entries" : [
          {
            "crossfadeFrames" : 1,
            "foundGainDB" : 0,
            "frame" : 0,
            "muted" : [

            ],
            "offsetFrames" : 0,
            "preset" : "for: awake\noutput: speakers\n\nbed:\n  level: -12 dB\n\nmaster:\n  loudness: as mixed\n  fade-in: 0s\n"
          }
        ],
        "hrtf" : "../ears.sofa",
        "length" : 4800,
        "presetName" : "relax",
        "sampleRate" : 48000,
        "version" : 1
      }
      """#
    let log = try PerformanceLog.decoded(Data(text.utf8), file: "a.json")
    #expect(log.isEnded && log.length == 4800 && log.hrtf == "../ears.sofa" && log.presetName == "relax")
    var frames: [StereoFrame] = []
    try log.performance(head: nil).render { frames += $0 }
    #expect(frames.count == 4800 && frames.contains { $0 != .zero })
  }
}
