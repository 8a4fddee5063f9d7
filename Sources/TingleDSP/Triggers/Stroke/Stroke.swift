/// A hand that strokes skin, fur, velvet or a beard slowly.
public struct Stroke: Trigger {
  public typealias Voice = StrokeVoice

  /// The material that the hand strokes.
  public var material = StrokeMaterial.skin
  /// The rate of strokes between the rests, per second.
  public var strokesPerSecond = 0.5
  /// The force of the hand, in decibels.
  public var intensityDB = 0.0
  /// A factor on the rests of the hand; 0 is without rests.
  public var rest = 1.0
  /// The level of the breath of the animal or person, relative to a stroke, in decibels; -60 for none.
  public var breathDB = -60.0

  public init() {}

  public static let name = "stroke"
  public static let summary = "a slow hand on skin, fur, velvet or a beard, with silent turns"
  public var calibrationDB: Double { -20.3 }
  public static let parameters: [Parameter<Stroke>] = [
    .choice("material", \.material, "the material that the hand strokes"),
    .number(
      "pace", \.strokesPerSecond, 0.1...2, .perSecond, "the rate of strokes between the rests"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the hand"),
    .number("rest", \.rest, 0...3, .none, "a factor on the rests between runs of strokes; 0 for none"),
    .number(
      "breath-level", \.breathDB, -60...0, .decibels, names: ["none": -60],
      "the level of the slow breath of the animal or person"),
  ]

  /// A run of strokes per slot; the last breath can sound longer.
  public var timing: Timing { Timing(slotSeconds: 9, jitter: 0.1, tailSeconds: 5) }
}
