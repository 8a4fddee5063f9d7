extension Surface {
  /// The level of the table under the object relative to a tap on the object, in decibels; nil for an
  /// object that is held, or that is a table itself.
  ///
  /// Glass, china and tins ring above 700 Hz. Recorded ones also have 130 to 700 Hz: what they stand on.
  var tableDB: Double? {
    switch self {
    case .glass, .tin, .ceramic: 0
    default: nil
    }
  }

  /// The level at which skin scrapes over the wires of a grille, relative to the tap, in decibels; nil for a
  /// surface without one.
  var grilleDB: Double? { self == .microphone ? -8 : nil }
}
