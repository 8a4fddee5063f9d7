import TingleDSP

/// Reads a parameter's value from what somebody wrote, and says what it accepts: all from its declaration.
extension Parameter {
  /// Why a value is not accepted, as the rest of a sentence that begins with the parameter's name.
  struct ParseError: Error {
    let reason: String
  }

  /// Sets the parameter to what `text` says.
  func read(_ text: String, into root: inout Root) throws(ParseError) {
    set(&root, try value(text))
  }

  private func value(_ text: String) throws(ParseError) -> ParameterValue {
    switch kind {
    case .number(let range, let unit, let names):
      if let named = names.first(where: { $0.word == text.lowercased() }) { return .number(named.value) }
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
      // A hair's breadth of rounding in a unit's factor is not out of range.
      let slack = 1e-9 * max(1, abs(number))
      guard number >= range.lowerBound - slack, number <= range.upperBound + slack else {
        throw ParseError(reason: "\(text) is out of range; it goes from \(Self.describe(range, unit))")
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
        let plain = Quantity.withoutQuotationMarks(text)
        if plain != text, words.contains(plain) {
          throw ParseError(reason: "'\(text)' stands in quotation marks; write '\(plain)'")
        }
        if Quantity.isNegation(text), words.contains("none") {
          throw ParseError(reason: "unknown value '\(text)'; write 'none'")
        }
        let hint = RenamedWord.hint(for: text, .value(parameter: name), among: words)
        throw ParseError(reason: "unknown value '\(text)'\(hint)")
      }
      return .word(text)
    case .text(let limit, let refusal):
      guard !text.isEmpty else { throw ParseError(reason: "is empty; leave it out, or write something") }
      guard text.count <= limit else {
        throw ParseError(reason: "has \(text.count) characters; at most \(limit) are read")
      }
      if let reason = refusal(text) { throw ParseError(reason: reason) }
      return .word(text)
    }
  }

  static func describe(_ range: ClosedRange<UInt64>) -> String {
    "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  static func describe(_ range: ClosedRange<Double>, _ unit: ParameterUnit) -> String {
    "\(Quantity.describe(range.lowerBound, unit)) to \(Quantity.describe(range.upperBound, unit))"
  }
}

extension Parameter {
  /// What it accepts, for people: a range with units, or words.
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

  /// Its value in `root`, written so that it can be read back.
  public func written(in root: Root) -> String {
    switch (get(root), kind) {
    case (.number(let value), .number(_, let unit, let names)):
      names.first { $0.value == value }?.word ?? Quantity.describe(value, unit)
    case (.number(let value), _): Quantity.number(value)
    case (.whole(let number), _): String(number)
    case (.word(let word), _): word
    }
  }
}
