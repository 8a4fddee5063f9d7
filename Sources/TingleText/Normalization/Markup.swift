/// Removes markup: tags of HTML and SSML, character entities, links and emphasis of Markdown.
///
/// A tag of a block or a break becomes a blank line, which ends the sentence; other tags leave no trace.
struct Markup {
  private(set) var text = ""
  /// The tags that were removed.
  private(set) var tags: [String] = []

  private let source: [Character]
  /// No tag, entity or link is longer, so that unmatched brackets take linear time.
  private static let maximumTagLength = 300

  init(_ marked: String) {
    guard marked.contains(where: { "<&[*_~`#>-−+|=•".contains($0) || $0.isNumber }) else {
      source = []
      text = marked
      return
    }
    source = Array(Self.withoutLineMarks(marked))
    var k = 0
    while k < source.count { k = read(at: k) }
  }

  /// Reads a character or a piece of markup.
  /// - Returns: the index after it.
  private mutating func read(at k: Int) -> Int {
    switch source[k] {
    case "<": if let end = tagEnd(at: k) { return readTag(k..<end) }
    case "&":
      if let (character, end) = entity(at: k) {
        text += character
        return end
      }
    case "!": if k + 1 < source.count, source[k + 1] == "[", link(at: k + 1) != nil { return k + 1 }
    case "[":
      if let (label, end) = link(at: k) {
        text += String(source[label])
        return end
      }
    case "*", "_": if isEmphasis(at: k) { return k + 1 }
    case "~": if k + 1 < source.count, source[k + 1] == "~" { return k + 2 }
    case "`":
      // Between letters it is an apostrophe.
      if !(isLetter(k - 1) && isLetter(k + 1)) { return k + 1 }
    default: break
    }
    text.append(source[k])
    return k + 1
  }

  private func isLetter(_ k: Int) -> Bool { source.indices.contains(k) && source[k].isLetter }
  private func isSpace(_ k: Int) -> Bool { !source.indices.contains(k) || source[k].isWhitespace }

  /// The index after the tag that starts at an index, or nil. A tag starts with a letter, `/`, `!` or `?`.
  private func tagEnd(at k: Int) -> Int? {
    guard k + 1 < source.count, source[k + 1].isLetter || "/!?".contains(source[k + 1]) else { return nil }
    let limit = min(source.count, k + Self.maximumTagLength)
    for end in (k + 1)..<limit {
      if source[end] == ">" { return end + 1 }
      if source[end] == "<" { return nil }
    }
    return nil
  }

  private static let blocks: Set = [
    "break", "br", "p", "s", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "tr", "td",
    "table", "section", "article", "blockquote", "title", "body", "head", "html", "speak", "paragraph",
    "sentence",
  ]

  private mutating func readTag(_ range: Range<Int>) -> Int {
    let tag = String(source[range])
    let content = tag.dropFirst().dropLast()
    // "x<y and y>z" are comparisons: a tag with several words has attributes.
    if content.contains(" "), !content.contains("="), !"!?".contains(content.first ?? " "),
      content.last != "/"
    {
      text += "<"
      return range.lowerBound + 1
    }
    // An address in angle brackets.
    if content.contains("://") && !content.contains(" ") || content.contains("@") && !content.contains(" ") {
      text += content
      return range.upperBound
    }
    tags.append(tag)
    let name = content.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
    if Self.blocks.contains(name) { text += "\n\n" }
    return range.upperBound
  }

  /// The character of an entity such as `&amp;` or `&#8217;`, and the index after it.
  private func entity(at k: Int) -> (character: String, end: Int)? {
    let name = source[(k + 1)...].prefix(10).prefix {
      $0 == "#" || $0.isASCII && ($0.isLetter || $0.isNumber)
    }
    let end = k + 1 + name.count
    guard !name.isEmpty, end < source.count, source[end] == ";" else { return nil }
    if name.first == "#" {
      let number = String(name.dropFirst())
      let value =
        number.lowercased().hasPrefix("x") ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
      return value.flatMap(Unicode.Scalar.init).map { (String($0), end + 1) }
    }
    return Self.entities[String(name)].map { ($0, end + 1) }
  }

  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "mdash": "—", "ndash": "–",
    "hellip": "…", "rsquo": "'", "lsquo": "'", "ldquo": "\"", "rdquo": "\"", "deg": "°", "copy": "©",
    "reg": "", "trade": "", "shy": "", "thinsp": " ", "ensp": " ", "emsp": " ", "bull": "•", "middot": "·",
    "euro": "€", "pound": "£", "cent": "¢", "yen": "¥", "times": "×", "divide": "÷", "plusmn": "±",
    "frac12": "½", "frac14": "¼", "frac34": "¾", "eacute": "é", "egrave": "è", "agrave": "à", "uuml": "ü",
    "ouml": "ö", "auml": "ä", "szlig": "ß", "ccedil": "ç", "ntilde": "ñ", "zwj": "", "zwnj": "", "minus": "−",
  ]

  /// The label of a Markdown link `[label](address)`, and the index after the link.
  private func link(at k: Int) -> (label: Range<Int>, end: Int)? {
    let limit = min(source.count, k + Self.maximumTagLength)
    guard let close = (k..<limit).first(where: { source[$0] == "]" }), close + 1 < source.count,
      source[close + 1] == "("
    else { return nil }
    let addressLimit = min(source.count, close + Self.maximumTagLength)
    return (close..<addressLimit).first { source[$0] == ")" }.map { ((k + 1)..<close, $0 + 1) }
  }

  /// Whether an asterisk or underscore marks emphasis: a run of them at the start or end of a word.
  ///
  /// Between two words or digits (`user_name`, `2*3`) and between spaces (`2 * 3`) it is a symbol.
  private func isEmphasis(at k: Int) -> Bool {
    var (before, after) = (k - 1, k + 1)
    while before > max(-1, k - 4), source[before] == source[k] { before -= 1 }
    while after < min(source.count, k + 4), source[after] == source[k] { after += 1 }
    func isWord(_ k: Int) -> Bool { source.indices.contains(k) && (source[k].isLetter || source[k].isNumber) }
    if isWord(before), isWord(after) { return after - before > 2 || source[k] == "*" && isLetter(before) }
    return !(isSpace(before) && isSpace(after) && after - before == 2)
  }

  /// Removes what Markdown writes at the start of a line. A heading, list item or quotation is a paragraph.
  private static func withoutLineMarks(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var result = ""
    var afterHeading = false
    for (k, line) in lines.enumerated() {
      let (content, isBlock, isHeading) = withoutLineMark(line)
      if k > 0 { result += isBlock || afterHeading ? "\n\n" : "\n" }
      result += content
      afterHeading = isHeading
    }
    return result
  }

  private static func withoutLineMark(
    _ line: Substring
  ) -> (content: Substring, isBlock: Bool, isHeading: Bool) {
    let trimmed = line.drop(while: \.isWhitespace)
    guard let first = trimmed.first else { return (line, false, false) }
    let rest = trimmed.drop { $0 == first }
    let markLength = trimmed.count - rest.count
    let isRule = "-*_=~`".contains(first) && markLength >= 3
    // A horizontal rule, an underline, or the fence of a code block.
    if isRule, rest.allSatisfy(\.isWhitespace) || first == "`" { return ("", true, true) }
    if first == "|", trimmed.allSatisfy({ "|-: ".contains($0) }) { return ("", true, true) }
    guard rest.first?.isWhitespace == true else {
      // A numbered item: "1. Breathe in".
      let number = trimmed.prefix { $0.isASCII && $0.isNumber }
      let tail = trimmed[number.endIndex...]
      let isItem = (1...2).contains(number.count) && (tail.hasPrefix(". ") || tail.hasPrefix(") "))
      return (line, isItem, false)
    }
    if first == "#", markLength <= 6 { return (rest, true, true) }
    if first == ">" { return (rest, false, false) }
    if "-−*+•".contains(first), markLength == 1 {
      // "- 5" at the start of a line is a list item, as is "- [ ] item".
      let item = rest.drop(while: \.isWhitespace)
      for box in ["[ ] ", "[x] ", "[X] "] where item.hasPrefix(box) {
        return (item.dropFirst(4), true, false)
      }
      return (item, true, false)
    }
    return (line, false, false)
  }
}
