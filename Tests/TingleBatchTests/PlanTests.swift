import Foundation
import Measure
import Testing
import TingleBatch
import TinglePresets
import TingleSupport

@Suite("Plans")
struct PlanTests {
  private static let library = PresetLibrary(environment: [:], executable: nil)

  private func lines(_ text: String) throws -> [String] {
    let plan = try #require(try Plan(text, file: "plan.yaml"))
    let presets = PresetCache(Self.library)
    return try plan.entries.flatMap { try $0.lines(in: plan.folder ?? ".", presets) }.map(\.text)
  }

  @Test("every combination is a command, with a name of its own")
  func combinations() throws {
    let made = try lines(
      """
      presets: [sleep, unwind]
      seeds: [1, 5..6]
      durations: [10m, 1h]
      formats: [flac, opus]
      folder: out
      """)
    #expect(made.count == 2 * 3 * 2 * 2)
    #expect(Set(made).count == made.count)
    #expect(made[0] == "tingle render sleep --seed 1 --duration 10m -o out/sleep-10m-1.flac")
    #expect(made.last == "tingle render unwind --seed 6 --duration 1h -o out/unwind-1h-6.opus")
  }

  @Test("a job says anew what is said for all, and keeps the rest")
  func jobs() throws {
    let made = try lines(
      """
      seeds: 1..2
      bits: 16
      set:
        - {name: low, layers.whisper.voice: low, master.loudness: -32 LUFS}
        - {layers.whisper.text: It's late}
      jobs:
        - presets: bedtime-whisper
          output: "{set}/{preset}_{seed}.{ext}"
        - {preset: dark-noise, seed: 9, set: {}, format: wav, bits: 24, speakers: true}
      """)
    #expect(
      made == [
        "tingle render bedtime-whisper --seed 1 --set layers.whisper.voice=low --set 'master.loudness=-32 LUFS' --bits 16 -o low/bedtime-whisper_1.wav",
        "tingle render bedtime-whisper --seed 2 --set layers.whisper.voice=low --set 'master.loudness=-32 LUFS' --bits 16 -o low/bedtime-whisper_2.wav",
        "tingle render bedtime-whisper --seed 1 --set 'layers.whisper.text=It'\\''s late' --bits 16 -o 2/bedtime-whisper_1.wav",
        "tingle render bedtime-whisper --seed 2 --set 'layers.whisper.text=It'\\''s late' --bits 16 -o 2/bedtime-whisper_2.wav",
        "tingle render dark-noise --seed 9 --bits 24 --speakers -o dark-noise-9.wav",
      ])
  }

  @Test("patterns and folders stand for presets")
  func patterns() throws {
    let all = try lines("presets: Presets/*.yaml\n")
    #expect(all.count == Self.library.entries().count)
    #expect(try lines("presets: Presets\n") == all)
    #expect(try lines("presets: 'Presets/f*-[ar]*.yaml'\n").contains { $0.contains("fall-asleep") })
  }

  @Test(
    "a mistake is named with its place",
    arguments: [
      ("presets: sleep\nseedz: 3\n", "plan.yaml:2:1: unknown key 'seedz' in a plan; did you mean 'seeds'?"),
      (
        "presets: sleep\nseeds: 5..1\n",
        "plan.yaml:2:8: '5..1' are no seeds; write 3, 1..10, or 1,4,7..9"
      ),
      (
        "jobs:\n  - presets: [sleep, slep]\n",
        "plan.yaml:2:5: there is no preset 'slep'; did you mean 'sleep'?"
      ),
      (
        "presets: sleep\ndurations: [1,5h, 2h]\n",
        "plan.yaml:2:13: durations: '1,5h' has a decimal comma; write '1.5h'"
      ),
      ("presets: sleep\nduration: 90\n", "plan.yaml:2:11: duration: '90' has no unit; write '90s'"),
      (
        "presets: sleep\nfade-in: 2,5s\n", "plan.yaml:2:10: fade-in: '2,5s' has a decimal comma; write '2.5s'"
      ),
      ("presets: sleep\nseeds: 1-5\n", "plan.yaml:2:8: '1-5' are no seeds; write '1..5'"),
      (
        "presets: sleep\nformats: [falc]\n",
        "plan.yaml:2:11: formats: 'falc' is not known; did you mean 'flac'?"
      ),
      ("presets: sleep\ndry: true\n", "plan.yaml:2:1: unknown key 'dry' in a plan; it is now 'no-bed'"),
      ("presets: sleep\nspeakers: maybe\n", "plan.yaml:2:11: speakers: 'maybe' is neither true nor false"),
      (
        "presets: sleep\njobs:\n  - &a {seeds: 1}\n  - {<<: *a, seeds: 2}\n",
        "plan.yaml:4:6: merging ('<<') is not supported; what all jobs have in common stands before 'jobs:'"
      ),
      ("presets: nowhere/*.yaml\n", "plan.yaml:1:10: no preset is called 'nowhere/*.yaml'"),
      ("jobs:\n  - seeds: 3\n", "plan.yaml:2:5: this job names no presets"),
      (
        "jobs:\n  - {presets: sleep, folder: x}\n",
        "plan.yaml:2:22: 'folder' stands for the whole plan; put it at the beginning"
      ),
    ])
  func mistakes(text: String, sentence: String) throws {
    let error = #expect(throws: UserError.self) { try lines(text) }
    #expect(error?.description == sentence)
  }

  @Test("a name's hole that nothing fills is a mistake")
  func holes() throws {
    let error = #expect(throws: UserError.self) {
      try lines("presets: sleep\noutput: '{preset}-{sed}.{ext}'\n")
    }
    #expect(error?.message.contains("{sed}' that nothing fills; did you mean 'seed'?") == true)
  }

  @Test("lines are split as a shell splits them, and written so that a shell reads them")
  func jobLines() throws {
    let text = """
      # a comment

      tingle render sleep -o 'my file.wav' --set "layers.tap.level=-6 dB"   # loud
      relax -o b\\ c.wav --text 'It'\\''s late'
      """
    let lines = try JobLine.read(text.utf8, file: "<stdin>")
    #expect(
      lines.map(\.words) == [
        ["sleep", "-o", "my file.wav", "--set", "layers.tap.level=-6 dB"],
        ["relax", "-o", "b c.wav", "--text", "It's late"],
      ])
    #expect(lines.map { $0.place?.line } == [3, 4])
    #expect(
      try JobLine.read(lines.map(\.text).joined(separator: "\n").utf8, file: "x").map(\.words)
        == lines.map(\.words))
    #expect(throws: UserError.self) { try JobLine.read("sleep -o 'a.wav".utf8, file: "<stdin>") }
  }

  @Test("job lists of other systems are read: a byte order mark, CR LF, CR", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let text = ["\u{FEFF}relax -o a.wav", "# none", "", "relax -o 'b c.wav'", "sleep -o c.wav"].joined(
      separator: end)
    let lines = try JobLine.read(text.utf8, file: "<stdin>")
    #expect(
      lines.map(\.words) == [
        ["relax", "-o", "a.wav"], ["relax", "-o", "b c.wav"], ["sleep", "-o", "c.wav"],
      ])
    #expect(lines.map { $0.place?.line } == [1, 4, 5])
    let plan = try #require(
      try Plan(["presets: relax", "folder: out", ""].joined(separator: end), file: "plan.yaml"))
    #expect(plan.folder == "out")
  }

  @Test("whatever texts hold, a job is one line, and is read back as it was")
  func oneLine() throws {
    let texts = ["good night.\nsleep well.", "it's\r\nlate", "\u{301}'", "tab\t$HOME `x` \\ 🌙"]
    let set = try texts.map { try "  - {layers.whisper.text: \(quoted($0))}" }.joined(separator: "\n")
    let made = try lines("presets: bedtime-whisper\nset:\n\(set)\n")
    #expect(made.count == 4 && made.allSatisfy { !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) })
    let read = try JobLine.read(made.joined(separator: "\n").utf8, file: "x")
    #expect(read.map { $0.words[2] } == texts.map { "layers.whisper.text=" + $0 })
  }

  private func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  @Test(
    "YAML has several words for yes and no",
    arguments: [("true", true), ("Yes", true), ("on", true), ("no", false), ("OFF", false), ("false", false)])
  func flags(word: String, isOn: Bool) throws {
    let made = try lines("presets: sleep\nspeakers: \(word)\nformats: FLAC\n")
    #expect(made == ["tingle render sleep\(isOn ? " --speakers" : "") -o sleep.flac"])
  }

  @Test("a plan is told from a preset")
  func kinds() throws {
    func isPlan(_ text: String) throws -> Bool { try Plan(text, file: "plan.yaml") != nil }
    #expect(try isPlan("presets: sleep\n") && isPlan("jobs: []\n"))
    #expect(try !isPlan("layers: {tap: }\n") && !isPlan("- presets\n") && !isPlan(": : ["))
  }
}
