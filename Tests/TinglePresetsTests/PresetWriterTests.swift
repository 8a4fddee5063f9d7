import Foundation
import Measure
import Testing
import TingleMix
import TinglePresets

@Suite("Preset writer")
struct PresetWriterTests {
  static let names = PresetLibrary(environment: [:], executable: nil).entries().map(\.name)

  /// A description of all properties of a mix, for comparison.
  private func described(_ mix: Mix) -> String {
    var mix = mix
    // Sorted by name, because the writer puts the bed first.
    mix.layers.sort { $0.name < $1.name }
    return "\(mix)"
  }

  @Test("parsing the written text gives the same preset", arguments: names)
  func roundTrip(name: String) throws {
    let library = PresetLibrary(environment: [:], executable: nil)
    let preset = try library.preset(name)
    let text = PresetWriter.text(preset)
    let again = try PresetParser.parse(text, name: name, file: "written.yaml")
    #expect(described(again.mix) == described(preset.mix), "\(text)")
    #expect(again.title == preset.title && again.about == preset.about && again.tags == preset.tags)
    #expect(again.purpose == preset.purpose && again.timerSeconds == preset.timerSeconds)
    #expect(PresetWriter.text(again) == text)
  }

  @Test("all digits of numbers and all characters of texts are kept")
  func exact() throws {
    let text = """
      title: "a: \\"b\\" \\\\ c #"
      bed: none
      layers:
        "x y":
          trigger: tap
          pace: 2.123456789/s
          place: {azimuth: -33.3333333°, elevation: 12.5°, distance: 7.77cm, motion: orbit, period: 31.7s}
        words: {trigger: whisper, text: "no"}
      """
    let preset = try PresetParser.parse(text, name: "t", file: "t.yaml")
    let again = try PresetParser.parse(PresetWriter.text(preset), name: "t", file: "t.yaml")
    #expect(described(again.mix) == described(preset.mix))
    #expect(again.title == preset.title)
  }

  @Test("tiny numbers and invisible characters are kept")
  func odd() throws {
    var preset = try PresetParser.parse("layers: {whisper: {text: a}, tap: {}}", name: "t", file: "t.yaml")
    for k in preset.mix.layers.indices { preset.mix.layers[k].levelDB = -2.7755575615628914e-17 }
    preset.mix.master.gainDB = 1e-5
    preset.title = "a\u{C}b\u{85}c\u{2028}d\u{FEFF}e\u{1}"
    let text = PresetWriter.text(preset)
    let again = try PresetParser.parse(text, name: "t", file: "t.yaml")
    #expect(described(again.mix) == described(preset.mix), "\(text)")
    #expect(again.title == preset.title)
  }
}
