/// Finds the sentences to which the clauses printed by `espeak-ng` belong.
///
/// `espeak-ng` prints a line of phonemes for each clause, without its punctuation mark. Each clause is assigned
/// the punctuation mark that is nearest at the same fraction of the paragraph; if there are as many marks as
/// clauses, in order. Full stops in numbers and abbreviations have no space after them, or no clause ends there.
struct ClauseAlignment {
  /// A sentence: its text and the phonemes of its clauses.
  struct Sentence: Equatable {
    var text: String
    var clauses: [String]
    var isQuestion: Bool
  }

  private(set) var sentences: [Sentence] = []

  /// A punctuation mark that can end a clause: where it is, and what share of the sounds is before it.
  private struct Mark {
    var end: Int
    var fraction: Double
    var endsSentence: Bool
    var isQuestion: Bool
  }

  init(_ paragraph: String, clauses: [String]) {
    guard !clauses.isEmpty else { return }
    let characters = Array(paragraph)
    let marks = Self.marks(characters)
    let total = max(1, clauses.reduce(0) { $0 + Self.length($1) })
    var (spoken, next, start) = (0, 0, 0)
    var pending: [String] = []
    for (k, clause) in clauses.enumerated() {
      spoken += Self.length(clause)
      pending.append(clause)
      var mark: Mark?
      if k == clauses.count - 1 {
        mark = marks.last
      } else if marks.count == clauses.count {
        mark = marks[k]
      } else {
        // The last mark remains for the last clause.
        let fraction = Double(spoken) / Double(total)
        let nearest = marks.indices.dropLast().dropFirst(next).min {
          abs(marks[$0].fraction - fraction) < abs(marks[$1].fraction - fraction)
        }
        if let nearest, abs(marks[nearest].fraction - fraction) < 0.5 / Double(clauses.count) {
          mark = marks[nearest]
          next = nearest + 1
        }
      }
      guard let mark, mark.endsSentence, mark.end > start else { continue }
      let text = String(characters[start..<mark.end])
      sentences.append(Sentence(text: text.trimmed, clauses: pending, isQuestion: mark.isQuestion))
      (pending, start) = ([], mark.end)
    }
  }

  /// The sounds of a clause in IPA, about as many as it has letters.
  private static func length(_ clause: String) -> Int {
    clause.unicodeScalars.count { $0.properties.isAlphabetic && $0.properties.generalCategory != .modifierLetter }
  }

  private static func marks(_ characters: [Character]) -> [Mark] {
    var marks: [Mark] = []
    var weight = 0.0
    for (k, character) in characters.enumerated() {
      // A digit is read as a word of some four sounds.
      weight += character.isNumber ? 4 : character.isLetter ? 1 : 0
      let next = k + 1 < characters.count ? characters[k + 1] : " "
      let isFull = "。！？、，；：".contains(character)
      guard isFull || ".!?…,;:—؟،؛।\u{37E}".contains(character) else { continue }
      let endsClause = isFull || next.isWhitespace || "\"'»”’)]".contains(next)
      guard endsClause, weight > (marks.last?.fraction ?? 0) else { continue }
      marks.append(
        Mark(
          end: k + 1, fraction: weight, endsSentence: ".!?…。！？؟।\u{37E}".contains(character),
          isQuestion: "?？؟\u{37E}".contains(character)))
    }
    // The end of the paragraph ends its last sentence.
    if let last = marks.last, last.fraction == weight {
      marks[marks.count - 1].endsSentence = true
      marks[marks.count - 1].end = characters.count
    } else {
      marks.append(Mark(end: characters.count, fraction: weight, endsSentence: true, isQuestion: false))
    }
    for k in marks.indices { marks[k].fraction /= max(1, weight) }
    return marks
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
