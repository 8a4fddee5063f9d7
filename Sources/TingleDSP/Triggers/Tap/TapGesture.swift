/// The pattern of the fingers; `mixed` draws one for each phrase.
public enum TapGesture: String, Choice {
  case mixed, single, alternate, roll, flutter, explore, drum

  /// The share of the gesture in `Tap.calibrationDB`, in decibels.
  var calibrationDB: Double { self == .explore ? 3.8 : 0 }
}
