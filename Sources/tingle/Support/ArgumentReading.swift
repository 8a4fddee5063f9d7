import ArgumentParser
import TingleBatch
import TinglePresets
import TingleSupport

/// The `transform` functions of the options. Their error messages are those of preset values.
enum ArgumentReading {
  /// An invalid value. ArgumentParser embeds the description in a message of its own; `mark` is the start of
  /// ours.
  struct ParseError: Error, CustomStringConvertible {
    private static let mark = "\u{1E}"
    let sentence: String

    /// - Parameter reason: the predicate of the message, whose subject is the value.
    init(_ option: String, _ text: String, _ reason: String) {
      sentence = "\(option): '\(text)' \(reason)"
    }

    private init(sentence: String) { self.sentence = sentence }

    /// The usage error for an option of an earlier version. It names the option that replaced it.
    static func renamed(_ option: String, in command: String) -> ValidationError {
      let new = RenamedWord.replacement(for: option, .option(command: command))
      let hint = new.map { "; it is now '\($0)'" } ?? ""
      return ValidationError(ParseError(sentence: "unknown option '\(option)'\(hint)").description)
    }

    init(_ option: String, _ error: any Error) {
      sentence = "\(option): \((error as? UserError)?.message ?? "\(error)")"
    }

    var description: String { Self.mark + sentence }

    /// Extracts our message from a message of ArgumentParser; nil if it has none.
    static func sentence(in message: String) -> String? {
      message.firstRange(of: mark).map { String(message[$0.upperBound...]) }
    }
  }

  /// Parses a time of 0s or more.
  static func seconds(_ option: String) -> @Sendable (String) throws -> Seconds {
    { text in
      do {
        let value = try Quantity.parse(text, as: .seconds)
        guard value >= 0 else { throw ParseError(option, text, "is less than 0s") }
        return Seconds(value: value)
      } catch let error as Quantity.ParseError {
        throw ParseError(option, text, error.reason)
      }
    }
  }

  /// Validates times separated by commas; returns them as they are written.
  static func times(_ option: String) -> @Sendable (String) throws -> [String] {
    { text in
      let parts = text.split(separator: ",").map { String($0).trimmingWhitespace }
      guard !parts.isEmpty else {
        throw ParseError(option, text, "is not a time; write '8h', or '10m,8h'")
      }
      for (number, part) in parts.enumerated() {
        let both = parts[number...].prefix(2).joined(separator: ",")
        do throws(Quantity.ParseError) { _ = try Quantity.parse(part, as: .seconds) } catch {
          // The comma can be a decimal comma.
          if let repair = Quantity.repair(of: both, as: .seconds) { throw ParseError(option, both, repair) }
          throw ParseError(option, part, error.reason)
        }
      }
      return parts
    }
  }

  /// Parses a whole number in a range.
  static func whole(_ option: String, _ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text), range.contains(number) else {
        throw ParseError(
          option, text, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  /// Parses a sample rate: `44100`, or with a unit, `44.1 kHz`.
  static func sampleRate(_ option: String) -> @Sendable (String) throws -> Int {
    { text in
      if let hertz = Int(text) { return hertz }
      if let number = Double(text), number.isFinite {
        let hint = 8...192 ~= number ? Int((number * 1000).rounded()) : 48000
        throw ParseError(option, text, "is not a whole number of hertz; write '\(hint)'")
      }
      do {
        let hertz = try Quantity.parse(text, as: .hertz).rounded()
        guard let whole = Int(exactly: hertz) else {
          throw ParseError(option, text, "is not a sample rate; write '48000'")
        }
        return whole
      } catch let error as Quantity.ParseError {
        guard text.contains(where: \.isNumber) else {
          throw ParseError(option, text, "is not a sample rate; write '48000'")
        }
        throw ParseError(option, text, error.reason)
      }
    }
  }

  /// Parses a number of channels: 1 or 2.
  static func channels(_ option: String) -> @Sendable (String) throws -> Int {
    { text in
      switch text {
      case "1": return 1
      case "2": return 2
      default: throw ParseError(option, text, "is not a number of channels; write '1' (mono) or '2' (stereo)")
      }
    }
  }

  /// Parses a case of an enumeration, in any letter case.
  static func choice<C: CaseIterable & RawRepresentable<String> & Sendable>(
    _ option: String
  ) -> @Sendable (String) throws -> C {
    let known = C.allCases.map(\.rawValue)
    return { text in
      if let choice = C(rawValue: text) ?? C(rawValue: text.lowercased()) { return choice }
      throw ParseError(option, text, "is not a valid value\(Spelling.hint(for: text, among: known))")
    }
  }

  /// Parses cases of an enumeration, separated by commas.
  static func choices<C: CaseIterable & RawRepresentable<String> & Sendable>(
    _ option: String, _ kind: C.Type
  ) -> @Sendable (String) throws -> [String] {
    let one: @Sendable (String) throws -> C = choice(option)
    return { text in
      let parts = text.split(separator: ",").map { String($0).trimmingWhitespace }
      guard !parts.isEmpty else { throw ParseError(option, text, "is empty") }
      return try parts.map { try one($0).rawValue }
    }
  }

  /// Parses a seed; `random` draws one.
  static func seed(_ option: String) -> @Sendable (String) throws -> Seed {
    { text in
      if text == "random" { return Seed(value: UInt64.random(in: 1...999_999_999)) }
      guard let value = UInt64(text) else {
        throw ParseError(
          option, text, "is not a whole number from 0 to \(UInt64.max); write a number like '7', or 'random'")
      }
      return Seed(value: value)
    }
  }

  /// Parses seeds: `7`, `1..10`, `1,4,7..9`.
  static func seeds(_ option: String) -> @Sendable (String) throws -> [UInt64] {
    { text in
      do { return try Variations.seeds(text) } catch { throw ParseError(option, error) }
    }
  }

  /// Parses an override: `key.key=value`.
  static func override(_ option: String) -> @Sendable (String) throws -> Override {
    { text in
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw ParseError(option, text, "is not of the form 'key=value', such as 'layers.tap.level=-12dB'")
      }
      return Override(path: String(text[..<sign]), value: String(text[sign...].dropFirst()))
    }
  }

  /// Parses one of several equal parts: `3/16`.
  static func part<Part>(
    _ option: String, _ read: @Sendable @escaping (String) -> Part?
  ) -> @Sendable (String) throws -> Part {
    { text in
      guard let part = read(text) else {
        throw ParseError(option, text, "is not of the form 'i/n', such as '3/8'")
      }
      return part
    }
  }
}

/// A time in seconds on the command line.
struct Seconds {
  let value: Double
}

/// An override of a preset's value on the command line: `layers.tap.level=-12dB`.
struct Override {
  let path: String
  let value: String
}

/// A seed on the command line.
struct Seed {
  let value: UInt64
}
