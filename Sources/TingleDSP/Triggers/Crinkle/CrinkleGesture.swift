/// The movement of a hand that crinkles a sheet; `mixed` draws one for each voice.
public enum CrinkleGesture: String, Choice {
  case mixed, fiddle, squeeze, ball, unfold, rub, stroke

  /// The share of the gesture in `Crinkle.calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .mixed, .squeeze: 0
    case .fiddle: -0.8
    case .ball: -2.5
    case .unfold, .rub: 1.4
    case .stroke: 2.4
    }
  }
}
