/// Scissors that open and close slowly near the ear.
public struct Scissors: Trigger {
  public typealias Voice = ScissorsVoice

  /// The material that is cut.
  public var material = ScissorsMaterial.hair
  /// The rate of cuts, per second.
  public var cutsPerSecond = 0.7
  /// The force of the hand, in decibels.
  public var intensityDB = 0.0
  /// The speed of the blades; 1 is a calm hand.
  public var speed = 1.0

  public init() {}

  public static let name = "scissors"
  public static let summary =
    "scissors: the scrape of the blades, the ticks of the cut, the snap as they close, falling hair"
  public var calibrationDB: Double { -10.1 + material.calibrationDB }
  public static let parameters: [Parameter<Scissors>] = [
    .choice("material", \.material, "the material that is cut"),
    .number("pace", \.cutsPerSecond, 0.1...3, .perSecond, "the rate of cuts"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the hand"),
    .number("speed", \.speed, 0.35...2, .none, "the speed of the blades; 0.5 takes twice as long to close"),
  ]

  /// One cut per slot.
  public var timing: Timing {
    Timing(slotSeconds: 1 / cutsPerSecond, jitter: 0.3, tailSeconds: 1 + 1.2 / speed)
  }
}
