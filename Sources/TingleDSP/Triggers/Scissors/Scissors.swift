/// Scissors that open and close slowly by the ear: at a hairdresser's, or in paper.
public struct Scissors: Trigger {
  public typealias Voice = ScissorsVoice

  /// What is cut.
  public var material = ScissorsMaterial.hair
  /// Cuts per second.
  public var cutsPerSecond = 0.7
  /// How hard, in decibels.
  public var intensityDB = 0.0
  /// The speed of the blades, 1 for a calm hand's.
  public var speed = 1.0

  public init() {}

  public static let name = "scissors"
  public static let summary =
    "scissors: the blades' scrape, the ticks of what they cut, the snap as they close, hair falling"
  public var calibrationDB: Double { -10.1 + material.calibrationDB }
  public static let parameters: [Parameter<Scissors>] = [
    .choice("material", \.material, "what is cut"),
    .number("pace", \.cutsPerSecond, 0.1...3, .perSecond, "cuts"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard"),
    .number("speed", \.speed, 0.35...2, .none, "of the blades; 0.5 takes twice as long to close"),
  ]

  /// A cut to a slot.
  public var timing: Timing {
    Timing(slotSeconds: 1 / cutsPerSecond, jitter: 0.3, tailSeconds: 1 + 1.2 / speed)
  }
}

/// What is cut.
public enum ScissorsMaterial: String, Choice {
  case air, hair, paper

  /// Its part of the trigger's `calibrationDB`, in decibels.
  var calibrationDB: Double { self == .paper ? -1.3 : 0 }
}
