/// Finds the sentences to which the clauses printed by `espeak-ng` belong.
///
/// `espeak-ng` prints a line of phonemes for each clause, without its punctuation mark. The clauses are
/// matched with the punctuation marks of the paragraph by their position. Full stops in numbers have no space
/// after them, and those of abbreviations a lower-case letter after it.
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
    let ends = Self.ends(of: clauses.map(Self.length))
    let matches = Self.matches(ends, marks.map(\.fraction))
    var start = 0
    var pending: [String] = []
    for (k, clause) in clauses.enumerated() {
      pending.append(clause)
      guard let index = matches[k], marks[index].endsSentence else { continue }
      let text = String(characters[start..<marks[index].end])
      sentences.append(
        Sentence(text: text.trimmingWhitespace, clauses: pending, isQuestion: marks[index].isQuestion))
      (pending, start) = ([], marks[index].end)
    }
  }

  /// Where each part ends, as a fraction of the whole.
  private static func ends(of lengths: [Int]) -> [Double] {
    let total = Double(max(1, lengths.reduce(0, +)))
    var sum = 0
    return lengths.map { length in
      sum += length
      return Double(sum) / total
    }
  }

  /// The index of the mark of each clause, in ascending order; nil for a clause without a mark.
  ///
  /// Dynamic programming: minimizes the sum of the distances. The shorter list is matched completely; the
  /// last clause has the last mark.
  private static func matches(_ clauses: [Double], _ marks: [Double]) -> [Int?] {
    let isSwapped = marks.count < clauses.count
    let (short, long) = isSwapped ? (marks, clauses) : (clauses, marks)
    let width = long.count + 1
    guard clauses.count != marks.count else { return Array(marks.indices) }
    // A paragraph with thousands of clauses is matched by number, to bound the memory.
    guard short.count * long.count <= 1_000_000 else {
      var found = [Int?](repeating: nil, count: clauses.count)
      for i in short.indices {
        let j = (i + 1) * long.count / short.count - 1
        if isSwapped { found[j] = i } else { found[i] = j }
      }
      return found
    }
    // The cost of matching the first i of the short list within the first j of the long one.
    var cost = [Double](repeating: .infinity, count: (short.count + 1) * width)
    for j in 0..<width { cost[j] = 0 }
    for i in 1..<short.count + 1 {
      for j in i..<width {
        let taken = cost[(i - 1) * width + j - 1] + abs(short[i - 1] - long[j - 1])
        cost[i * width + j] = min(cost[i * width + j - 1], taken)
      }
    }
    var (found, j) = ([Int?](repeating: nil, count: clauses.count), long.count)
    for i in stride(from: short.count, to: 0, by: -1) {
      while i < short.count, j > i, cost[i * width + j - 1] <= cost[i * width + j] { j -= 1 }
      if isSwapped { found[j - 1] = i - 1 } else { found[i - 1] = j - 1 }
      j -= 1
    }
    return found
  }

  /// The sounds of a clause in IPA, about as many as it has letters.
  private static func length(_ clause: String) -> Int {
    clause.unicodeScalars.count {
      $0.properties.isAlphabetic && $0.properties.generalCategory != .modifierLetter
    }
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
      // The full stop of an abbreviation within a sentence: "z.B. heute".
      let following = k + 2 < characters.count ? characters[k + 2] : " "
      if character == ".", next.isWhitespace, following.isLowercase { continue }
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
