/// Water: drops, a vessel that fills, rinsing, a stream, or dishes washed slowly.
public struct Water: Trigger {
  public typealias Voice = WaterVoice

  /// What happens with the water.
  public var kind = WaterKind.drops
  /// The rate of the bubbles in running or stirred water; 1 is the usual rate.
  public var speed = 1.0
  /// The level of the water, in decibels.
  public var intensityDB = 0.0
  /// The size of the vessel; 1 is a glass or a small bowl. A larger vessel is lower.
  public var size = 1.0
  /// A factor on the rests of the hand.
  public var rest = 1.0

  public init() {}

  public static let name = "water"
  public static let summary = "water: drops, pouring into a vessel that fills, rinsing, a stream or dishes"
  public var calibrationDB: Double { -10.0 }
  public static let parameters: [Parameter<Water>] = [
    .choice("kind", \.kind, "what happens with the water"),
    .number(
      "speed", \.speed, 0.2...4, .none,
      "the rate of the bubbles in running or stirred water; 1 is the usual rate"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the water"),
    .number("size", \.size, 0.4...3, .none, "the size of the vessel; larger is lower"),
    .number("rest", \.rest, 0...3, .none, "a factor on the rests between pours or plates"),
  ]

  /// Some seconds of drops or of washing, or one vessel filled, per slot.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 2) }
}
