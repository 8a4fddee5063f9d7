import Foundation
import Testing
import TingleText

@Suite("Letters to sounds")
struct LetterToSoundTests {
  /// A thousand words of CMUdict that neither the lexicon nor the model has met.
  private static let unseen: [(word: String, sounds: [String])] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "unseen.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      let parts = line.split(separator: " ").map(String.init)
      return (parts[0], parts.dropFirst().map { $0.trimmingCharacters(in: .decimalDigits) })
    }
  }()

  /// How many insertions, deletions and substitutions lead from one to the other.
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

  @Test("three in five words never met are said right, and nine in ten sounds")
  func unseen() {
    #expect(Self.unseen.count == 1000)
    var right = 0
    var errors = 0
    var sounds = 0
    // The neutral vowel is an unstressed AH in CMUdict.
    func plain(_ names: [String]) -> [String] { names.map { $0 == "AX" ? "AH" : $0 } }
    for (word, known) in Self.unseen {
      #expect(Lexicon.sounds(of: word) == nil)
      let guess = plain(LetterToSound.sounds(of: word).map(\.name))
      let wrong = distance(guess, plain(known))
      right += wrong == 0 ? 1 : 0
      errors += wrong
      sounds += known.count
    }
    #expect(right >= 600)
    #expect(Double(errors) < 0.12 * Double(sounds))
  }

  @Test("the lexicon knows common words, and every block of it can be read")
  func lexicon() {
    #expect(Lexicon.sounds(of: "close")?.map(\.written) == ["K", "L", "OW1", "S"])
    #expect(Lexicon.sounds(of: "about")?.map(\.written) == ["AX", "B", "AW1", "T"])
    #expect(Lexicon.sounds(of: "zzz") == nil && Lexicon.sounds(of: "") == nil)
    #expect(Lexicon.sounds(of: "a") != nil && Lexicon.sounds(of: "zywicki") != nil)
    #expect(Lexicon.wordCount > 120_000)
  }
}
