/// A pen to write with.
public enum Pen: String, Choice {
  case pencil, ballpoint
  case brush
  case henna

  /// The constants of the contact of the pen with the paper.
  var model: ContactModel {
    switch self {
    case .pencil:
      ContactModel(
        bandHz: 1000...7500, grainsPerSecond: 95, grainSeconds: 1e-3...6.3e-3, grainSpreadDB: 10,
        tangles: 0.05, hissDB: -19, rumbleDB: -11, rumbleHz: 130...420)
    case .ballpoint:
      ContactModel(
        bandHz: 800...6500, grainsPerSecond: 60, grainSeconds: 0.85e-3...4.9e-3, grainSpreadDB: 9,
        tangles: 0.05, hissDB: -22, rumbleDB: -13, rumbleHz: 130...380)
    case .brush:
      ContactModel(
        bandHz: 350...3800, grainsPerSecond: 55, grainSeconds: 1.4e-3...6.3e-3, grainSpreadDB: 9,
        tangles: 0.04, hissDB: -19, rumbleDB: -20, rumbleHz: 90...350)
    case .henna:
      ContactModel(
        bandHz: 300...3000, grainsPerSecond: 26, grainSeconds: 1.7e-3...7e-3, grainSpreadDB: 9,
        tangles: 0.06, hissDB: -19, rumbleDB: -20, rumbleHz: 90...350)
    }
  }

  /// The gain that makes the pen as loud as the others, in decibels.
  var calibrationDB: Double {
    switch self {
    case .pencil: -3
    case .ballpoint: 0.6
    case .brush: -0.1
    case .henna: 1.4
    }
  }

  /// A factor on the length of a letter, relative to a pencil.
  var slowness: Double { self == .henna ? 3 : self == .brush ? 1.8 : 1 }
  /// The level of the pen landing on the table.
  var landingDB: Double {
    switch self {
    case .pencil: -5
    case .ballpoint: -4
    case .brush: -18
    case .henna: -24
    }
  }
}
