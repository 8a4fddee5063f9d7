import Foundation
import Measure
import Testing
import TingleMix

extension ProgramTests {
  @Suite("tingle whisper")
  struct WhisperCommandTests {
    @Test("whispers a text once, in the time it takes; the seed determines the samples")
    func onceThrough() throws {
      let folder = try TemporaryFolder()
      func say(_ name: String, _ more: [String]) throws -> [StereoFrame] {
        let result = try Program.run(
          ["whisper", "close your eyes. Good night.", "-o", folder.file(name)] + more)
        #expect(result.status == 0)
        return try SoundFile(folder.file(name)).frames
      }
      let first = try say("a.wav", [])
      #expect((3.0...10).contains(Double(first.count) / 48000))
      let level = Statistics.levelDB(first.map(\.x))
      #expect((-40.0...(-20)).contains(level), "\(level)")
      #expect(try say("b.wav", ["--jobs", "2", "--quiet"]) == first)
      #expect(try say("c.wav", ["--seed", "5"]) != first)
      #expect(try say("d.wav", ["--no-breath", "--voice", "low", "--pace", "2/s"]).count > 0)
    }

    @Test("render and whisper accept text from --text, --text-file and --layer")
    func everywhere() throws {
      let folder = try TemporaryFolder()
      try Data("breathe in, and breathe out".utf8).write(to: URL(fileURLWithPath: folder.file("t.txt")))
      for arguments in [
        ["whisper", "--text-file", folder.file("t.txt"), "-o", folder.file("1.wav")],
        ["render", "--text", "good night", "--duration", "5s", "-o", folder.file("2.wav")],
        [
          "render", "sleep", "--text-file", folder.file("t.txt"), "--duration", "5s", "-o",
          folder.file("3.wav"),
        ],
        [
          "render", "--layer", "whisper:text=\"yes, now\",every=20s", "--duration", "5s", "-o",
          folder.file("4.wav"),
        ],
      ] {
        let result = try Program.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
      }
    }

    @Test("other languages use espeak-ng; an error names the package if it is not installed")
    func languages() throws {
      let folder = try TemporaryFolder()
      func say(_ text: String, _ more: [String]) throws -> [StereoFrame] {
        let file = folder.file("x.wav")
        let result = try Program.run(["whisper", text, "-o", file, "--force", "--no-breath"] + more)
        #expect(result.status == 0, "\(result.errors)")
        return try SoundFile(file).frames
      }
      let german = try say("Gute Nacht. Schlaf schön.", ["--language", "de"])
      #expect((2.0...9).contains(Double(german.count) / 48000))
      #expect(try say("Gute Nacht. Schlaf schön.", []) != german)
      #expect(try say("спокойной ночи", ["--language", "ru"]).count > 24000)
      // English does not need espeak-ng.
      for (text, language, status) in [("gute Nacht", "de", 64), ("good night", "en", 0)] as [(_, _, Int32)] {
        let result = try Program.run(
          ["whisper", text, "--language", language, "-o", folder.file("y.wav")],
          environment: ["PATH": "/nowhere"])
        #expect(result.status == status)
        #expect(result.errors.contains("sudo apt-get install espeak-ng") == (status != 0))
      }
    }

    @Test("--print-phonemes prints words and phonemes of each sentence; what is not read is on stderr")
    func printing() throws {
      func printed(_ arguments: [String]) throws -> (lines: [String], errors: String) {
        let result = try Program.run(["whisper", "--print-phonemes"] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return (
          String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init),
          result.errors
        )
      }
      let english = try printed(["Dr. Smith. <b>Shh</b> 🌙"])
      #expect(english.lines == ["doctor smith.\tD AA1 K T ER - S M IH1 TH .", "shh.\tSH SH ."])
      #expect(english.errors.contains("the tags '<b>', '</b>' are not read"))
      #expect(english.errors.contains("the symbols '🌙' are not read"))
      // espeak-ng finds the sentences and reads the numbers.
      let german = try printed(["--language", "de", "1.000 Sterne, z.B. heute. Wie geht es? Gut!"])
      #expect(
        german.lines.map { $0.split(separator: "\t")[0] } == [
          "1.000 Sterne, z.B. heute.", "Wie geht es?", "Gut!",
        ])
      #expect(german.lines.first?.contains("tˈaʊzənt") == true)
      for language in ["en-us", "en-GB"] {
        #expect(try printed(["--language", language, "hush"]).lines == ["hush.\tHH AH1 SH ."])
      }
      // A text can start with a hyphen.
      #expect(try printed(["-5 degrees"]).lines.first?.hasPrefix("minus five degrees.") == true)
      #expect(try printed(["- item"]).lines.first?.hasPrefix("item.") == true)
      let late = try Program.run(["whisper", "--", "-5 degrees", "-o", "w.wav"])
      #expect(late.status == 64 && late.errors.contains("options come before `--`"))
    }

    @Test("text that cannot be whispered is rejected with the right exit status")
    func rejected() throws {
      let folder = try TemporaryFolder()
      let huge = folder.file("huge.txt")
      try Data(repeating: 0x61, count: 10_000_000).write(to: URL(fileURLWithPath: huge))
      try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.file("bad.txt")))
      for (arguments, status, words) in [
        ([""], 64, "contains no words"), (["🌙🌙"], 64, "contains no words"),
        (["спокойной ночи"], 64, "is not English"), (["--text-file", huge], 64, "at most"),
        (["--text-file", folder.file("no.txt")], 66, "cannot be read"),
        (["--text-file", folder.file("bad.txt")], 65, "is UTF-16 text; save the file as UTF-8"),
        ([], 64, "name the text to whisper"),
        (["hush", "--voice", "sfot"], 64, "did you mean 'soft'?"),
        (["gute Nacht", "--language", "xx"], 64, "espeak-ng does not support the language 'xx'"),
        (["gute Nacht", "--language", "--help"], 64, "language"),
        (["🌙", "--language", "de"], 64, "has no words in the language 'de'"),
      ] as [([String], Int32, String)] {
        let result = try Program.run(["whisper"] + arguments + ["-o", folder.file("x.wav")])
        #expect(result.status == status, "\(arguments.first ?? "")")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("x.wav")))
      }
    }
  }
}
