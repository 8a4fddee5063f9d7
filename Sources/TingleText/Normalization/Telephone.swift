/// Verbalizes telephone numbers, digit by digit with a pause after each group; 0 is "oh".
enum Telephone {
  /// Reads a telephone number.
  ///
  /// Recognized are an international number after "+", the groups 3-3-4 and 1-3-3-4 with hyphens, full stops,
  /// spaces or brackets, 3-4 with a hyphen, and groups after a leading 0 with seven digits or more.
  static let read: Rules.Rule = { text, index in
    var start = index
    let isInternational = text[index].isMark("+")
    if isInternational { start += 1 }
    guard text[start].isDigits || text[start].isMark("("),
      !(text[index].isJoined && text[index - 1].isMark("-./")),
      !isInternational || text[start].isJoined
    else { return nil }
    let (groups, ends, separators) = groups(text, at: start)
    guard let count = matching(groups, separators, isInternational, text, start) else { return nil }
    let words = groups.prefix(count).enumerated().map { k, group in
      digits(group, isAreaCode: k == 0 && count > 1 || k == 1 && groups[0] == "1")
    }
    return Reading((isInternational ? ["plus"] : []) + words.joined(separator: [","]), end: ends[count - 1])
  }

  /// Reads "1-800-FLOWERS".
  static let readExchange: Rules.Rule = { text, index in
    guard text[index].isCapitals, text[index].isJoined, text[index - 1].isMark("-"),
      text[index - 2].text.count == 3,
      text[index - 2].isDigits, text[index - 3].isMark("-"), text[index - 4].text == "1"
    else { return nil }
    return Reading(text[index].lowercased, end: index + 1)
  }

  /// The groups of digits from an index, the index after each, and the separator before each.
  private static func groups(
    _ text: Lexemes, at start: Int
  ) -> (groups: [String], ends: [Int], separators: [String]) {
    var (groups, ends, separators): ([String], [Int], [String]) = ([], [], [])
    var index = start
    while groups.count < 7 {
      var separator = groups.isEmpty ? "" : " "
      if !groups.isEmpty, text[index].isMark("-–."), text[index].isJoined {
        separator = text[index].text
        index += 1
        guard text[index].isJoined || text[index].isMark("(") else { break }
      } else if !groups.isEmpty {
        guard text[index].space == .space || separators.last == "(" || text[index].isMark("(") else { break }
      }
      let isBracketed = text[index].isMark("(")
      let digits = text[isBracketed ? index + 1 : index]
      guard digits.isDigits, digits.text.count <= 15 else { break }
      index += 1
      if isBracketed {
        guard text[index + 1].isMark(")"), text[index + 1].isJoined else { break }
        separator = "("
        index += 2
      }
      groups.append(digits.text)
      separators.append(separator)
      ends.append(index)
      if text[index].space == .paragraph { break }
    }
    return (groups, ends, separators)
  }

  /// The number of groups that form a telephone number, or nil.
  private static func matching(
    _ groups: [String], _ separators: [String], _ isInternational: Bool, _ text: Lexemes, _ start: Int
  ) -> Int? {
    let counts = groups.map(\.count)
    let total = counts.reduce(0, +)
    if isInternational { return total >= 7 ? groups.count : nil }
    for pattern in [[1, 3, 3, 4], [3, 3, 4]] where counts.starts(with: pattern) {
      let used = separators.prefix(pattern.count).dropFirst().filter { $0 != "(" }
      let isUniform = Set(used).count <= 1 || separators.contains("(")
      if isUniform, pattern.count == 3 || groups[0] == "1" { return pattern.count }
    }
    if counts.starts(with: [1, 3]), counts.count == 2, groups[0] == "1", separators[1] == "-",
      ["800", "888", "877", "866", "900"].contains(groups[1])
    {
      return 2
    }
    if counts.starts(with: [3, 4]), separators[0].isEmpty, separators[1] == "-",
      groups[1].first == "0" || !(groups[0].hasSuffix("00") && groups[1].hasSuffix("00")),
      !(groups.count > 2 && separators[2] == "-")
    {
      return 2
    }
    // A trunk prefix.
    guard let first = groups.first, first.first == "0", first.count >= 2, total >= 7,
      separators[0] != "(" || total >= 9
    else { return nil }
    let isSpaced = separators.dropFirst().allSatisfy { $0 == " " || $0 == "-" || $0 == "(" }
    return isSpaced && !groups[0].hasPrefix("00") && (groups.count > 1 || total >= 9) ? groups.count : nil
  }

  private static func digits(_ group: String, isAreaCode: Bool) -> [String] {
    if isAreaCode, group.count == 3, group.hasSuffix("00"), let value = Int(group), value > 0 {
      return Numbers.cardinal(value)
    }
    return Numbers.digits(group).map { $0 == "zero" ? "oh" : $0 }
  }
}
