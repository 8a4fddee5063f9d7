/// A word of an earlier version and the word that replaced it. Errors about the old word name the new one.
package struct RenamedWord: Sendable {
  /// What a word names.
  package enum Kind: Hashable, Sendable {
    case trigger
    /// A parameter of a trigger.
    case parameter(trigger: String)
    /// The value of a parameter that takes one of a few words.
    case value(parameter: String)
    /// Words of a place: a direction or a motion.
    case place
    /// An option of a command, with its dashes.
    case option(command: String)
    /// A key of a batch plan.
    case planKey
  }

  let kind: Kind
  let old: String
  let new: String

  /// All renamed words.
  private static let all: [RenamedWord] = [
    .init(kind: .trigger, old: "room", new: "roomtone"),
    .init(kind: .parameter(trigger: "clock"), old: "limp", new: "swing"),
    .init(kind: .parameter(trigger: "noise"), old: "softness", new: "treble-cut"),
    .init(kind: .parameter(trigger: "page"), old: "haste", new: "speed"),
    .init(kind: .parameter(trigger: "rain"), old: "on", new: "surface"),
    .init(kind: .parameter(trigger: "rain"), old: "softness", new: "treble-cut"),
    .init(kind: .parameter(trigger: "rain"), old: "wash", new: "diffuse"),
    .init(kind: .parameter(trigger: "scissors"), old: "slowness", new: "speed"),
    .init(kind: .parameter(trigger: "stroke"), old: "breathing", new: "breath-level"),
    .init(kind: .parameter(trigger: "tap"), old: "other", new: "other-surface"),
    .init(kind: .parameter(trigger: "water"), old: "speed", new: "pace"),
    .init(kind: .parameter(trigger: "whisper"), old: "breath", new: "inhale"),
    .init(kind: .parameter(trigger: "whisper"), old: "breathing", new: "breath-pace"),
    .init(kind: .value(parameter: "motion"), old: "brush-past", new: "pass-by"),
    .init(kind: .place, old: "brush past", new: "pass by"),
    .init(kind: .option(command: "render"), old: "--dry", new: "--no-bed"),
    .init(kind: .option(command: "whisper"), old: "--dry", new: "--no-breath"),
    .init(kind: .planKey, old: "dry", new: "no-bed"),
  ]

  /// The word that replaced `word`, or nil if it was not renamed.
  package static func replacement(for word: String, _ kind: Kind) -> String? {
    all.first { $0.kind == kind && $0.old == word }?.new
  }

  /// The end of an error message about an unknown word: "; it is now 'x'", else `Spelling.hint`.
  package static func hint(for word: String, _ kind: Kind, among known: [String]) -> String {
    replacement(for: word, kind).map { "; it is now '\($0)'" } ?? Spelling.hint(for: word, among: known)
  }
}
