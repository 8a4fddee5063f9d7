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

  @Test("every combination is a command with a file name of its own")
  func combinations() throws {
    let commands = try lines(
      """
      presets: [sleep, unwind]
      seeds: [1, 5..6]
      durations: [10m, 1h]
      formats: [flac, opus]
      folder: out
      """)
    #expect(commands.count == 2 * 3 * 2 * 2)
    #expect(Set(commands).count == commands.count)
    #expect(commands[0] == "tingle render sleep --seed 1 --duration 10m -o out/sleep-10m-1.flac")
    #expect(commands.last == "tingle render unwind --seed 6 --duration 1h -o out/unwind-1h-6.opus")
  }

  @Test("a job overrides some of the common keys and inherits the others")
  func jobs() throws {
    let commands = try lines(
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
    let low = "--set layers.whisper.voice=low --set 'master.loudness=-32 LUFS' --bits 16"
    let late = #"--set 'layers.whisper.text=It'\''s late' --bits 16"#
    #expect(
      commands == [
        "tingle render bedtime-whisper --seed 1 \(low) -o low/bedtime-whisper_1.wav",
        "tingle render bedtime-whisper --seed 2 \(low) -o low/bedtime-whisper_2.wav",
        "tingle render bedtime-whisper --seed 1 \(late) -o 2/bedtime-whisper_1.wav",
        "tingle render bedtime-whisper --seed 2 \(late) -o 2/bedtime-whisper_2.wav",
        "tingle render dark-noise --seed 9 --bits 24 --speakers -o dark-noise-9.wav",
      ])
  }

  @Test("patterns and folders expand to presets")
  func patterns() throws {
    let all = try lines("presets: Presets/*.yaml\n")
    #expect(all.count == Self.library.entries().count)
    #expect(try lines("presets: Presets\n") == all)
    #expect(try lines("presets: 'Presets/f*-[ar]*.yaml'\n").contains { $0.contains("fall-asleep") })
  }

  @Test(
    "errors name the location in the plan",
    arguments: [
      ("presets: sleep\nseedz: 3\n", "plan.yaml:2:1: unknown key 'seedz' in a plan; did you mean 'seeds'?"),
      (
        "presets: sleep\nseeds: 5..1\n",
        "plan.yaml:2:8: '5..1' is not a seed or a range of seeds; write 3, 1..10, or 1,4,7..9"
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
      (
        "presets: sleep\nseeds: 1-5\n", "plan.yaml:2:8: '1-5' is not a seed or a range of seeds; write '1..5'"
      ),
      (
        "presets: sleep\nformats: [falc]\n",
        "plan.yaml:2:11: formats: unknown format 'falc'; did you mean 'flac'?"
      ),
      ("presets: sleep\ndry: true\n", "plan.yaml:2:1: unknown key 'dry' in a plan; it is now 'no-bed'"),
      ("presets: sleep\nspeakers: maybe\n", "plan.yaml:2:11: speakers: 'maybe' is not true or false"),
      (
        "presets: sleep\njobs:\n  - &a {seeds: 1}\n  - {<<: *a, seeds: 2}\n",
        "plan.yaml:4:6: merging ('<<') is not supported; write what all jobs have in common before 'jobs:'"
      ),
      ("presets: nowhere/*.yaml\n", "plan.yaml:1:10: no preset matches 'nowhere/*.yaml'"),
      ("jobs:\n  - seeds: 3\n", "plan.yaml:2:5: this job has no presets"),
      (
        "jobs:\n  - {presets: sleep, folder: x}\n",
        "plan.yaml:2:22: 'folder' applies to the whole plan; move it to the top level"
      ),
    ])
  func mistakes(text: String, sentence: String) throws {
    let error = #expect(throws: UserError.self) { try lines(text) }
    #expect(error?.description == sentence)
  }

  @Test("an unknown placeholder in a file name is an error with a suggestion")
  func placeholders() throws {
    let error = #expect(throws: UserError.self) {
      try lines("presets: sleep\noutput: '{preset}-{sed}.{ext}'\n")
    }
    #expect(
      error?.message.contains(
        "unknown placeholder '{sed}' in the name '{preset}-{sed}.{ext}'; did you mean 'seed'?") == true)
  }

  @Test("job lines are split and quoted as in a shell")
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
    #expect(lines.map { $0.location?.line } == [3, 4])
    #expect(
      try JobLine.read(lines.map(\.text).joined(separator: "\n").utf8, file: "x").map(\.words)
        == lines.map(\.words))
    #expect(throws: UserError.self) { try JobLine.read("sleep -o 'a.wav".utf8, file: "<stdin>") }
  }

  @Test(
    "job lists and plans can have a byte order mark, and LF, CR LF or CR", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let text = ["\u{FEFF}relax -o a.wav", "# none", "", "relax -o 'b c.wav'", "sleep -o c.wav"].joined(
      separator: end)
    let lines = try JobLine.read(text.utf8, file: "<stdin>")
    #expect(
      lines.map(\.words) == [
        ["relax", "-o", "a.wav"], ["relax", "-o", "b c.wav"], ["sleep", "-o", "c.wav"],
      ])
    #expect(lines.map { $0.location?.line } == [1, 4, 5])
    let plan = try #require(
      try Plan(["presets: relax", "folder: out", ""].joined(separator: end), file: "plan.yaml"))
    #expect(plan.folder == "out")
  }

  @Test("a job is written as one line and parsed back, with line ends, quotes and emoji in its text")
  func oneLine() throws {
    let texts = ["good night.\nsleep well.", "it's\r\nlate", "\u{301}'", "tab\t$HOME `x` \\ 🌙"]
    let set = try texts.map { try "  - {layers.whisper.text: \(quoted($0))}" }.joined(separator: "\n")
    let commands = try lines("presets: bedtime-whisper\nset:\n\(set)\n")
    #expect(commands.count == 4 && commands.allSatisfy { !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) })
    let read = try JobLine.read(commands.joined(separator: "\n").utf8, file: "x")
    #expect(read.map { $0.words[2] } == texts.map { "layers.whisper.text=" + $0 })
  }

  private func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  @Test(
    "flags accept the YAML 1.1 booleans",
    arguments: [("true", true), ("Yes", true), ("on", true), ("no", false), ("OFF", false), ("false", false)])
  func flags(word: String, isOn: Bool) throws {
    let commands = try lines("presets: sleep\nspeakers: \(word)\nformats: FLAC\n")
    #expect(commands == ["tingle render sleep\(isOn ? " --speakers" : "") -o sleep.flac"])
  }

  @Test("a YAML text is a plan if it has the key presets or jobs")
  func kinds() throws {
    func isPlan(_ text: String) throws -> Bool { try Plan(text, file: "plan.yaml") != nil }
    #expect(try isPlan("presets: sleep\n") && isPlan("jobs: []\n"))
    #expect(try !isPlan("layers: {tap: }\n") && !isPlan("- presets\n") && !isPlan(": : ["))
  }
}
