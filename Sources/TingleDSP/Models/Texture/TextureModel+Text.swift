/// The text of a `.texture` file.
///
/// The first line names the format and its version, the last one the checksum of all lines before it. Between
/// them, each line is a key, a colon and a value; a line that starts with a space continues the value of the
/// line before. Numbers are whole, in the unit of their key.
extension TextureModel {
  /// Why a text is not a texture.
  public struct ParseError: Error, Equatable {
    /// The line, counted from 1.
    public let line: Int
    /// The reason, as a sentence without a full stop.
    public let reason: String
  }

  /// The first line of the current format.
  static let header = "tingle texture 1"

  /// The longest title or credit in characters.
  public static let longestText = 400

  /// A list of numbers in the file.
  private struct Field {
    let key: String
    let count: Int
    /// The number of units to one.
    let scale: Double
    let range: ClosedRange<Double>
  }

  private static let bands = TextureBands.count
  private static let level = Field(key: "level", count: 1, scale: 100, range: -12...12)
  private static let spectrum = Field(
    key: "spectrum", count: TextureBands.spectrumPoints, scale: 10, range: -120...0)
  private static let levels = Field(key: "levels", count: bands * quantileCount, scale: 10, range: -60...40)
  private static let fluctuation = Field(
    key: "fluctuation", count: bands * octaveCount, scale: 100, range: 0...1)
  private static let shared = Field(
    key: "shared", count: octaveCount * bands * sharedCount, scale: 100, range: -1...1)
  private static let coherence = Field(key: "coherence", count: bands, scale: 100, range: -1...1)
  private static let levelCoherence = Field(key: "level-coherence", count: bands, scale: 100, range: 0...1)
  private static let rate = Field(key: "events", count: 1, scale: 100, range: 0.01...400)
  private static let density = Field(key: "density", count: octaveCount, scale: 100, range: 0...2)
  private static let energies = Field(key: "card", count: 2 * bands, scale: 10, range: -60...60)
  private static let decays = Field(key: "card", count: decayCount, scale: 10, range: 1...100)
  private static let balance = Field(key: "card", count: 1, scale: 10, range: -30...30)

  /// The model as the text of a file.
  public var text: String {
    var lines = [Self.header]
    for (key, value) in [("title", title), ("credit", credit)] where !value.isEmpty {
      lines.append("\(key): \(String(value.prefix(Self.longestText).map { $0.isNewline ? " " : $0 }))")
    }
    func add(_ key: String, _ numbers: [Int]) {
      var line = key + ":"
      for number in numbers {
        if line.utf8.count > 100 {
          lines.append(line)
          line = ""
        }
        line += " \(number)"
      }
      lines.append(line)
    }
    func add(_ field: Field, _ values: [Double]) { add(field.key, Self.whole(values, field)) }
    add(Self.level, [levelDB])
    add(Self.spectrum, spectrumDB)
    add(Self.levels, levelsDB)
    add(Self.fluctuation, fluctuation)
    add(Self.shared, shared)
    add(Self.coherence, coherence)
    add(Self.levelCoherence, levelCoherence)
    if let events {
      add(Self.rate, [events.ratePerSecond])
      add(Self.density, events.density)
      for card in events.cards {
        add(
          Self.energies.key,
          Self.whole(card.clickDB + card.tailDB, Self.energies) + Self.whole(card.decayMs, Self.decays)
            + Self.whole([card.balanceDB], Self.balance))
      }
    }
    let body = lines.joined(separator: "\n") + "\n"
    return body + "checksum: \(Self.checksum(body.utf8))\n"
  }

  /// The model with the precision of a file.
  public var rounded: TextureModel { (try? TextureModel(text: text)) ?? self }

  private static func whole(_ values: [Double], _ field: Field) -> [Int] {
    values.map { value in
      let bounded = value.isFinite ? max(field.range.lowerBound, min(field.range.upperBound, value)) : 0
      return Int((bounded * field.scale).rounded())
    }
  }

  /// The 64-bit FNV-1a hash of bytes, as 16 hexadecimal digits.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    let digits = String(FNV1a.hash(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Reads the text of a file. Every number is checked against its range.
  /// - Throws: `ParseError`.
  public init(text: String) throws(ParseError) {
    let bytes = Array(text.utf8.filter { $0 != UInt8(ascii: "\r") })
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = String(decoding: lines.first ?? [], as: UTF8.self)
    guard first == Self.header else {
      if first.hasPrefix("tingle texture ") {
        throw ParseError(line: 1, reason: "this texture has another version; this program reads version 1")
      }
      throw ParseError(line: 1, reason: "this is not a texture; `tingle learn` makes one from a recording")
    }
    guard let end = lines.lastIndex(where: { !$0.isEmpty }), lines[end].starts(with: "checksum:".utf8) else {
      throw ParseError(line: lines.count, reason: "the texture is incomplete: its checksum is missing")
    }
    let body = lines[..<end].reduce(into: [UInt8]()) { $0 += $1 + [UInt8(ascii: "\n")] }
    let sum = String(decoding: lines[end].dropFirst(9), as: UTF8.self).filter { $0 != " " }
    guard sum == Self.checksum(body) else {
      throw ParseError(
        line: end + 1, reason: "the texture is damaged: its checksum is not \(sum.prefix(20))")
    }
    self.init()
    var cards: [Card] = []
    var rate: Double?
    var density = [Double](repeating: 0, count: Self.octaveCount)
    var missing: Set = [
      "level", "spectrum", "levels", "fluctuation", "shared", "coherence", "level-coherence",
    ]
    var index = 1
    while index < end {
      let number = index + 1
      var line = String(decoding: lines[index], as: UTF8.self)
      index += 1
      while index < end, lines[index].first == UInt8(ascii: " ") {
        line += String(decoding: lines[index], as: UTF8.self)
        index += 1
      }
      guard let colon = line.firstIndex(of: ":") else {
        throw ParseError(line: number, reason: "'\(line.prefix(40))' is not 'key: value'")
      }
      let key = String(line[..<colon])
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      func read(_ field: Field) throws(ParseError) -> [Double] {
        try Self.numbers(value, [field], line: number)[0]
      }
      missing.remove(key)
      switch key {
      case "title": title = String(value.prefix(Self.longestText))
      case "credit": credit = String(value.prefix(Self.longestText))
      case "level": levelDB = try read(Self.level)[0]
      case "spectrum": spectrumDB = try read(Self.spectrum)
      case "levels": levelsDB = try read(Self.levels)
      case "fluctuation": fluctuation = try read(Self.fluctuation)
      case "shared": shared = try read(Self.shared)
      case "coherence": coherence = try read(Self.coherence)
      case "level-coherence": levelCoherence = try read(Self.levelCoherence)
      case "events": rate = try read(Self.rate)[0]
      case "density": density = try read(Self.density)
      case "card":
        guard cards.count < Self.mostCards else {
          throw ParseError(line: number, reason: "the texture has more than \(Self.mostCards) cards")
        }
        let parts = try Self.numbers(value, [Self.energies, Self.decays, Self.balance], line: number)
        cards.append(
          Card(
            clickDB: Array(parts[0][..<Self.bands]), tailDB: Array(parts[0][Self.bands...]),
            decayMs: parts[1], balanceDB: parts[2][0]))
      default: throw ParseError(line: number, reason: "unknown key '\(key.prefix(40))'")
      }
    }
    if let key = missing.sorted().first { throw ParseError(line: end + 1, reason: "'\(key)' is missing") }
    guard (rate == nil) == cards.isEmpty else {
      throw ParseError(
        line: end + 1, reason: cards.isEmpty ? "'events' needs a 'card'" : "'card' needs 'events'")
    }
    if let rate { events = Events(ratePerSecond: rate, density: density, cards: cards) }
    restoreNorms()
    for k in 0..<Self.bands {
      for i in 1..<Self.quantileCount
      where levelsDB[k * Self.quantileCount + i] < levelsDB[k * Self.quantileCount + i - 1] {
        throw ParseError(line: end + 1, reason: "the levels of band \(k + 1) do not ascend")
      }
    }
  }

  private static func numbers(_ text: Substring, _ fields: [Field], line: Int) throws(ParseError)
    -> [[Double]]
  {
    let words = text.split(separator: " ")
    let count = fields.reduce(0) { $0 + $1.count }
    let key = fields[0].key
    guard words.count == count else {
      throw ParseError(line: line, reason: "'\(key)' has \(words.count) numbers; expected \(count)")
    }
    var next = 0
    var result: [[Double]] = []
    for field in fields {
      var values: [Double] = []
      for word in words[next..<next + field.count] {
        let (low, high) = (field.range.lowerBound * field.scale, field.range.upperBound * field.scale)
        guard let whole = Int(word), (low - 1e-6...high + 1e-6).contains(Double(whole)) else {
          let expected = "a whole number from \(Int(low.rounded())) to \(Int(high.rounded()))"
          throw ParseError(line: line, reason: "'\(key)': '\(word.prefix(20))' is not \(expected)")
        }
        values.append(Double(whole) / field.scale)
      }
      next += field.count
      result.append(values)
    }
    return result
  }

  /// Scales shares so that their squares add up to 1, and shared noises so that theirs do not exceed 1.
  private mutating func restoreNorms() {
    for k in 0..<Self.bands {
      let range = k * Self.octaveCount..<(k + 1) * Self.octaveCount
      let sum = fluctuation[range].reduce(0) { $0 + $1 * $1 }
      let scale = sum > 0 ? 1 / sum.squareRoot() : 0
      for i in range {
        fluctuation[i] = sum > 0 ? fluctuation[i] * scale : (1 / Double(Self.octaveCount)).squareRoot()
      }
    }
    for row in 0..<Self.octaveCount * Self.bands {
      let range = row * Self.sharedCount..<(row + 1) * Self.sharedCount
      let sum = shared[range].reduce(0) { $0 + $1 * $1 }
      guard sum > 1 else { continue }
      for i in range { shared[i] /= sum.squareRoot() }
    }
  }
}
