import Foundation
import Testing
import TingleText

@Suite("Text normalization")
struct NormalizationTests {
  /// A line of `readings.txt`.
  struct Line: CustomTestStringConvertible {
    let kind: String
    let text: String
    let words: String
    var testDescription: String { "\(kind): \(text)" }
  }

  private static let lines: [Line] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "readings.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    var kind = ""
    var lines: [Line] = []
    for line in text.split(separator: "\n") {
      let sides = line.split(separator: "\t").map(String.init)
      if sides.count == 2 { lines.append(Line(kind: kind, text: unescaped(sides[0]), words: sides[1])) }
      if sides.count == 1, line.hasPrefix("# ") { kind = String(line.dropFirst(2)) }
    }
    return lines
  }()

  /// Replaces `\n` and `\u{200B}`.
  private static func unescaped(_ text: String) -> String {
    var parts = text.replacing("\\n", with: "\n").components(separatedBy: "\\u{")[...]
    var result = parts.removeFirst()
    for part in parts {
      let sides = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      if let scalar = UInt32(sides[0], radix: 16).flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      }
      result += sides[1]
    }
    return result
  }

  @Test("a text is read as a person reads it")
  func readings() {
    #expect(Self.lines.count > 350)
    for line in Self.lines {
      let reading = Result { try Pronunciation.reading(of: line.text) }
      let words = (try? reading.get())?.sentences.map(\.words).joined(separator: " | ")
      #expect(words == line.words, "\(line.testDescription)")
    }
  }

  @Test(
    "hushes, hums and stretched words are held sounds",
    arguments: [
      ("shh", "SH SH ."), ("Shhhh", "SH SH SH SH ."), ("mmm", "M M M ."), ("hmm", "HH M M ."),
      ("psst", "P S S T ."), ("tk tk", "T K - T K ."), ("sksk", "S K S K ."), ("brr", "B RR RR ."),
      ("aah", "AA1 AA1 ."), ("ooh", "UW1 UW1 ."), ("sooo", "S OW1 OW1 OW1 ."),
      ("goooood", "G UH1 UH1 UH1 UH1 D ."), ("relaaax", "R IH L AE1 AE1 AE1 K S ."), ("zzz", "Z Z Z ."),
      ("vitamin A", "V AY1 T AX M AX N - EY1 ."), ("the FBI", "DH IY - EH1 F - B IY1 - AY1 ."),
    ])
  func sounds(text: String, phonemes: String) throws {
    #expect(try Pronunciation.phonemes(of: text) == phonemes)
  }

  @Test(
    "what is not read is named",
    arguments: [
      ("good 🌙 night ☂", "the symbols '🌙', '☂' are not read"),
      ("<i>rest</i>", "the tags '<i>', '</i>' are not read"),
      ("да, yes", "the words 'да' are read in Latin letters"),
    ])
  func notices(text: String, notice: String) throws {
    #expect(try Pronunciation.reading(of: text).notices == [notice])
    #expect(Pronunciation.notices(for: text) == [notice])
  }

  @Test("plain text, punctuation, emphasis and entities give no notice")
  func silence() throws {
    for text in [
      "*Close* your “eyes” (and breathe) – now…", "salt &amp; pepper", "- one\n- two", "re\u{AD}lax",
    ] {
      #expect(try Pronunciation.reading(of: text).notices == [])
    }
  }

  @Test("a letter of another script is named with its line if the text has no other letters")
  func foreign() {
    do { _ = try Pronunciation.phonemes(of: "...\nспокойной ночи") } catch {
      #expect(error.reason.hasPrefix("contains the letter 'с' in line 2, which is not English"))
    }
  }

  @Test("hostile text takes linear time")
  func hostile() {
    let pieces = [
      "7", "ab", "a.", "1-", "(", "<", "<a", "[", "*", "1:", "100,", "1'000", " 000", "+1 ", "'", "\"A", "$1",
      "🌙",
      "e\u{301}\u{302}", "ABC ", "m", "a.b/", "www.", "a@", "&amp;", "&#x41;", "ж a ", "\u{1}a ", "\u{FFFD}",
      ". ",
      "3...", "etc. ", "Dr. ", "J. ", "IV ", "1/2 ", "5 x ", "12:30:", "555-", "5kg/", "2^", "1. a\n",
      "A1b2.,-/:",
    ]
    let start = ContinuousClock.now
    for piece in pieces {
      _ = try? Pronunciation.reading(of: String(repeating: piece, count: 11_900 / piece.count))
    }
    #expect(ContinuousClock.now - start < .seconds(90))
    // Longer texts are rejected before they are read.
    for scalar in ["7", "a", "\u{0}"] {
      #expect(throws: Pronunciation.ParseError.self) {
        try Pronunciation.phonemes(of: String(repeating: scalar, count: 1 << 20))
      }
    }
  }

  @Test("random Unicode is read or rejected without a crash")
  func anything() {
    var state: UInt64 = 7
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let alphabet = Array(
      "aAIVXMDr0123456789.,:;/-–−'\"$€£%&@#<>*_^~()[]{}|\\ \n\t½²°′×éßжΩ夜🌙\u{200B}\u{AD}\u{301}")
    for _ in 0..<4000 {
      let text = String((0..<30).map { _ in alphabet[random(alphabet.count)] })
      let reading = try? Pronunciation.reading(of: text)
      #expect(reading?.phonemes.isEmpty != true)
    }
  }
}
