/// A brush and what it strokes.
public enum BrushMaterial: String, Choice {
  case hair, microphone, makeup, fabric

  /// The constants of the contact: fitted to recordings, except for `makeup`.
  package var model: ContactModel {
    switch self {
    case .hair:
      ContactModel(
        bandHz: 900...8000, grainsPerSecond: 108, grainSeconds: 0.5e-3...4e-3, grainSpreadDB: 7.5,
        tangles: 0.06, hissDB: -15, rumbleDB: -19, calibrationDB: -4.6)
    case .microphone:
      ContactModel(
        bandHz: 200...5000, grainsPerSecond: 60, grainSeconds: 0.4e-3...3e-3, grainSpreadDB: 6,
        tangles: 0.02, hissDB: -12, rumbleDB: -15, calibrationDB: 2.3)
    case .makeup:
      ContactModel(
        bandHz: 500...6000, grainsPerSecond: 40, grainSeconds: 0.5e-3...2.5e-3, grainSpreadDB: 6,
        tangles: 0, hissDB: -13, rumbleDB: -20, calibrationDB: 6.7)
    case .fabric:
      ContactModel(
        bandHz: 500...6000, grainsPerSecond: 84, grainSeconds: 0.5e-3...3e-3, grainSpreadDB: 6.5,
        tangles: 0.02, hissDB: -15, rumbleDB: -22, calibrationDB: 4.5)
    }
  }

  /// The manner of the hand.
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
