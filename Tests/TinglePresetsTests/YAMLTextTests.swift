import Foundation
import Testing
import TingleMix
import TinglePresets

/// Common mistakes in YAML files, and the messages about them.
@Suite("YAML errors")
struct YAMLTextTests {
  private func parse(_ yaml: String) throws -> Preset {
    try PresetParser.parse(yaml, name: "test", file: "t.yaml")
  }

  private func expect(_ yaml: String, _ sentence: String) throws {
    let error = try #require(expectedError(of: yaml) { try parse($0) })
    #expect(error.kind == .data)
    #expect(error.description == "t.yaml:\(sentence)", "\(yaml)")
    #expect(!error.description.contains { $0.isNewline })
  }

  @Test(
    "a tab in the indentation is reported at its position",
    arguments: [
      ("layers:\n\ttap:\n\t\tlevel: -6 dB\n", "2:1"), ("layers:\n  tap:\n\tlevel: -6 dB\n", "3:1"),
      ("layers:\n  tap:\n    surface: wood\n    \tlevel: -6 dB\n", "4:5"), ("tags:\n\t- a\nbed:\n", "2:1"),
      ("layers:\n  tap:\n  \tpace: 1/s\n", "3:3"),
    ])
  func tabs(yaml: String, place: String) throws {
    try expect(yaml, "\(place): a tab is used for indentation; use spaces")
  }

  @Test(
    "numbers with decimal commas, separators, typographic dashes or unknown units are corrected",
    arguments: [
      ("bed:\n  level: -6,5 dB\n", "2:10: level: '-6,5 dB' has a decimal comma; write '-6.5 dB'"),
      ("bed: {level: -6,5 dB}\n", "1:14: level: '-6,5 dB' has a decimal comma; write '-6.5 dB'"),
      ("bed:\nduration: 1,5h\n", "2:11: duration: '1,5h' has a decimal comma; write '1.5h'"),
      ("bed:\nduration: 1,5\n", "2:11: duration: '1,5' has a decimal comma; write '1.5s'"),
      ("bed:\nduration: 1.000,5 s\n", "2:11: duration: '1.000,5 s' has a decimal comma; write '1000.5 s'"),
      (
        "bed:\nmaster: {startle: 6,5 LU}\n", "2:19: startle: '6,5 LU' has a decimal comma; write '6.5 LU'"
      ),
      ("bed:\n  place: -30,5° 15cm\n", "2:10: place: '-30,5°' has a decimal comma; write '-30.5°'"),
      ("bed:\n  place: {azimuth: -30,5°}\n", "2:20: azimuth: '-30,5°' has a decimal comma; write '-30.5°'"),
      (
        "bed:\nduration: 1,000 s\n",
        "2:11: duration: '1,000 s' has a comma in its number; "
          + "write '1000 s', or '1.000 s' if it is a decimal comma"
      ),
      (
        "bed:\nduration: 1 000 s\n", "2:11: duration: '1 000 s' has a separator in its number; write '1000 s'"
      ),
      (
        "bed:\n  level: –6 dB\n", "2:10: level: '–6 dB' begins with a dash instead of a minus; write '-6 dB'"
      ),
      ("bed:\n  level: - 6 dB\n", "2:10: there is a space after the minus; write '-6 dB'"),
      ("bed:\n  level: “-6 dB”\n", "2:10: level: '“-6 dB”' is in quotation marks; write '-6 dB'"),
      (
        "layers: {tap: {surface: „glass“}}\n",
        "1:25: surface: '„glass“' is in quotation marks; write 'glass'"
      ),
      ("bed:\nduration: 8 hours\n", "2:11: duration: '8 hours' has an unknown unit 'hours'; write '8h'"),
      ("bed:\nduration: 1h 30\n", "2:11: duration: '1h 30' has a number without a unit; write '1h 30m'"),
      ("bed:\nduration: 8\n", "2:11: duration: '8' has no unit; write '8s'"),
      (
        "bed:\nseed: 1e3\n",
        "2:7: seed: '1e3' is not a whole number from 0 to 18446744073709551615; write '1000'"
      ),
      (
        "bed:\nseed: 1,000\n",
        "2:7: seed: '1,000' is not a whole number from 0 to 18446744073709551615; write '1000'"
      ),
    ])
  func numbers(yaml: String, sentence: String) throws { try expect(yaml, sentence) }

  @Test(
    "errors about duplicate keys, merge keys, several documents, and lists in place of mappings",
    arguments: [
      (
        "bed:\ntitle: a\nbed:\n",
        "3:1: duplicate key 'bed', first in line 1, column 1; remove one of them"
      ),
      (
        "layers: {tap: {level: 1 dB, \"level\": 2 dB}}\n",
        "1:29: duplicate key 'level', first in line 1, column 16; remove one of them"
      ),
      (
        "bed:\nbed:\nbed:\n", "2:1: duplicate key 'bed', first in line 1, column 1; remove one of them"
      ),
      (
        "layers:\n  ü: {trigger: tap}\n  ü: {trigger: rain}\n",
        "3:3: duplicate key 'ü', first in line 2, column 3; remove one of them"
      ),
      (
        "layers:\n  tap: &b {level: -6 dB}\n<<: *b\n",
        "3:1: merging ('<<') is not supported; 'extends: NAME' starts from another preset"
      ),
      (
        "layers:\n  tap: &b {level: -6 dB}\n  x: {<<: *b, trigger: tap}\n",
        "3:7: merging ('<<') is not supported; write the keys themselves, or extend a preset ('extends:')"
      ),
      (
        "bed:\n---\nbed:\n",
        "2:1: a second document starts here, and a file holds one; remove '---' or use two files"
      ),
      (
        "layers:\n  - tap\n",
        "2:3: 'layers' takes 'key: value' lines, not a list; write 'tap:' without the dash or bracket"
      ),
      (
        "layers:\n  tap: loud\n",
        "2:8: layer 'tap' takes 'key: value' lines, not the single value 'loud'; "
          + "start them on the next line, indented"
      ),
      (
        "layers:\n  tap:\n    level:-6 dB\n",
        "3:5: layer 'tap' takes 'key: value' lines, not the single value 'level:-6 dB'; write 'level: -6 dB'"
      ),
      ("layers: {tap: {level -6 dB}}\n", "1:16: 'level -6 dB' is not 'key: value'; write 'level: -6 dB'"),
      ("layers:\ntap:\n", "1:8: 'layers' is empty; put 'key: value' lines below it, indented"),
      (
        "bed: no\nlayers: {tap: }\n",
        "1:6: layer 'bed' takes 'key: value' lines, not the single value 'no'; 'none' leaves it out"
      ),
      ("bed:\nroom: off\n", "2:7: room: unknown value 'off'; write 'none'"),
      ("bed:\ntimer: no\n", "2:8: timer: unknown value 'no'; write 'none'"),
      (
        "bed:\n  level:\n", "2:9: level has no value; write it after the colon, or leave the key out"
      ),
      (
        "layers:\n  tap: {level: *c}\n",
        "2:16: alias '*c' has no anchor '&c' before it; write the value itself"
      ),
    ])
  func structure(yaml: String, sentence: String) throws { try expect(yaml, sentence) }

  @Test(
    "errors about reserved characters, quotes, brackets and indentation",
    arguments: [
      (
        "title: Night: rain\nbed:\n",
        "1:13: a value that contains a colon needs quotes; write title: \"Night: rain\""
      ),
      (
        "title: @a\nbed:\n",
        "1:8: '@' is reserved in YAML; put a value that begins with it in quotes"
      ),
      ("title: & b\nbed:\n", "1:8: '&' starts an anchor in YAML; put a value that begins with it in quotes"),
      (
        "title: !a b\nbed:\n",
        "1:8: YAML tag '!a' is not supported; put a value that begins with '!' in quotes"
      ),
      (
        "title: \"a\\q\"\nbed:\n",
        "1:10: unknown escape; write \\\\ for a backslash, or use single quotes"
      ),
      ("title: \"a\nbed:\n", "1:8: this quote is not closed"),
      ("title: \"a\" b\nbed:\n", "1:12: the value ends before 'b'; put the whole value in quotes"),
      (
        "bed: {level: -6 dB\nlayers: {}\n",
        "2:7: expected ',' or '}'; the '{' is in line 1, column 6"
      ),
      (
        "title: x\nfoo\nbed:\n", "2:1: this line is not 'key: value'; write a colon and a space after the key"
      ),
      ("title\nbed:\n", "1:1: this line is not 'key: value'; write a colon and a space after the key"),
      (
        "bed:\n    level: -6 dB\n  place: left\n",
        "3:3: no line above has this indentation; align the keys of one mapping"
      ),
      (
        "bed:\n  level: -6 dB\n    place: left\n",
        "3:5: this line is indented deeper than the line above, which already has a value; align them"
      ),
      (
        "title: a\u{7}b\nbed:\n",
        "1:9: control character U+0007 is not allowed; remove it, or write \\u0007 in double quotes"
      ),
      ("bed:\n\u{FEFF}title: a\n", "2:1: there is a byte order mark in the middle of the text; remove it"),
    ])
  func syntax(yaml: String, sentence: String) throws { try expect(yaml, sentence) }

  @Test("exponents, bare decimal points, U+2212 and anchors are accepted")
  func accepted() throws {
    let preset = try parse(
      "duration: 1e3s\nmaster: {startle: 5. LU}\nbed: {level: .5 dB}\n"
        + "layers: {tap: &t {level: \u{2212}6\u{A0}dB}, "
        + "two: {trigger: rain, level: -7 DB}, tock: {trigger: tap}}\n"
    )
    #expect(preset.mix.durationSeconds == 1000 && preset.mix.master.startleLU == 5)
    #expect(preset.mix.layers.map(\.levelDB) == [0.5, -6, -7, 0])
    let same = try parse("layers: {a: &t {trigger: tap, level: -6 dB}, b: *t}\nbed:\n")
    #expect(same.mix.layers.map(\.levelDB) == [0, -6, -6])
  }

  @Test(
    "a byte order mark, CR LF and CR are accepted, also in an extended preset; other encodings are errors")
  func encodings() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ data: Data) throws -> String {
      let file = folder.appendingPathComponent(name)
      try data.write(to: file)
      return file.path
    }
    let library = PresetLibrary(environment: [:], executable: nil)
    _ = try write("base.yaml", Data("\u{FEFF}title: Base\r\nabout: \"a\r\n  b\"\r\nbed:\r\n".utf8))
    let child = try write("child.yaml", Data("\u{FEFF}extends: ./base.yaml\rduration: 5s\r".utf8))
    let preset = try library.preset(child)
    #expect(preset.about == "a b" && preset.mix.durationSeconds == 5)
    // A copy does not contain the mark.
    let copy = try library.copy(of: library.text(of: child), as: "mine")
    #expect(!copy.unicodeScalars.contains("\u{FEFF}") && copy.contains("title: Mine\n"))
    for (bytes, sentence) in [
      (Data("bed:\ntitle: caf".utf8) + [0xE9], "2:11: the byte 0xE9 is not UTF-8; save the file as UTF-8"),
      (Data("bed:\n\0".utf8), "2:1: not a text file: it contains a zero byte"),
      ("bed:\n".data(using: .utf16)!, "1:1: this is UTF-16 text; save the file as UTF-8"),
    ] {
      let path = try write("wrong.yaml", bytes)
      let error = try #require(expectedError(of: path) { try library.preset($0) })
      #expect(error.description == "\(path):\(sentence)")
    }
  }
}
