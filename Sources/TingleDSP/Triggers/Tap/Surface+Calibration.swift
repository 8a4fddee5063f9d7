extension Surface {
  /// The share of this surface in `Tap.calibrationDB`, in decibels. Touches between the taps knock the table
  /// under an object, too.
  var calibrationDB: Double {
    switch self {
    case .book: -1.5
    case .glass, .ceramic, .tin: -0.9
    default: 0
    }
  }
}
