/// What happens with the water.
public enum WaterKind: String, Choice {
  case drops, pour, rinse, dishes

  /// The gain that makes the kind as loud as the others, in decibels.
  var calibrationDB: Double {
    switch self {
    case .drops: -1.6
    case .pour: -5.8
    case .rinse: -4.1
    case .dishes: 1.3
    }
  }
}
