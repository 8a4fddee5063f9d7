import AllocationCounter
import Measure
import Testing
import TingleDSP
import TingleMix
import TinglePresets
import TingleScripts
import TingleSupport

@Suite("Scripts in presets")
struct ScriptPresetTests {
  private static let text = """
    seed: 3
    layers:
      whisper: {voice: low, level: -5 dB, place: left}
      glass: {trigger: tap, surface: glass}
    script: |
      # Evening
      Good evening.

      [glass for 5s]
      [brush hair while: Sit down.]
    """

  private func parse(_ text: String) throws -> Preset {
    try PresetParser.parse(text, name: "t", file: "t.yaml")
  }

  @Test("the script uses the preset's voice and layers, and sets the length of the track")
  func layers() throws {
    let preset = try parse(Self.text)
    #expect(preset.mix.layers.map(\.name) == ["bed", "whisper", "glass", "brush-hair"])
    #expect(preset.mix.layers.map(\.isDirected) == [false, true, true, true])
    let end = try #require(preset.script?.timetable.endSeconds)
    #expect(preset.mix.durationSeconds == (end + 3 + preset.mix.master.fadeOutSeconds).rounded(.up))
    #expect(try parse("duration: 20s\n" + Self.text).mix.durationSeconds == 20)
  }

  @Test("the written preset gives the same mix and the same text")
  func written() throws {
    for text in [Self.text, "duration: 1m\n" + Self.text, "script: Good night."] {
      let preset = try parse(text)
      let written = PresetWriter.text(preset)
      let again = try parse(written)
      #expect(PresetWriter.text(again) == written)
      #expect(again.script?.text == preset.script?.text)
      #expect(again.script?.timetable == preset.script?.timetable)
      #expect(again.mix.durationSeconds == preset.mix.durationSeconds)
      let (a, b) = (Rendering.frames(preset.mix, count: 400_000), Rendering.frames(again.mix, count: 400_000))
      #expect(a == b)
    }
  }

  @Test(
    "odd texts are kept",
    arguments: ["a  ", "\n a\n\n\nb\n", "a\tb\n\n", "a: \"b\"\n# c", "ü \u{2028} x", "a\n"])
  func oddTexts(text: String) throws {
    var preset = try parse(Self.text)
    try preset.setScript(text, from: ScriptOrigin(file: "x"))
    #expect(try parse(PresetWriter.text(preset)).script?.text == text)
  }

  @Test("errors have their position in the preset")
  func positions() throws {
    let text = "layers: {tap: {}}\nscript: |\n  Good evening.\n\n  [clozer]\n"
    do {
      _ = try parse(text)
      Issue.record("accepted")
    } catch let error as UserError {
      #expect("\(error)".hasPrefix("t.yaml:5:4: unknown direction 'clozer'"), "\(error)")
    }
  }

  @Test("a preset that extends another one can change the voice, replace the script or remove it")
  func extended() throws {
    func extend(_ text: String) throws -> Preset {
      try PresetParser.parse("extends: base\n" + text, name: "t", file: "t.yaml") { _ in try parse(Self.text)
      }
    }
    let low = try extend("layers: {whisper: {pace: 2/s}}")
    let (slow, usual) = try (#require(low.script), #require(parse(Self.text).script))
    #expect(slow.timetable.lines[0].seconds > usual.timetable.lines[0].seconds)
    let other = try extend("script: Good night.")
    #expect(other.mix.layers.map(\.name) == ["bed", "whisper", "glass"])
    let none = try extend("script: none")
    #expect(none.script == nil && none.mix.layers.allSatisfy { !$0.isDirected })
  }

  @Test("the script replaces the text of the layer that whispers, which must be a whisper")
  func ownText() throws {
    let preset = try parse("layers: {whisper: {text: a}}\nscript: b")
    #expect(preset.mix.layers.compactMap { $0.trigger as? Whisper }.map(\.text) == [""])
    #expect(throws: UserError.self) { try parse("layers: {tap: {}}\nscript: '[whisper for 5s]'") }
    #expect(throws: UserError.self) { try parse("layers: {whisper: {trigger: tap}}\nscript: b") }
  }

  @Test("the startle guard and the arc apply to a script")
  func arc() throws {
    let preset = try parse(
      "for: sleep\narc: wind-down\nduration: 2h\nscript: '[repeat 200 times: [tap glass for 60s]]'")
    let mix = preset.mix
    var without = mix
    for k in without.layers.indices where without.layers[k].role == .trigger {
      without.layers[k].isMuted = true
    }
    let late = Rendering.frames(mix, from: 46 * 60 * 48000, count: 48000)
    #expect(late == Rendering.frames(without, from: 46 * 60 * 48000, count: 48000))
    #expect(
      Rendering.frames(mix, from: 60 * 48000, count: 48000)
        != Rendering.frames(without, from: 60 * 48000, count: 48000))
  }

  @Test("a script renders without allocation, locks or reference counting")
  func realTime() throws {
    let renderer = MixRenderer(try Scripts.preset(Scripts.everything).mix, sampleRate: 48000)
    let frames = Buffer<StereoFrame>(repeating: .zero, count: 480)
    renderer.render(into: frames.elements)
    tingle_counting_begin()
    for _ in 0..<7000 { renderer.render(into: frames.elements) }
    renderer.seek(toFrame: 1_000_000)
    for _ in 0..<200 { renderer.render(into: frames.elements) }
    let counts = tingle_counting_end()
    #expect(counts.allocations == 0 && counts.frees == 0 && counts.references == 0 && counts.locks == 0)
  }
}
