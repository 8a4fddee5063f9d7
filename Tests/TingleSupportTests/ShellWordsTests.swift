import Foundation
import Measure
import Testing
import TingleSupport

@Suite("Shell words")
struct ShellWordsTests {
  /// Random words with line breaks, quotes, and characters that are difficult to encode.
  private static func words(count: Int, seed: UInt64) -> [String] {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = [
      "a", "Z", "0", " ", "\n", "\r", "\r\n", "\t", "'", "\"", "\\", "$", "`", "!", "#", "*", "~", "\u{1}",
      "\u{7F}", "\u{85}", "\u{2028}", "\u{301}", "\u{FEFF}", "é", "夜", "🌙", "👩‍🚀", "=", "-", "{", "}", "n",
      "x41",
      "\u{EFE9}", "\u{EF80}", "&&", "|", ";", "<", "\u{B}",
    ]
    return (0..<count).map { _ in
      FileName.text(
        FileName.bytes((0..<random(12)).map { _ in pieces[random(pieces.count)] }.joined()))
    }
  }

  @Test("any words are quoted on one line, which splits into the same words")
  func reversible() throws {
    for seed in 1...2000 as ClosedRange<UInt64> {
      let words = Self.words(count: 5, seed: seed)
      let line = ShellWords.line(words)
      #expect(!line.utf8.contains { $0 == 0x0A || $0 == 0x0D }, "\(line)")
      #expect(FileName.isUTF8(line))
      let read = try ShellWords.words(in: line)
      #expect(read.map { Array($0.utf8) } == words.map { Array($0.utf8) }, "\(line)")
    }
  }

  @Test("bash reads quoted words as the same bytes")
  func bash() throws {
    let words = (1...300 as ClosedRange<UInt64>).flatMap { Self.words(count: 5, seed: 10_000 + $0) }
    let folder = try TemporaryFolder()
    let script = folder.file("script")
    let lines = words.map { "printf '%s\\0' \(ShellWords.line([$0]))\n" }.joined()
    try Data(FileName.bytes(lines)).write(to: URL(fileURLWithPath: script))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [script]
    process.environment = ["LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let read = printed.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { Array($0) }
    #expect(read == words.map(FileName.bytes))
  }

  @Test(
    "a line is split as by bash",
    arguments: [
      (#"a 'b c' "d e" f\ g"#, ["a", "b c", "d e", "f g"]),
      (#"$'a\nb\t\'\\\x41\101\u00e9\U0001F319\q'"#, ["a\nb\t'\\AAé🌙\\q"]),
      (#""a\b\"\$\\""#, [#"a\b"$\"#]), (#"'' "" $''"#, ["", "", ""]), (#"a'b'"c"$'d'e # f"#, ["abcde"]),
      (#"a#b $x"#, ["a#b", "$x"]), (#"$'\xC3'$'\xA9'"#, ["é"]), (#"$'\xE9'"#, ["\u{EFE9}"]), ("  ", []),
      ("'\u{301}'", ["\u{301}"]),
    ])
  func reading(line: String, words: [String]) throws {
    #expect(try ShellWords.words(in: line) == words)
  }

  @Test(
    "an unclosed quote and a zero byte are rejected",
    arguments: ["'a", "\"a", "$'a", "a\\", #"$'\0'"#])
  func refusing(line: String) {
    #expect(throws: ShellWords.ParseError.self) { try ShellWords.words(in: line) }
  }

  @Test("words are quoted only if necessary, and escaped only if quotes are not sufficient")
  func writing() {
    #expect(ShellWords.line(["a-b_c./:=,+@%9", "", "it's", "a b"]) == #"a-b_c./:=,+@%9 '' 'it'\''s' 'a b'"#)
    #expect(ShellWords.line(["a\nb'c\\", "\u{EFE9}.wav"]) == #"$'a\nb\'c\\' $'\xE9.wav'"#)
  }
}
