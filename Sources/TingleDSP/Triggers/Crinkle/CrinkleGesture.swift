/// The movement of a hand that crinkles a sheet; `mixed` draws one for each voice.
public enum CrinkleGesture: String, Choice {
  case mixed, fiddle, squeeze, ball, unfold, rub, stroke

  /// The share of the gesture in `Crinkle.calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .mixed: 0
    case .fiddle: -1.8
    case .squeeze: 4.5
    case .ball: -1.3
    case .unfold: 3.3
    case .rub: -0.8
    case .stroke: 1.5
    }
  }
}
