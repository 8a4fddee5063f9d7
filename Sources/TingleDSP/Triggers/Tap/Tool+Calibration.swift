extension Tool {
  /// The share of this tool in `Tap.calibrationDB`, in decibels.
  var calibrationDB: Double { self == .pad ? 1 : 0 }
}
