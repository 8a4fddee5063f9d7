import TingleMix

/// Directions: the text between `[` and `]`.
extension ScriptParser {
  /// The words of a direction up to `]`, or up to the colon before its block.
  private struct Head {
    var words: [String] = []
    var positions: [ScriptItem.Position] = []
    var hasBlock = false
  }

  /// The first words of directions that are not triggers or places, for suggestions.
  private static var keywords: [String] {
    [
      "pause", "shh", "softer", "louder", "slower", "faster", "closer", "further", "slowly", "repeat",
      "either", "breathe",
    ]
  }

  mutating func direction(depth: Int) throws -> ScriptItem.Kind {
    let start = cursor.position
    let head = try head(start)
    guard let first = head.words.first else {
      throw error(start, "the direction is empty; write for example [pause 8s]")
    }
    guard depth < Script.deepestNesting else {
      throw error(
        start, "directions are nested too deeply; at most \(Script.deepestNesting) within each other")
    }
    do throws(ScriptFault) {
      if !head.hasBlock, let simple = try simple(head) { return simple }
    } catch { throw self.error(position(of: error, head), error.reason) }
    switch first {
    case "shh" where head.words.count == 1 && !head.hasBlock:
      return try line("shh", saying: "shhhhh, shhhhh.", at: start)
    case "repeat":
      guard head.hasBlock, let count = count(head.words.dropFirst()),
        1...Script.mostRepetitions ~= count
      else {
        throw error(
          start, "write how often and what: '[repeat 3 times: ...]', at most \(Script.mostRepetitions) times")
      }
      return .repeated(count: count, try block(start, depth))
    case "either":
      guard head.hasBlock, head.words.count == 1 else {
        throw error(start, "write the alternatives after a colon: '[either: ... | ... ]'")
      }
      return try either(start, depth)
    default: return try action(head, start, depth)
    }
  }

  private mutating func head(_ start: ScriptItem.Position) throws -> Head {
    var head = Head()
    cursor.take()
    while true {
      let lineEnds = cursor.takeSpace()
      let position = cursor.position
      guard let character = cursor.next, lineEnds == 0, character != "[" else {
        throw error(start, "the direction is not closed; write ']' at its end")
      }
      if character == "]" {
        cursor.take()
        return head
      }
      var word = Self.lowercased(cursor.take { $0.isWhitespace || $0 == "[" || $0 == "]" })
      // A colon before white space begins the block; that of 1:30 does not.
      let ends = word.hasSuffix(":") && cursor.next != "]"
      if ends || word.hasSuffix(":") { word.removeLast() }
      if !word.isEmpty {
        head.words.append(word)
        head.positions.append(position)
      }
      if ends {
        head.hasBlock = true
        return head
      }
    }
  }

  /// A word in lower case; the value of `key=value`, which can be a path, keeps its case.
  private static func lowercased(_ word: String) -> String {
    guard let sign = word.firstIndex(of: "=") else { return word.lowercased() }
    return word[..<sign].lowercased() + word[sign...]
  }

  /// The items after the colon, up to the closing bracket.
  /// - Parameter isSilent: whether pauses alone are enough.
  private mutating func block(
    _ start: ScriptItem.Position, _ depth: Int, isSilent: Bool = false
  ) throws -> [ScriptItem] {
    let items = try items(depth: depth + 1, endsAtBar: false)
    guard cursor.take() == "]" else {
      throw error(start, "the direction is not closed; write ']' after its last line")
    }
    guard items.contains(where: { $0.sounds || isSilent && $0.takesTime }) else {
      throw error(start, "nothing is whispered or done after the colon; write lines or directions there")
    }
    return items
  }

  private mutating func either(_ start: ScriptItem.Position, _ depth: Int) throws -> ScriptItem.Kind {
    var alternatives: [[ScriptItem]] = []
    while true {
      alternatives.append(try items(depth: depth + 1, endsAtBar: true))
      switch cursor.take() {
      case "|"?: continue
      case "]"?:
        guard alternatives.count > 1 else {
          throw error(start, "there is one alternative; write '|' between several: '[either: ... | ... ]'")
        }
        return .either(alternatives)
      default: throw error(start, "the direction is not closed; write ']' after the last alternative")
      }
    }
  }

  /// Directions for the voice and pauses; nil for any other.
  private func simple(_ head: Head) throws(ScriptFault) -> ScriptItem.Kind? {
    let rest = head.words.dropFirst()
    switch (head.words[0], rest.first) {
    case ("pause", nil): return .pause(seconds: 4)
    case ("pause", _): return .pause(seconds: try time(rest, after: "for", 0.1...3600))
    case ("softer", nil): return .level(changeDB: -3)
    case ("louder", nil): return .level(changeDB: 3)
    case ("slower", nil): return .pace(factor: 0.9)
    case ("faster", nil): return .pace(factor: 1 / 0.9)
    case ("closer", nil), ("further", nil), ("further", "away"): return move(head.words[0], slow: nil)
    case ("softer", _), ("louder", _), ("slower", _), ("faster", _), ("closer", _), ("further", _):
      throw ScriptFault("'\(head.words[0])' stands alone; write '[\(head.words[0])]'", word: 1)
    case ("slowly", nil): throw ScriptFault("slowly where? write for example '[slowly to the right ear]'")
    case ("slowly", _): return try slowly(rest)
    case ("to", nil): throw ScriptFault("where to? write for example '[to the left ear]'")
    case ("to", _): return try place(rest, slow: nil)
    case ("breathe", _):
      let named = rest.starts(with: ["with", "me"]) ? rest.dropFirst(2) : rest
      guard let count = named.isEmpty ? 4 : count(named), 1...60 ~= count else {
        throw ScriptFault("write how many breaths, 1 to 60: '[breathe with me 6 times]'")
      }
      return .breaths(count: count)
    default: return nil
    }
  }

  private func slowly(_ words: ArraySlice<String>) throws(ScriptFault) -> ScriptItem.Kind {
    var seconds = 12.0
    var words = words
    if let k = words.lastIndex(where: { $0 == "in" || $0 == "over" }), k + 1 < words.endIndex,
      words[k + 1].first?.isNumber == true
    {
      seconds = try time(words[(k + 1)...], after: nil, 2...600)
      words = words[..<k]
    }
    switch words.first {
    case "closer", "further": return move(words[words.startIndex], slow: seconds)
    default: return try place(words.first == "to" ? words.dropFirst() : words, slow: seconds)
    }
  }

  private func move(_ word: String, slow: Double?) -> ScriptItem.Kind {
    .approach(factor: word == "closer" ? 0.6 : 1 / 0.6, slowSeconds: slow)
  }

  private func place(_ words: ArraySlice<String>, slow: Double?) throws(ScriptFault) -> ScriptItem.Kind {
    let name = words.filter { $0 != "the" }.joined(separator: " ")
    guard let place = vocabulary.place(name) else {
      let hint = vocabulary.suggestion(for: name, among: vocabulary.knownWords)
      throw ScriptFault(
        "unknown place '\(name)'; \(hint.map { "did you mean '\($0)'?" } ?? "write for example 'left ear'")",
        word: words.startIndex)
    }
    guard place.motion.isStill else {
      throw ScriptFault(
        "'\(name)' is a motion; the voice moves from place to place, as in '[slowly to the right ear]'",
        word: words.startIndex)
    }
    return .place(place.position, name: name, slowSeconds: slow)
  }

  private mutating func action(
    _ head: Head, _ start: ScriptItem.Position, _ depth: Int
  ) throws -> ScriptItem.Kind {
    let isWhile = head.hasBlock && head.words.last == "while"
    let end = isWhile ? head.words.count - 1 : head.words.lastIndex(of: "for") ?? head.words.count
    let found: Script.Action
    var seconds = 20.0
    do throws(ScriptFault) {
      guard end > 0, let action = try vocabulary.action(Array(head.words[..<end])) else {
        return try place(head)
      }
      found = action
      if head.hasBlock, !isWhile {
        throw ScriptFault(
          "write 'while' before the colon: '[\(head.words.joined(separator: " ")) while: ...]'",
          word: head.words.count - 1)
      }
      if end < head.words.count, !isWhile {
        seconds = try time(head.words[end...], after: "for", 1...7200)
      }
    } catch { throw self.error(position(of: error, head), error.reason) }
    let index = try index(of: found, at: start)
    return isWhile
      ? .actionWhile(index, try block(start, depth, isSilent: true)) : .action(index, seconds: seconds)
  }

  /// A direction that is a place; any other is an error.
  private func place(_ head: Head) throws(ScriptFault) -> ScriptItem.Kind {
    let words = head.words[...]
    let name = words.filter { !["the", "at", "on"].contains($0) }.joined(separator: " ")
    if !head.hasBlock, vocabulary.place(name) != nil {
      return try place(words.drop { ["the", "at", "on"].contains($0) }, slow: nil)
    }
    let known = Self.keywords + vocabulary.knownWords
    let hint =
      vocabulary.suggestion(for: name, among: known)
      ?? vocabulary.suggestion(for: head.words[0], among: known)
    throw ScriptFault(
      "unknown direction '\(head.words.joined(separator: " "))'; "
        + (hint.map { "did you mean '\($0)'?" }
          ?? "expected a trigger such as 'tap', a place such as 'left ear', or "
          + Self.keywords.joined(separator: ", ")))
  }

  /// The seconds of a time, which can follow a word.
  private func time(
    _ words: ArraySlice<String>, after word: String?, _ range: ClosedRange<Double>
  ) throws(ScriptFault) -> Double {
    let rest = words.first == word ? words.dropFirst() : words
    let text = rest.joined(separator: " ")
    guard !text.isEmpty else {
      throw ScriptFault("a time is missing; write for example '20s'", word: words.startIndex)
    }
    let seconds: Double
    do { seconds = try vocabulary.seconds(text) } catch {
      throw ScriptFault("'\(text)' \(error.reason)", word: rest.startIndex)
    }
    guard range.contains(seconds) else {
      throw ScriptFault(
        "\(text) is out of range; expected \(Timetable.brief(range.lowerBound)) to "
          + Timetable.brief(range.upperBound), word: rest.startIndex)
    }
    return seconds
  }

  /// The number in `3 times` or `3`.
  private func count(_ words: ArraySlice<String>) -> Int? {
    guard let first = words.first, words.count == 1 || words.count == 2 && words.last == "times" else {
      return nil
    }
    return first == "once" ? 1 : first == "twice" ? 2 : Int(first)
  }

  private func position(of fault: ScriptFault, _ head: Head) -> ScriptItem.Position {
    head.positions[min(max(0, fault.word), head.positions.count - 1)]
  }
}
