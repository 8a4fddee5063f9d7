import Foundation
import Synchronization
import Testing
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

@Suite("A performance log")
struct PerformanceLogTests {
  @Test("is written during playback, renders the same samples, and can be read when it is cut off")
  func lines() throws {
    let stage = try Stage(Stage.two)
    let lines = Mutex<[Data]>([])
    stage.session.startLog(hrtf: "/ears.sofa") { line in lines.withLock { $0.append(line) } }
    #expect(lines.withLock { $0.count } == 2)
    for (count, command) in ["level crinkle -9dB", "pause", "resume"].enumerated() {
      try stage.session.perform(command)
      stage.settle()
      // The line is written once the change has started.
      for _ in 0..<400 where lines.withLock({ $0.count }) < count + 3 { usleep(5000) }
      #expect(lines.withLock { $0.count } == count + 3)
    }
    stage.play(seconds: 0.5)
    let all = lines.withLock { $0 }.joined() + PerformanceLog.line(played: stage.rendered.count)
    let log = try PerformanceLog.decoded(Data(all), file: "a.json")
    #expect(!log.isEnded && log.length == stage.rendered.count && log.hrtf == "/ears.sofa")
    #expect(log.presetName == "test" && log.purpose == .awake)
    var replayed: [StereoFrame] = []
    try log.performance(head: nil).render { replayed += $0 }
    #expect(replayed == stage.rendered)
    // Every prefix of the file is a log.
    for count in stride(from: lines.withLock { $0[0].count + $0[1].count }, to: all.count, by: 97) {
      let cut = try PerformanceLog.decoded(Data(all.prefix(count)), file: "a.json")
      #expect(!cut.isEnded && cut.length <= log.length)
    }
    let ended = stage.session.log(length: stage.rendered.count, stoppedAt: nil)
    #expect(try PerformanceLog.decoded(Data(all + ended.endLine), file: "a.json").isEnded)
  }

  @Test("is read with a byte order mark and with CRLF or CR line ends", arguments: ["\r\n", "\r"])
  func lineEnds(end: String) throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.1)
    let log = stage.session.log(length: 4800, stoppedAt: nil)
    let text = String(decoding: log.encoded(), as: UTF8.self).replacing("\n", with: end)
    let read = try PerformanceLog.decoded(Data("\u{FEFF}\(text)".utf8), file: "a.json")
    #expect(read.encoded() == log.encoded() && read.isEnded)
  }

  @Test("an invalid line or schema is an error with its position")
  func broken() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.1)
    let text = String(decoding: stage.session.log(length: 4800, stoppedAt: nil).encoded(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (text, message) in [
      (
        (lines[..<1] + ["nonsense"] + lines[1...]).joined(separator: "\n"),
        "a.json:2:1: not a line of a performance log"
      ),
      (text.replacing(#""schema":2"#, with: #""schema":3"#), "a.json:1:1: unsupported schema 3"),
      ("{}", "'a.json' is not a performance log"), ("", "'a.json' is not a performance log"),
    ] {
      let error = #expect(throws: UserError.self) {
        try PerformanceLog.decoded(Data(text.utf8), file: "a.json")
      }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test("of version 0.1.0 can be read and rendered")
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
            "preset" : "for: awake\noutput: speakers\n\nbed:\n  level: -12 dB\#
            \n\nmaster:\n  loudness: as mixed\n  fade-in: 0s\n"
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

  @Test("words of version 0.1.0 in the presets of a log are replaced")
  func renamedWords() throws {
    let text = """
      for: sleep

      bed:
        trigger: rain
        on: tent
        wash: 3 dB

      layers:
        room:
          pace: 3
          level: -6 dB
        "my: tap":
          trigger: tap
          place: {motion: brush-past, period: 9s, azimuth: 90°, distance: 8cm}
        scissors:
          slowness: 2
        brook:
          trigger: water
          pace: 1.5

      master:
        startle: 9

      """
    #expect(throws: UserError.self) { try PresetParser.parse(text, name: "old", file: "old.yaml") }
    let read = try PresetParser.parse(PerformanceLog.withCurrentWords(text), name: "new", file: "new.yaml")
    let written = PresetWriter.text(read)
    for line in [
      "trigger: rain", "surface: tent", "diffuse: 3 dB", "trigger: roomtone", "pace: 0.05/s",
      "motion: pass-by",
      "speed: 0.5", "trigger: water",
    ] {
      #expect(written.contains(line), "\(line)")
    }
    #expect(!written.contains("1.5"))
    #expect(read.mix.layers.map(\.name) == ["bed", "room", "my: tap", "scissors", "brook"])
  }
}
