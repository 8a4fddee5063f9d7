import TingleDSP

extension Quantity {
  /// Foreign and typographic ways to write numbers: the fault, and a function that corrects it.
  private static let repairs: [(fault: String, repaired: @Sendable (String) -> String)] = [
    ("is in quotation marks", withoutQuotationMarks),
    ("begins with a dash instead of a minus", withMinus),
    ("has a space after its minus", withTightMinus),
    ("has a comma in its number", withoutThousands), ("has a decimal comma", withDecimalPoint),
    ("has a separator in its number", withoutSeparators),
  ]

  /// Why a text is not a quantity, as the rest of a sentence that begins with the text.
  static func fault(of text: String, as unit: ParameterUnit, in range: ClosedRange<Double>?) -> String {
    if let repair = repair(of: text, as: unit) { return repair }
    let (number, suffix) = split(text)
    guard isNumber(number) else { return "is not a number; write it like '\(example(of: unit))'" }
    guard !suffix.isEmpty else { return "has no unit; write '\(withUnit(number, unit, in: range))'" }
    if unit == .none { return "takes no unit; write '\(number)'" }
    if unit == .seconds, let whole = withLastUnit(text) {
      return "has a number without a unit; write '\(whole)'"
    }
    if let corrected = correction(number, suffix, unit) {
      return "has an unknown unit '\(suffix)'; write '\(corrected)'"
    }
    return "has an unknown unit '\(suffix)'; use \(list(spellings(of: unit).map(\.name)))"
  }

  /// The fault and the correction of a number in a foreign or typographic notation; nil for other texts.
  package static func repair(of text: String, as unit: ParameterUnit) -> String? {
    var (repaired, fault) = (text, String?.none)
    for repair in repairs {
      let next = repair.repaired(repaired)
      if next != repaired, fault == nil { fault = repair.fault }
      repaired = next
    }
    guard let fault else { return nil }
    let (number, suffix) = split(repaired)
    let corrected = value(of: repaired, as: unit) != nil ? repaired : correction(number, suffix, unit)
    guard let corrected else { return nil }
    let isAmbiguous = text.firstMatch(of: #/^[+-]?\d{1,3},\d{3}(?![\d,.])/#) != nil
    let point = isAmbiguous ? ", or '\(text.replacing(",", with: "."))' if it is a decimal comma" : ""
    return "\(fault); write '\(corrected)'\(point)"
  }

  /// Whether a word negates, such as `off`. Presets use `none`.
  package static func isNegation(_ word: String) -> Bool {
    ["no", "off", "false", "n", "null", "~", "nothing", "never"].contains(word.lowercased())
  }

  /// The text without quotation marks at its ends.
  @Sendable static func withoutQuotationMarks(_ text: String) -> String {
    let marks: Set<Character> = [
      "“", "”", "„", "‟", "‘", "’", "‚", "‛", "«", "»", "‹", "›", "\"", "'", "`", "´",
    ]
    let inner = text.drop(while: marks.contains)
    guard let last = inner.lastIndex(where: { !marks.contains($0) }) else { return text }
    return String(inner[...last])
  }

  @Sendable private static func withMinus(_ text: String) -> String {
    guard let first = text.first, "\u{2010}\u{2011}\u{2012}–—―﹣－⁻˗".contains(first) else { return text }
    return "-" + text.dropFirst()
  }

  @Sendable private static func withTightMinus(_ text: String) -> String {
    guard text.first == "-" else { return text }
    return "-" + text.dropFirst().drop { $0 == " " }
  }

  /// The value of a whole number with separators between groups of three digits; nil for other texts.
  static func grouped(_ text: String) -> UInt64? {
    guard text.wholeMatch(of: #/\d{1,3}(?:[,. _'’]\d{3})+/#) != nil else { return nil }
    return UInt64(text.filter(\.isNumber))
  }

  /// Removes commas between groups of three digits: `1,000`, `1,234,567`.
  @Sendable private static func withoutThousands(_ text: String) -> String {
    text.replacing(#/^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/#) { $0.output.filter { $0 != "," } }
  }

  /// Replaces a decimal comma, and removes points between thousands: `6,5`, `1.000,5`.
  @Sendable private static func withDecimalPoint(_ text: String) -> String {
    text.replacing(#/(\d+(?:\.\d{3})+|\d*),(\d+)/#) {
      "\($0.output.1.filter { $0 != "." }).\($0.output.2)"
    }
  }

  /// Removes other separators of thousands: `1 000`, `1_000`, `1'000`.
  @Sendable private static func withoutSeparators(_ text: String) -> String {
    text.replacing(#/\d{1,3}(?:[ _'’]\d{3})+(?!\d)/#) { $0.output.filter(\.isNumber) }
  }

  /// Adds the missing last unit: `1h30m` for `1h30`; nil for other texts.
  private static func withLastUnit(_ text: String) -> String? {
    guard let match = text.wholeMatch(of: #/.*\d *(h|min|m) *\d+/#.ignoresCase()) else { return nil }
    let whole = text + (match.output.1.lowercased() == "h" ? "m" : "s")
    return value(of: whole, as: .seconds) == nil ? nil : whole
  }

  /// Adds a missing unit, or replaces a unit that is known by another name; nil for other units.
  private static func correction(_ number: String, _ suffix: String, _ unit: ParameterUnit) -> String? {
    guard isNumber(number) else { return nil }
    if suffix.isEmpty { return withUnit(number, unit) }
    if unit == .none { return number }
    guard let name = otherNames[unit]?[suffix.lowercased()] else { return nil }
    return number + gap(name) + name
  }

  private static let otherNames: [ParameterUnit: [String: String]] = [
    .seconds: [
      "sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "mins": "min", "minute": "min",
      "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "std": "h",
    ],
    .hertz: ["k": "kHz", "hertz": "Hz", "kilohertz": "kHz"],
    .degrees: ["degree": "°", "degrees": "°", "grad": "°"],
    .decibels: ["decibel": "dB", "decibels": "dB"],
    .loudness: ["lkfs": "LUFS"],
    .perSecond: ["/sec": "/s", "/m": "/min", "/minute": "/min", "/hour": "/h"],
  ]

  private static func isNumber(_ text: String) -> Bool { Double(text).map(\.isFinite) ?? false }

  /// A number with the first unit that puts it into the range; with the usual unit if there is no such unit.
  private static func withUnit(
    _ number: String, _ unit: ParameterUnit, in range: ClosedRange<Double>? = nil
  ) -> String {
    let units = spellings(of: unit)
    let fitting = range.flatMap { range in
      units.first { range.contains((Double(number) ?? .nan) * $0.factor) }
    }
    let name = (fitting ?? units[0]).name
    return number + gap(name) + name
  }
}
