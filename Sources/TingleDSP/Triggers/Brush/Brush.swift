/// A brush that strokes hair, a microphone, a face or cloth slowly.
public struct Brush: Trigger {
  public typealias Voice = BrushVoice

  /// The brush and what it strokes.
  public var material = BrushMaterial.hair
  /// The rate of strokes between the rests, per second.
  public var strokesPerSecond = 0.5
  /// The force of the hand, in decibels.
  public var intensityDB = 0.0
  /// A factor on the rests of the hand; 0 is without rests.
  public var rest = 1.0
  /// A factor on the frequencies of the bristles; stiffer bristles are brighter.
  public var stiffness = 1.0

  public init() {}

  public static let name = "brush"
  public static let summary =
    "a brush on hair, a microphone, a face or cloth: bristles, hiss, silent turns"
  public var calibrationDB: Double { -20.5 }
  public static let parameters: [Parameter<Brush>] = [
    .choice("material", \.material, "the brush and what it strokes"),
    .number("pace", \.strokesPerSecond, 0.1...2, .perSecond, "the rate of strokes between the rests"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the hand"),
    .number("rest", \.rest, 0...3, .none, "a factor on the rests between runs of strokes; 0 for none"),
    .number("stiffness", \.stiffness, 0.4...2.5, .none, "the stiffness of the bristles; stiffer is brighter"),
  ]

  /// A run of strokes per slot.
  public var timing: Timing { Timing(slotSeconds: 9, jitter: 0.1, tailSeconds: 2) }
}
