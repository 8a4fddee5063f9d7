/// A brush drawn slowly through hair, over a microphone, a face, or cloth.
public struct Brush: Trigger {
  public typealias Voice = BrushVoice

  /// What brushes what.
  public var material = BrushMaterial.hair
  /// Strokes per second while the hand is at it.
  public var strokesPerSecond = 0.5
  /// How hard, in decibels.
  public var intensityDB = 0.0
  /// How long the hand rests, 1 as a calm hand does; 0 goes on without a rest.
  public var rest = 1.0
  /// How bright the bristles are, 1 the brush's own.
  public var stiffness = 1.0

  public init() {}

  public static let name = "brush"
  public static let summary =
    "a brush drawn through hair, over a microphone, a face or cloth: releases, hiss, silent turns"
  public var calibrationDB: Double { -20.5 }
  public static let parameters: [Parameter<Brush>] = [
    .choice("material", \.material, "what brushes what"),
    .number("pace", \.strokesPerSecond, 0.1...2, .perSecond, "strokes while the hand is at it"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard"),
    .number("rest", \.rest, 0...3, .none, "how long the hand rests after some strokes; 0 not at all"),
    .number("stiffness", \.stiffness, 0.4...2.5, .none, "of the bristles; stiffer is brighter"),
  ]

  /// A few strokes to a slot.
  public var timing: Timing { Timing(slotSeconds: 9, jitter: 0.1, tailSeconds: 2) }
}

/// What brushes what.
public enum BrushMaterial: String, Choice {
  case hair, microphone, makeup, fabric

  /// Held against recordings, but for make-up.
  package var model: ContactModel {
    switch self {
    case .hair:
      ContactModel(
        bandHz: 900...8000, grainsPerSecond: 108, grainSeconds: 0.5e-3...4e-3, grainSpreadDB: 7.5,
        tangles: 0.06, hissDB: -15, rumbleDB: -19, calibrationDB: -4.1)
    case .microphone:
      ContactModel(
        bandHz: 200...5000, grainsPerSecond: 60, grainSeconds: 0.4e-3...3e-3, grainSpreadDB: 6,
        tangles: 0.02, hissDB: -12, rumbleDB: -15, calibrationDB: 2.3)
    case .makeup:
      ContactModel(
        bandHz: 500...6000, grainsPerSecond: 40, grainSeconds: 0.5e-3...2.5e-3, grainSpreadDB: 6,
        tangles: 0, hissDB: -13, rumbleDB: -20, calibrationDB: 7.2)
    case .fabric:
      ContactModel(
        bandHz: 500...6000, grainsPerSecond: 84, grainSeconds: 0.5e-3...3e-3, grainSpreadDB: 6.5,
        tangles: 0.02, hissDB: -15, rumbleDB: -22, calibrationDB: 4.5)
    }
  }

  package var manner: HandMotion.Manner {
    switch self {
    case .hair:
      .init(
        seconds: 1...2.6, pauseSeconds: 0.05...0.2, restSeconds: 0.2...0.8, strokes: 3...8, returns: 0)
    case .microphone:
      .init(
        seconds: 0.5...1.6, pauseSeconds: 0.05...0.2, restSeconds: 0.3...1, strokes: 3...8, returns: 0.6)
    case .makeup:
      .init(
        seconds: 0.4...1.2, pauseSeconds: 0.05...0.25, restSeconds: 0.4...1.2, strokes: 4...9, returns: 0.4)
    case .fabric:
      .init(
        seconds: 0.4...1.4, pauseSeconds: 0.05...0.18, restSeconds: 0.2...0.8, strokes: 3...8, returns: 0.5)
    }
  }
}
