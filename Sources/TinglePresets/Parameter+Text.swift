import TingleDSP

extension Parameter {
  /// Why a text is not an accepted value, as the rest of a sentence that begins with the parameter's name.
  struct ParseError: Error {
    let reason: String
  }

  /// Parses a text and sets the parameter to its value.
  func read(_ text: String, into root: inout Root) throws(ParseError) {
    set(&root, try value(text))
  }

  /// Whether the parameter takes any text. An empty text then has an error message of its own.
  var isText: Bool {
    if case .text = kind { true } else { false }
  }

  private func value(_ text: String) throws(ParseError) -> ParameterValue {
    switch kind {
    case .number(let range, let unit, let names):
      if let named = names.first(where: { $0.word == text.lowercased() }) { return named.value }
      let number: Double
      do {
        number = try Quantity.parse(text, as: unit, in: range)
      } catch {
        if Quantity.isNegation(text), names.contains(where: { $0.word == "none" }) {
          throw ParseError(reason: "unknown value '\(text)'; write 'none'")
        }
        let words = names.isEmpty ? "" : ", or \(Quantity.list(names.map(\.word)))"
        throw ParseError(reason: "'\(text)' \(error.reason)\(words)")
      }
      // Tolerates the rounding of a unit's factor at the ends of the range.
      let tolerance = 1e-9 * max(1, abs(number))
      guard number >= range.lowerBound - tolerance, number <= range.upperBound + tolerance else {
        throw ParseError(reason: "\(text) is out of range; expected \(Self.describe(range, unit))")
      }
      return .number(min(range.upperBound, max(range.lowerBound, number)))
    case .whole(let range):
      guard let number = UInt64(text), range.contains(number) else {
        let meant =
          (try? Quantity.parse(text, as: .none)).flatMap { UInt64(exactly: $0) } ?? Quantity.grouped(text)
        let hint = meant.map { range.contains($0) ? "; write '\($0)'" : "" } ?? ""
        throw ParseError(reason: "'\(text)' is not \(Self.describe(range))\(hint)")
      }
      return .whole(number)
    case .choice(let words):
      guard words.contains(text) else {
        let unquoted = Quantity.withoutQuotationMarks(text)
        if unquoted != text, words.contains(unquoted) {
          throw ParseError(reason: "'\(text)' is in quotation marks; write '\(unquoted)'")
        }
        if Quantity.isNegation(text), words.contains("none") {
          throw ParseError(reason: "unknown value '\(text)'; write 'none'")
        }
        let hint = RenamedWord.hint(for: text, .value(parameter: name), among: words)
        throw ParseError(reason: "unknown value '\(text)'\(hint)")
      }
      return .word(text)
    case .text(let limit, let fault):
      guard !text.isEmpty else { throw ParseError(reason: "is empty; write a text, or leave the key out") }
      guard text.count <= limit else {
        throw ParseError(reason: "has \(text.count) characters; the limit is \(limit)")
      }
      if let reason = fault(text) { throw ParseError(reason: reason) }
      return .word(text)
    }
  }

  private static func describe(_ range: ClosedRange<UInt64>) -> String {
    "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  private static func describe(_ range: ClosedRange<Double>, _ unit: ParameterUnit) -> String {
    "\(Quantity.describe(range.lowerBound, unit)) to \(Quantity.describe(range.upperBound, unit))"
  }
}

extension Parameter {
  /// The accepted values, for help texts: a range with units, or words.
  public var accepts: String {
    switch kind {
    case .number(let range, let unit, let names):
      ([Self.describe(range, unit)] + names.map(\.word)).joined(separator: ", ")
    case .whole(0...UInt64.max): "a whole number"
    case .whole(let range): Self.describe(range)
    case .choice(let words): words.joined(separator: ", ")
    case .text: "text"
    }
  }

  /// The parameter's value in `root` as text that `read` accepts.
  public func written(in root: Root) -> String {
    switch (get(root), kind) {
    case (.number(let value), .number(_, let unit, let names)):
      names.first { $0.value == .number(value) }?.word ?? Quantity.describe(value, unit)
    case (.number(let value), _): Quantity.number(value)
    case (.whole(let number), _): String(number)
    case (.word(let word), _): word
    }
  }
}
