/// Looking up lines by time.
extension Timetable {
  /// The line at a time or, between two lines, the one before; nil before the first one.
  public func line(at seconds: Double) -> Entry? { lines.last { $0.startSeconds <= seconds } }

  /// The lines that start after a time.
  public func lines(after seconds: Double) -> ArraySlice<Entry> {
    let lines = lines
    return lines[(lines.firstIndex { $0.startSeconds > seconds } ?? lines.count)...]
  }

  /// The time at which this timetable of the same script has come as far as another one at `seconds`.
  public func time(of seconds: Double, in other: Timetable) -> Double {
    let (mine, others) = (lines, other.lines)
    guard let k = others.lastIndex(where: { $0.startSeconds <= seconds }), k < mine.count else {
      return seconds
    }
    let passed = seconds - others[k].startSeconds
    // Within a line, the same share of it; after it, the same time.
    let shift =
      passed < others[k].seconds
      ? passed * mine[k].seconds / max(1e-3, others[k].seconds)
      : passed + mine[k].seconds - others[k].seconds
    return max(0, mine[k].startSeconds + shift)
  }
}
