/// The declaration of one parameter of a trigger, a layer or the master: used to parse, validate, list and
/// print.
public struct Parameter<Root>: Sendable {
  /// The name in presets and on the command line.
  public let name: String
  /// The help text: a few words.
  public let summary: String
  /// The values that the parameter accepts.
  public let kind: ParameterKind
  /// Returns the current value.
  public let get: @Sendable (Root) -> ParameterValue
  /// Sets a value that `kind` accepts.
  public let set: @Sendable (inout Root, ParameterValue) -> Void

  /// A number with a unit and a range. `names` are words that can be written instead of certain values.
  public static func number(
    _ name: String, _ path: WritableKeyPath<Root, Double> & Sendable, _ range: ClosedRange<Double>,
    _ unit: ParameterUnit, names: KeyValuePairs<String, Double> = [:], _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary,
      kind: .number(range, unit, names: names.map { ($0.key, .number($0.value)) }),
      get: { .number($0[keyPath: path]) },
      set: { root, value in
        if case .number(let number) = value { root[keyPath: path] = number }
      })
  }

  /// An optional number with a unit and a range; the word `none` stands for nil.
  public static func number(
    _ name: String, _ path: WritableKeyPath<Root, Double?> & Sendable, _ range: ClosedRange<Double>,
    _ unit: ParameterUnit, none: String, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .number(range, unit, names: [(none, .word(none))]),
      get: { root in root[keyPath: path].map { .number($0) } ?? .word(none) },
      set: { root, value in
        switch value {
        case .number(let number): root[keyPath: path] = number
        default: root[keyPath: path] = nil
        }
      })
  }

  /// A number with a unit and a range, or one of the words of `Value` that are not a number.
  static func number<Value: NumberOrWord>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ range: ClosedRange<Double>,
    _ unit: ParameterUnit, names: KeyValuePairs<String, Value>, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary,
      kind: .number(range, unit, names: names.map { ($0.key, $0.value.parameterValue) }),
      get: { $0[keyPath: path].parameterValue },
      set: { root, value in
        if let value = Value(value) { root[keyPath: path] = value }
      })
  }

  /// A whole number, such as a count or a seed.
  public static func whole<Whole: FixedWidthInteger & Sendable>(
    _ name: String, _ path: WritableKeyPath<Root, Whole> & Sendable, _ range: ClosedRange<Whole>,
    _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .whole(UInt64(range.lowerBound)...UInt64(range.upperBound)),
      get: { .whole(UInt64($0[keyPath: path])) },
      set: { root, value in
        if case .whole(let number) = value { root[keyPath: path] = Whole(number) }
      })
  }

  /// One of a set of words.
  public static func choice<C: Choice>(
    _ name: String, _ path: WritableKeyPath<Root, C> & Sendable, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .choice(C.allCases.map(\.rawValue)),
      get: { .word($0[keyPath: path].rawValue) },
      set: { root, value in
        if case .word(let word) = value, let choice = C(rawValue: word) { root[keyPath: path] = choice }
      })
  }

  /// One of a set of words, or `none` for nil.
  public static func choice<C: Choice>(
    _ name: String, _ path: WritableKeyPath<Root, C?> & Sendable, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .choice(["none"] + C.allCases.map(\.rawValue)),
      get: { .word($0[keyPath: path]?.rawValue ?? "none") },
      set: { root, value in
        if case .word(let word) = value { root[keyPath: path] = C(rawValue: word) }
      })
  }

  /// A line of text, shorter than `limit` characters. `fault` returns what is wrong with a text, as the end
  /// of a sentence, or nil.
  public static func text(
    _ name: String, _ path: WritableKeyPath<Root, String> & Sendable, limit: Int,
    fault: @escaping @Sendable (String) -> String? = { _ in nil }, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .text(limit: limit, fault: fault),
      get: { .word($0[keyPath: path]) },
      set: { root, value in
        if case .word(let word) = value { root[keyPath: path] = word }
      })
  }
}

/// An enumeration whose cases are the words of a choice.
public protocol Choice: CaseIterable, RawRepresentable<String>, Sendable {}

/// A value that is a number or one of a few words.
protocol NumberOrWord: Sendable {
  /// The value of a number or a word; nil for any other word.
  init?(_ value: ParameterValue)
  var parameterValue: ParameterValue { get }
}

/// The kind of value that a parameter accepts.
public enum ParameterKind: Sendable {
  /// A number in this range, written with this unit, or one of these words.
  case number(ClosedRange<Double>, ParameterUnit, names: [(word: String, value: ParameterValue)])
  /// A whole number in this range, without a unit.
  case whole(ClosedRange<UInt64>)
  /// One of these words.
  case choice([String])
  /// Text shorter than `limit` characters for which `fault` returns nil.
  case text(limit: Int, fault: @Sendable (String) -> String?)
}

/// The parsed value of a parameter.
public enum ParameterValue: Sendable, Equatable {
  /// A number in the base unit: seconds, hertz, decibels, degrees, metres.
  case number(Double)
  /// A count or a seed.
  case whole(UInt64)
  /// A choice or a text.
  case word(String)
}

/// The unit of a number; the raw value is the suffix in presets.
public enum ParameterUnit: String, Sendable, CaseIterable {
  /// A plain number or a ratio, written without a unit.
  case none
  /// A level.
  case decibels = "dB"
  /// A time.
  case seconds = "s"
  /// A frequency of sound.
  case hertz = "Hz"
  /// A rate of events.
  case perSecond = "/s"
  /// An angle.
  case degrees = "°"
  /// A length.
  case metres = "m"
  /// A loudness.
  case loudness = "LUFS"
  /// A difference of loudness.
  case loudnessUnits = "LU"
  /// The slope of a spectrum.
  case decibelsPerOctave = "dB/oct"
  /// A rainfall rate.
  case millimetresPerHour = "mm/h"
  case litres = "l"
  case litresPerMinute = "l/min"
}
