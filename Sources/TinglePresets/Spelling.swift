/// Suggestions for misspelled words.
public enum Spelling {
  /// The known word nearest to `word`; nil if more than a third of its letters are wrong, swapped or missing.
  public static func suggestion(for word: String, among known: [String]) -> String? {
    let ranked = known.map { ($0, distance(Array(word.lowercased()), Array($0.lowercased()))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, max(word.count, best.0.count) / 3) ? best.0 : nil
  }

  /// The end of an error message: "; did you mean 'x'?" or, without a near word, "; expected one of x, y".
  public static func hint(for word: String, among known: [String]) -> String {
    if let near = suggestion(for: word, among: known) { return "; did you mean '\(near)'?" }
    return known.isEmpty ? "" : "; expected one of \(known.joined(separator: ", "))"
  }

  /// The edit distance of two words: the number of insertions, deletions, substitutions and swaps of
  /// neighbours (F. J. Damerau, CACM 7 (1964) 171, in the "optimal string alignment" form).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
