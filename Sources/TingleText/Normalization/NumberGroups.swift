/// Verbalizes three or more numbers with the same separator: 192.168.0.1, 3.10.1, 5-4-3-2-1, 4-7-8.
enum NumberGroups {
  /// Reads the groups.
  ///
  /// Four groups with full stops that are at most 255 are an address ("dot"); others a version ("point").
  /// Hyphens separate a count-down or a pattern, unless there are seven digits or more: those of a serial
  /// number are read one by one. Commas and "..." need no rule: they are pauses.
  static let read: Rules.Rule = { text, index in
    guard text[index].isDigits, !(text[index].isJoined && text[index - 1].isMark("-.")) else { return nil }
    let separator = text[index + 1]
    guard separator.isMark(".-–"), separator.isJoined else { return nil }
    var groups = [text[index].text]
    var end = index + 1
    while text[end].isMark(separator.text), text[end].isJoined, text[end + 1].isDigits,
      text[end + 1].isJoined,
      groups.count < 32
    {
      groups.append(text[end + 1].text)
      end += 2
    }
    guard groups.count >= 3 else { return nil }
    if separator.text == "." {
      if let numeral = Numeral(text, at: index), numeral.isGrouped { return nil }
      return Reading(dotted(groups), end: end)
    }
    return Reading(hyphenated(groups), end: end)
  }

  /// The groups of a version or an address. Three digits are read one by one.
  static func dotted(_ groups: [String]) -> [String] {
    let isAddress = groups.count == 4 && groups.allSatisfy { Int($0).map { $0 < 256 } ?? false }
    return Array(groups.map(short).joined(separator: [isAddress ? "dot" : "point"]))
  }

  private static func hyphenated(_ groups: [String]) -> [String] {
    if groups.reduce(0, { $0 + $1.count }) >= 7, groups.contains(where: { $0.count > 2 }) {
      return Array(groups.map { Numbers.digits($0) }.joined(separator: [","]))
    }
    let values = groups.compactMap { Int($0) }
    let isCount = zip(values, values.dropFirst()).allSatisfy { abs($0 - $1) == 1 }
    return Array(groups.map(short).joined(separator: isCount ? [","] : []))
  }

  private static func short(_ group: String) -> [String] {
    guard group.count <= 2, let value = Int(group), String(value) == group else {
      return Numbers.digits(group)
    }
    return Numbers.cardinal(value)
  }
}
