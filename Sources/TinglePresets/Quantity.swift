import Foundation
import TingleDSP

/// Parses and formats numbers with units: `8h`, `-12 dB`, `15 cm`, `2.5/s`.
public enum Quantity {
  /// Why a text is not a quantity, as the rest of a sentence that begins with the text.
  public struct ParseError: Error, Sendable {
    /// The fault and the correction.
    public let reason: String
  }

  /// The accepted units of a dimension and their factors to its base unit. The first is the usual one.
  static func spellings(of unit: ParameterUnit) -> [(name: String, factor: Double)] {
    switch unit {
    case .none: [("", 1), ("%", 0.01)]
    case .decibels: [("dB", 1)]
    case .seconds: [("s", 1), ("ms", 1e-3), ("min", 60), ("m", 60), ("h", 3600)]
    case .hertz: [("Hz", 1), ("kHz", 1000)]
    case .perSecond: [("/s", 1), ("/min", 1.0 / 60), ("/h", 1.0 / 3600)]
    case .degrees: [("°", 1), ("deg", 1)]
    case .metres: [("m", 1), ("cm", 0.01), ("mm", 0.001)]
    case .decibelsPerOctave: [("dB/oct", 1)]
    case .millimetresPerHour: [("mm/h", 1)]
    case .litres: [("l", 1), ("ml", 1e-3)]
    case .litresPerMinute: [("l/min", 1), ("ml/min", 1e-3), ("l/s", 60), ("ml/s", 0.06)]
    case .loudness: [("LUFS", 1)]
    case .loudnessUnits: [("LU", 1)]
    }
  }

  /// Parses a quantity.
  /// - Parameter range: the accepted values in the base unit; a number without a unit gets a hint within it.
  /// - Returns: its value in the dimension's base unit.
  /// - Throws: `ParseError`.
  public static func parse(
    _ text: String, as unit: ParameterUnit, in range: ClosedRange<Double>? = nil
  ) throws(ParseError) -> Double {
    // The minus sign U+2212 and all kinds of spaces are accepted.
    let clean =
      text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
      ? text : String(text.map { $0 == "\u{2212}" ? "-" : $0.isWhitespace ? " " : $0 }).trimmingWhitespace
    guard let value = value(of: clean, as: unit) else {
      throw ParseError(reason: fault(of: clean, as: unit, in: range))
    }
    return value
  }

  /// The value of a text without white space at its ends, or nil.
  static func value(of text: String, as unit: ParameterUnit) -> Double? {
    if unit == .seconds, let seconds = clock(text) ?? compound(text) { return seconds }
    let (number, suffix) = split(text)
    guard let value = Double(number), value.isFinite,
      let match = spellings(of: unit).first(where: { $0.name.lowercased() == suffix.lowercased() })
    else { return nil }
    return value * match.factor
  }

  /// Formats a value as text that `parse` accepts, rounded to thousandths of its unit.
  public static func describe(_ value: Double, _ unit: ParameterUnit) -> String {
    if unit == .seconds { return describe(seconds: value) }
    let units = spellings(of: unit)
    // A rate that rounding would change is given per minute or per hour.
    let exact = units.first { abs(thousandths(value / $0.factor) * $0.factor - value) < 1e-9 }
    let (name, factor) = unit == .perSecond ? exact ?? units[0] : units[0]
    return number(value / factor) + gap(name) + name
  }

  private static func describe(seconds: Double) -> String {
    guard seconds >= 60, seconds == seconds.rounded() else { return number(seconds) + "s" }
    let whole = Int(seconds)
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }

  private static func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  static func number(_ value: Double) -> String {
    let rounded = thousandths(value)
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? String(Int(rounded)) : String(rounded)
  }

  static func gap(_ unit: String) -> String {
    unit.hasPrefix("dB") || unit.hasPrefix("mm") || unit.hasSuffix("Hz") || unit.hasPrefix("LU")
      || unit.hasPrefix("l") ? " " : ""
  }

  static func example(of unit: ParameterUnit) -> String {
    switch unit {
    case .none: "0.5"
    case .decibels: "-12 dB"
    case .seconds: "8h"
    case .hertz: "440 Hz"
    case .perSecond: "2.5/s"
    case .degrees: "-30°"
    case .metres: "15 cm"
    case .decibelsPerOctave: "-3 dB/oct"
    case .millimetresPerHour: "10 mm/h"
    case .litres: "0.5 l"
    case .litresPerMinute: "6 l/min"
    case .loudness: "-30 LUFS"
    case .loudnessUnits: "6 LU"
    }
  }

  static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }

  static func split(_ text: String) -> (number: String, suffix: String) {
    var end = text.firstIndex { !($0.isASCII && ($0.isNumber || "+-.".contains($0))) } ?? text.endIndex
    let rest = text[end...]
    if rest.first == "e" || rest.first == "E" {
      let signed = rest.dropFirst()
      let digits = (signed.first.map { "+-".contains($0) } == true ? signed.dropFirst() : signed)
        .prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty { end = digits.endIndex }
    }
    return (String(text[..<end]), text[end...].trimmingCharacters(in: .whitespaces))
  }

  /// The seconds of `1:30:00` or `45:00`.
  private static func clock(_ text: String) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var total = 0.0
    for part in parts {
      guard let value = Double(part), value.isFinite, value >= 0, total == 0 || value < 60 else { return nil }
      total = total * 60 + value
    }
    return total
  }

  /// The seconds of `1h30m` or `2 min 5 s`.
  private static func compound(_ text: String) -> Double? {
    var rest = Substring(text)
    var total = 0.0
    var pieces = 0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count).drop { $0 == " " }
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count).drop { $0 == " " }
      guard let value = Double(number),
        let unit = spellings(of: .seconds).first(where: { $0.name == name.lowercased() })
      else { return nil }
      total += value * unit.factor
      pieces += 1
    }
    return pieces > 1 ? total : nil
  }
}
