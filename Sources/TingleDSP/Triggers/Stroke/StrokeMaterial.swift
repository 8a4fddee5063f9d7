/// A material that a hand strokes.
public enum StrokeMaterial: String, Choice {
  case skin, fur, velvet, beard

  /// The constants of the contact: fitted to recordings for skin, and derived from skin for the others.
  package var model: ContactModel {
    switch self {
    case .skin:
      ContactModel(
        bandHz: 250...4500, grainsPerSecond: 48, grainSeconds: 0.5e-3...2.5e-3, grainSpreadDB: 5,
        tangles: 0.01, hissDB: -11, rumbleDB: -18, calibrationDB: -1.1)
    case .fur:
      ContactModel(
        bandHz: 300...5000, grainsPerSecond: 36, grainSeconds: 0.6e-3...3e-3, grainSpreadDB: 4,
        tangles: 0.01, hissDB: -9, rumbleDB: -17, calibrationDB: -4.1, unrestDB: 6)
    case .velvet:
      ContactModel(
        bandHz: 450...5500, grainsPerSecond: 45, grainSeconds: 0.6e-3...2.5e-3, grainSpreadDB: 6.5,
        tangles: 0.01, hissDB: -14, rumbleDB: -20, calibrationDB: 0.5)
    case .beard:
      ContactModel(
        bandHz: 900...7500, grainsPerSecond: 110, grainSeconds: 0.6e-3...3.5e-3, grainSpreadDB: 7,
        tangles: 0.03, hissDB: -15, rumbleDB: -20, calibrationDB: 0.7)
    }
  }

  /// The manner of the hand.
  package var manner: HandMotion.Manner {
    switch self {
    case .skin:
      .init(
        seconds: 0.8...2.2, pauseSeconds: 0.06...0.3, restSeconds: 0.4...1.2, strokes: 3...7, returns: 0.5)
    case .fur:
      // Only with the lie of the hair.
      .init(
        seconds: 1...2.4, pauseSeconds: 0.15...0.5, restSeconds: 0.5...1.5, strokes: 3...7, returns: 0,
        tremor: 0.05)
    case .velvet:
      .init(
        seconds: 0.7...1.8, pauseSeconds: 0.06...0.25, restSeconds: 0.4...1.2, strokes: 3...8, returns: 0.6)
    case .beard:
      .init(
        seconds: 0.5...1.3, pauseSeconds: 0.05...0.25, restSeconds: 0.3...1, strokes: 2...6, returns: 0.3,
        tremor: 0.05)
    }
  }
}
