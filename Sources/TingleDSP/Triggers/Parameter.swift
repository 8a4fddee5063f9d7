/// One parameter of a trigger, a layer or the master: declared once, used to parse, validate, list and print.
public struct Parameter<Root>: Sendable {
  /// The word used in presets and on the command line.
  public let name: String
  /// What it does, in a few words.
  public let summary: String
  /// What it accepts.
  public let kind: ParameterKind
  /// Reads it.
  public let get: @Sendable (Root) -> ParameterValue
  /// Writes a value that `kind` accepts.
  public let set: @Sendable (inout Root, ParameterValue) -> Void

  /// A number with a unit and a range; `names` are words that stand for certain values.
  public static func number(
    _ name: String, _ path: WritableKeyPath<Root, Double> & Sendable, _ range: ClosedRange<Double>,
    _ unit: ParameterUnit, names: KeyValuePairs<String, Double> = [:], _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .number(range, unit, names: names.map { ($0.key, $0.value) }),
      get: { .number($0[keyPath: path]) },
      set: { root, value in
        if case .number(let number) = value { root[keyPath: path] = number }
      })
  }

  /// A number with a unit and a range, or a word for nothing.
  public static func number(
    _ name: String, _ path: WritableKeyPath<Root, Double?> & Sendable, _ range: ClosedRange<Double>,
    _ unit: ParameterUnit, none: String, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .number(range, unit, names: [(none, .nan)]),
      get: { root in root[keyPath: path].map { .number($0) } ?? .word(none) },
      set: { root, value in
        if case .number(let number) = value { root[keyPath: path] = number.isNaN ? nil : number }
      })
  }

  /// A whole number: a count, a seed.
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

  /// One of a few words.
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

  /// One of a few words, or the word `none` for nothing.
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

  /// A line of text, shorter than `limit` characters; `refusal` says what is wrong with one, as the end of a
  /// sentence.
  public static func text(
    _ name: String, _ path: WritableKeyPath<Root, String> & Sendable, limit: Int,
    refusal: @escaping @Sendable (String) -> String? = { _ in nil }, _ summary: String
  ) -> Self {
    Self(
      name: name, summary: summary, kind: .text(limit: limit, refusal: refusal),
      get: { .word($0[keyPath: path]) },
      set: { root, value in
        if case .word(let word) = value { root[keyPath: path] = word }
      })
  }
}

/// A set of words to choose from.
public protocol Choice: CaseIterable, RawRepresentable<String>, Sendable {}

/// What a parameter accepts.
public enum ParameterKind: Sendable {
  /// A number in this range, written with this unit, or one of these words.
  case number(ClosedRange<Double>, ParameterUnit, names: [(word: String, value: Double)])
  /// A whole number in this range, without a unit.
  case whole(ClosedRange<UInt64>)
  /// One of these words.
  case choice([String])
  /// Text, shorter than so many characters, with nothing wrong about it.
  case text(limit: Int, refusal: @Sendable (String) -> String?)
}

/// A parameter's value, as parsed.
public enum ParameterValue: Sendable, Equatable {
  /// In the unit's base: seconds, hertz, decibels, degrees, metres.
  case number(Double)
  /// A count or a seed.
  case whole(UInt64)
  /// A choice or a text.
  case word(String)
}

/// The dimension of a number, named by the unit in which the code keeps it.
public enum ParameterUnit: String, Sendable, CaseIterable {
  /// A plain number or a share; no unit is written.
  case none
  /// Levels.
  case decibels = "dB"
  /// Times.
  case seconds = "s"
  /// Frequencies of sound.
  case hertz = "Hz"
  /// How often something happens.
  case perSecond = "/s"
  /// Angles.
  case degrees = "°"
  /// Lengths.
  case metres = "m"
  /// Loudness.
  case loudness = "LUFS"
  /// Differences of loudness.
  case loudnessUnits = "LU"
  /// Slopes of a spectrum.
  case decibelsPerOctave = "dB/oct"
}
