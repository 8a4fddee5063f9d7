extension Surface {
  /// The share of this surface in `Tap.calibrationDB`, in decibels. Touches between the taps knock the table
  /// under an object, too.
  var calibrationDB: Double {
    switch self {
    case .glass, .ceramic, .tin: -0.6
    default: 0
    }
  }
}
