/// Verbalizes ratios, scales and scores: 16:9, 1:100, "won 3:1".
enum Ratios {
  /// Reads two numbers with a colon that are not a time of day as "to".
  ///
  /// After or before words such as "ratio" and "scale", numbers that could be a time are a ratio too.
  static let read: Rules.Rule = { text, index in
    guard let first = Numeral(text, at: index), text[first.end].isMark(":"), text[first.end].isJoined,
      let second = Numeral(text, at: first.end + 1), text[first.end + 1].isJoined
    else { return nil }
    let isEven = first.value == 50 && second.value == 50
    var words = first.words + (isEven ? [] : ["to"]) + second.words
    var end = second.end
    while text[end].isMark(":"), text[end].isJoined, text[end + 1].isJoined,
      let next = Numeral(text, at: end + 1)
    {
      words += ["to"] + next.words
      end = next.end
    }
    return Reading(words, end: end)
  }

  /// Whether the words around a pair of numbers say that it is a ratio.
  static func isExpected(_ text: Lexemes, from index: Int, to end: Int) -> Bool {
    let before = (1...3).map { text[index - $0].lowercased }
    return before.contains(where: context.contains) || context.contains(text[end].lowercased)
  }

  private static let context: Set = [
    "ratio", "ratios", "scale", "odds", "score", "scored", "won", "lost", "mix", "dilution", "proportion",
    "aspect", "diluted", "mixture", "beat", "split", "model", "scaled", "screen",
  ]
}
