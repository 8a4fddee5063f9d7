/// Small things that knock together: marbles, beads, the lid of a jar.
public struct Beads: Trigger {
  public typealias Voice = BeadsVoice

  /// What knocks together.
  public var kind = BeadsKind.marbles
  /// The rate of the moves of the hand, or of lids that open, per second.
  public var movesPerSecond = 0.6
  /// The force of the hand, in decibels; a harder knock is also brighter.
  public var intensityDB = 0.0
  /// How many there are relative to the usual number: more knock more often.
  public var amount = 1.0
  /// The size of each: twice the size is an octave lower.
  public var size = 1.0

  public init() {}

  public static let name = "beads"
  public static let summary = "small things that knock together in a hand: marbles, beads, the pop of a lid"
  public var calibrationDB: Double { kind.model.calibrationDB }
  public static let parameters: [Parameter<Beads>] = [
    .choice("kind", \.kind, "what knocks together"),
    .number("pace", \.movesPerSecond, 0.1...2, .perSecond, "the rate of the moves of the hand, or of lids"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force; a harder knock is also brighter"),
    .number("amount", \.amount, 0.25...4, .none, "how many there are; more knock more often"),
    .number("size", \.size, 0.5...3, .none, "the size of each; twice the size is an octave lower"),
  ]

  /// Some moves of the hand, or one lid, for each slot.
  public var timing: Timing {
    kind == .lid
      ? Timing(slotSeconds: 1 / movesPerSecond, jitter: 0.25, tailSeconds: BeadsVoice.tailSeconds)
      : Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: BeadsVoice.tailSeconds)
  }
}
