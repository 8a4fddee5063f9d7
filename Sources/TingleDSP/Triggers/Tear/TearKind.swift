/// What comes apart.
public enum TearKind: String, Choice {
  case paper, tape, velcro, zipper
}

extension TearKind {
  /// The constants of the contact: fibres that break, bands of glue, hooks, or teeth.
  var model: ContactModel {
    switch self {
    case .paper:
      ContactModel(
        bandHz: 615...7.63e+03, grainsPerSecond: 260, grainSeconds: 0.0003...0.0034, grainSpreadDB: 6,
        tangles: 0.0372, hissDB: -14.3, rumbleDB: -23.8, rumbleHz: 150...700, unrestDB: 6)
    case .tape:
      ContactModel(
        bandHz: 1200...8500, grainsPerSecond: 300, grainSeconds: 0.25e-3...1.2e-3, grainSpreadDB: 4,
        tangles: 0.02, hissDB: -12, rumbleDB: -14, rumbleHz: 200...900, unrestDB: 7)
    case .velcro:
      ContactModel(
        bandHz: 500...7000, grainsPerSecond: 420, grainSeconds: 0.3e-3...2e-3, grainSpreadDB: 6,
        tangles: 0.08, hissDB: -16, rumbleDB: -12, rumbleHz: 120...600, unrestDB: 5)
    case .zipper:
      ContactModel(
        bandHz: 3e+03...7.5e+03, grainsPerSecond: 110, grainSeconds: 0.00035...0.0025, grainSpreadDB: 2.5,
        tangles: 0, hissDB: -19.5, rumbleDB: -13.2, rumbleHz: 200...900, unrestDB: 6, regularity: 0.95)
    }
  }

  /// The range of the length of a pull at the usual speed, in seconds.
  var pullSeconds: ClosedRange<Double> {
    switch self {
    case .paper: 0.9...2
    case .tape: 0.8...1.8
    case .velcro: 0.6...1.3
    case .zipper: 0.5...1.1
    }
  }

  /// How unevenly the hand moves: the standard deviation of the logarithm of its speed. Glue and hooks hold
  /// and let go.
  var stickSlip: Double {
    switch self {
    case .paper: 0.63
    case .tape: 0.75
    case .velcro: 0.45
    case .zipper: 0.15
    }
  }

  /// The time constant of holding and letting go, in seconds.
  var stickSeconds: Double {
    switch self {
    case .paper: 0.06
    case .tape: 0.022
    case .velcro: 0.05
    case .zipper: 0.06
    }
  }

  /// Whether the hand goes back: a zipper is closed again after it was opened.
  var goesBack: Bool { self == .zipper }

  /// The gain that makes all kinds equally loud.
  var calibrationDB: Double {
    switch self {
    case .paper: -28.4
    case .tape: -28
    case .velcro: -28.2
    case .zipper: -19.8
    }
  }
}
