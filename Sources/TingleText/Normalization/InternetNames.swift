/// Verbalizes addresses of the Internet, e-mail addresses and file names, mark by mark.
enum InternetNames {
  /// Reads an address or file name: "someone at example dot com", "file dot T X T".
  ///
  /// Recognized are a scheme or "www", an "@" between words, and a name whose last part is a common top-level
  /// domain or file extension. Marks at the end belong to the sentence.
  static let read: Rules.Rule = { text, index in
    guard !text[index].isJoined || text[index - 1].isMark("(\"'[<") else { return nil }
    let end = end(text, index)
    guard end > index + 2 else { return nil }
    let marks = (index..<end).filter { text[$0].kind == .mark }
    guard let first = marks.first else { return nil }
    let hasScheme = schemes.contains(text[index].lowercased) && text[first].isMark(":") && first == index + 1
    let isHost = text[index].lowercased == "www" && text[first].isMark(".")
    let isMail = isMail(text, index..<end, marks)
    guard hasScheme || isHost || isMail || isName(text, index..<end, marks) else { return nil }
    return Reading((index..<end).flatMap { words(text, at: $0) }, end: end)
  }

  /// Reads the path of a file that starts with "/", "~/" or "./".
  static let readPath: Rules.Rule = { text, index in
    guard !text[index].isJoined, text[index].isMark("/~."), text[index + 1].isJoined else { return nil }
    let end = end(text, index)
    let slashes = (index..<end).count { text[$0].isMark("/") }
    guard text[index].isMark("/") ? text[index + 1].isLetters : text[index + 1].isMark("/"), slashes > 0,
      end > index + 2
    else { return nil }
    return Reading((index..<end).flatMap { words(text, at: $0) }, end: end)
  }

  /// The index after the lexemes without a space between; marks at the end belong to the sentence.
  private static func end(_ text: Lexemes, _ index: Int) -> Int {
    var end = index + 1
    while text[end].isJoined, !text[end].isMark("\"<>()[]{}|"), end < index + 400 { end += 1 }
    while end > index, text[end - 1].isMark(".,;:!?'*_…") { end -= 1 }
    return end
  }

  private static let schemes: Set = ["http", "https", "ftp", "sftp", "ssh", "file", "mailto", "git"]

  private static func isMail(_ text: Lexemes, _ range: Range<Int>, _ marks: [Int]) -> Bool {
    guard let at = marks.first(where: { text[$0].isMark("@") }), at > range.lowerBound,
      at + 1 < range.upperBound
    else { return false }
    return marks.contains { $0 > at && text[$0].isMark(".") } && marks.allSatisfy { text[$0].isMark("@.-_+") }
  }

  /// Whether the part before the first slash is a name with a known ending.
  private static func isName(_ text: Lexemes, _ range: Range<Int>, _ marks: [Int]) -> Bool {
    let hostEnd = marks.first { !text[$0].isMark(".-_") } ?? range.upperBound
    guard hostEnd == range.upperBound || text[hostEnd].isMark("/:?#"),
      let dot = marks.last(where: { $0 < hostEnd && text[$0].isMark(".") }), dot > range.lowerBound,
      dot + 1 < hostEnd, hostEnd <= dot + 3
    else { return false }
    let ending = text[dot + 1]
    let suffix = (dot + 1..<hostEnd).map { text[$0].text }.joined()
    // "Hello.World" are two sentences.
    guard ending.text == ending.lowercased || ending.isCapitals else { return false }
    return domains.contains(suffix.lowercased()) || extensions.contains(suffix.lowercased())
  }

  /// The endings of host names; those that are English words (in, is, it, me, no, so, to, us) are left out.
  private static let domains: Set = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "co", "uk", "de", "fr", "eu", "ca",
    "au", "jp", "cn", "ru", "br", "nl", "ch", "se", "es", "pl", "tv", "fm", "ai", "app", "dev", "xyz", "nz",
    "ie", "dk", "fi", "cz", "kr", "online", "site", "cloud", "blog",
  ]
  private static let extensions: Set = [
    "txt", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "json", "yaml", "yml", "xml", "html",
    "htm",
    "css", "js", "ts", "py", "swift", "cpp", "rs", "go", "java", "sh", "md", "jpg", "jpeg", "png",
    "gif",
    "svg", "mp3", "mp4", "wav", "flac", "ogg", "opus", "avi", "mkv", "mov", "zip", "tar", "gz", "exe", "dll",
    "bat",
    "iso", "log", "conf", "ini", "php", "rb", "sql", "tex", "epub", "odt", "rtf", "bak", "toml", "lock",
    "m4a", "sofa",
  ]

  private static func words(_ text: Lexemes, at index: Int) -> [String] {
    let lexeme = text[index]
    switch lexeme.kind {
    case .digits:
      // The digit of an extension such as "mp3" is in a lexeme of its own.
      return lexeme.text.count <= 2 && lexeme.text.first != "0"
        ? lexeme.value.map(Numbers.cardinal) ?? [] : Numbers.digits(lexeme.text)
    case .letters:
      return Acronyms.nameInAddress(lexeme)
    default: return marks[lexeme.text].map { [$0] } ?? Symbols.name(of: lexeme.text).map { [$0] } ?? []
    }
  }

  private static let marks = [
    ".": "dot", "/": "slash", "@": "at", "_": "underscore", "-": "dash", ":": "colon", "?": "question mark",
    "=": "equals", "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", ",": "comma",
    ";": "semicolon", "!": "exclamation mark", "'": "apostrophe", "*": "asterisk", "$": "dollar",
  ]
}
