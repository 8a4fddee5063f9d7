/// A hand that strokes skin, fur or velvet, as slowly as touch is liked best.
public struct Stroke: Trigger {
  public typealias Voice = StrokeVoice

  /// What is stroked.
  public var material = StrokeMaterial.skin
  /// Strokes per second while the hand is at it.
  public var strokesPerSecond = 0.5
  /// How hard, in decibels.
  public var intensityDB = 0.0
  /// How long the hand rests, 1 as a calm hand does; 0 goes on without a rest.
  public var rest = 1.0
  /// The level of the breath of the animal or person, relative to a stroke, in decibels; -60 for none.
  public var breathDB = -60.0

  public init() {}

  public static let name = "stroke"
  public static let summary = "a hand on skin, fur, velvet or a beard, slow, with silent turns"
  public var calibrationDB: Double { -20.3 }
  public static let parameters: [Parameter<Stroke>] = [
    .choice("material", \.material, "what is stroked"),
    .number(
      "pace", \.strokesPerSecond, 0.1...2, .perSecond, "strokes while the hand is at it"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard"),
    .number("rest", \.rest, 0...3, .none, "how long the hand rests after some strokes; 0 not at all"),
    .number(
      "breath-level", \.breathDB, -60...0, .decibels, names: ["none": -60],
      "the slow breath of the animal or person, relative to a stroke"),
  ]

  /// A few strokes to a slot; the last breath may go on.
  public var timing: Timing { Timing(slotSeconds: 9, jitter: 0.1, tailSeconds: 5) }
}

/// What is stroked.
public enum StrokeMaterial: String, Choice {
  case skin, fur, velvet, beard

  /// Skin held against recordings; the others from it, by what their hairs are.
  package var model: ContactModel {
    switch self {
    case .skin:
      ContactModel(
        bandHz: 250...4500, grainsPerSecond: 48, grainSeconds: 0.5e-3...2.5e-3, grainSpreadDB: 5,
        tangles: 0.01, hissDB: -11, rumbleDB: -18, calibrationDB: -1.6)
    case .fur:
      ContactModel(
        bandHz: 300...5000, grainsPerSecond: 36, grainSeconds: 0.6e-3...3e-3, grainSpreadDB: 4,
        tangles: 0.01, hissDB: -9, rumbleDB: -17, calibrationDB: -1.1)
    case .velvet:
      ContactModel(
        bandHz: 450...5500, grainsPerSecond: 45, grainSeconds: 0.6e-3...2.5e-3, grainSpreadDB: 6.5,
        tangles: 0.01, hissDB: -14, rumbleDB: -20, calibrationDB: 0.5)
    case .beard:
      ContactModel(
        bandHz: 900...7500, grainsPerSecond: 110, grainSeconds: 0.6e-3...3.5e-3, grainSpreadDB: 7,
        tangles: 0.03, hissDB: -15, rumbleDB: -20, calibrationDB: 1.2)
    }
  }

  package var manner: HandMotion.Manner {
    switch self {
    case .skin:
      .init(
        seconds: 0.8...2.2, pauseSeconds: 0.06...0.3, restSeconds: 0.4...1.2, strokes: 3...7, returns: 0.5)
    case .fur:
      // With the hair, never against it.
      .init(
        seconds: 1...2.4, pauseSeconds: 0.15...0.5, restSeconds: 0.5...1.5, strokes: 3...7, returns: 0)
    case .velvet:
      .init(
        seconds: 0.7...1.8, pauseSeconds: 0.06...0.25, restSeconds: 0.4...1.2, strokes: 3...8, returns: 0.6)
    case .beard:
      .init(
        seconds: 0.5...1.3, pauseSeconds: 0.05...0.25, restSeconds: 0.3...1, strokes: 2...6, returns: 0.3)
    }
  }
}
