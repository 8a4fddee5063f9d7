/// The material that scissors cut.
public enum ScissorsMaterial: String, Choice {
  case air, hair, paper

  /// The share of the material in `Scissors.calibrationDB`, in decibels.
  var calibrationDB: Double { self == .paper ? -1.3 : 0 }
}
