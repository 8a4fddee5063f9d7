/// The movement of a hand that crinkles a sheet; `mixed` draws one for each voice.
public enum CrinkleGesture: String, Choice {
  case mixed, fiddle, squeeze, ball, unfold, rub, stroke

  /// The share of the gesture in `Crinkle.calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .mixed: 0
    case .fiddle: -0.5
    case .squeeze: 2.8
    case .ball: -2.2
    case .unfold: 2.2
    case .rub: -1.1
    case .stroke: 0.9
    }
  }
}
