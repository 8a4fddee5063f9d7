import Foundation
import Testing
import TingleText

@Suite("Letter-to-sound conversion")
struct LetterToSoundTests {
  /// A thousand words of CMUdict that neither the lexicon nor the training data of the model contains.
  private static let unseen: [(word: String, phonemes: [String])] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "unseen.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      let parts = line.split(separator: " ").map(String.init)
      return (parts[0], parts.dropFirst().map { $0.trimmingCharacters(in: .decimalDigits) })
    }
  }()

  /// The edit distance: the number of insertions, deletions and substitutions.
  private func distance(_ a: [String], _ b: [String]) -> Int {
    var row = Array(0...b.count)
    for i in 1...max(1, a.count) where i <= a.count {
      var diagonal = row[0]
      row[0] = i
      for j in 1...max(1, b.count) where j <= b.count {
        let next = min(row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1))
        diagonal = row[j]
        row[j] = next
      }
    }
    return row[b.count]
  }

  @Test("at least 60 % of unseen words are correct; the phoneme error rate is below 12 %")
  func unseen() {
    #expect(Self.unseen.count == 1000)
    var right = 0
    var errors = 0
    var total = 0
    // CMUdict writes schwa as unstressed AH.
    func plain(_ names: [String]) -> [String] { names.map { $0 == "AX" ? "AH" : $0 } }
    for (word, expected) in Self.unseen {
      #expect(Lexicon.phonemes(of: word) == nil)
      let guess = plain(LetterToSound.phonemes(of: word).map(\.name))
      let wrong = distance(guess, plain(expected))
      right += wrong == 0 ? 1 : 0
      errors += wrong
      total += expected.count
    }
    #expect(right >= 600)
    #expect(Double(errors) < 0.12 * Double(total))
  }

  @Test("the lexicon contains common words, from its first to its last block")
  func lexicon() {
    #expect(Lexicon.phonemes(of: "close")?.map(\.notation) == ["K", "L", "OW1", "S"])
    #expect(Lexicon.phonemes(of: "about")?.map(\.notation) == ["AX", "B", "AW1", "T"])
    #expect(Lexicon.phonemes(of: "zzz") == nil && Lexicon.phonemes(of: "") == nil)
    #expect(Lexicon.phonemes(of: "a") != nil && Lexicon.phonemes(of: "zywicki") != nil)
    #expect(Lexicon.wordCount > 120_000)
  }
}
