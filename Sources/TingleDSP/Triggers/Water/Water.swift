/// Water: drops, a vessel filled, something rinsed, dishes washed slowly and with care.
public struct Water: Trigger {
  public typealias Voice = WaterVoice

  /// What happens with it.
  public var kind = WaterKind.drops
  /// The rate of all events relative to the usual one.
  public var speed = 1.0
  /// How hard, in decibels.
  public var intensityDB = 0.0
  /// How large the vessel is, 1 a glass or a small bowl.
  public var size = 1.0
  /// How long the hand rests, 1 as a calm hand does.
  public var rest = 1.0

  public init() {}

  public static let name = "water"
  public static let summary =
    "water: drops, pouring into a vessel that fills, rinsing, dishes washed with care"
  public var calibrationDB: Double { -10.0 }
  public static let parameters: [Parameter<Water>] = [
    .choice("kind", \.kind, "what happens with it"),
    .number("speed", \.speed, 0.2...4, .none, "the rate of all events; 1 is the usual one"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard"),
    .number("size", \.size, 0.4...3, .none, "of the vessel; larger is lower"),
    .number("rest", \.rest, 0...3, .none, "how long the hand rests between pours, or plates"),
  ]

  /// Some seconds of drops or of washing, or one vessel filled.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 2) }
}

/// What happens with water.
public enum WaterKind: String, Choice {
  case drops, pour, rinse, dishes

  /// What makes it as loud as the others.
  var calibrationDB: Double {
    switch self {
    case .drops: -1.6
    case .pour: -5.8
    case .rinse: -4.1
    case .dishes: 1.3
    }
  }
}
