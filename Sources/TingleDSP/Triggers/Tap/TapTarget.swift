/// An object that is tapped, with the gains of what sounds at each tap.
struct TapTarget: Sendable {
  let object: StruckObject
  /// The gain of the object, at which all pairs of object and tool are about equally loud.
  let gain: Double
  /// The gain of the table under the object; 0 without a table.
  let tableGain: Double
  /// The gain of the scrape of skin over a grille, relative to the tap; 0 without a grille.
  let grilleGain: Double

  /// A tool with a longer contact is soft: skin, which scrapes.
  private static let skinContactSeconds = 0.5e-3

  /// Draws an object.
  /// - Parameter draws: the random stream; the same stream gives the same object.
  init(_ surface: Surface, size: Double, tool: ToolModel, draws: Draws, sampleRate: Double) {
    object = StruckObject(surface, size: size, draws: draws, sampleRate: sampleRate)
    let table = surface.tableDB.map { Maths.amplitude(dB: $0) } ?? 0
    let isSkin = tool.contactSeconds > Self.skinContactSeconds
    grilleGain = isSkin ? surface.grilleDB.map { Maths.amplitude(dB: $0) } ?? 0 : 0
    // What is added does not make the tap louder.
    let share = 1 / (1 + table * table + grilleGain * grilleGain).squareRoot()
    gain = share * Hit.calibratedGain(on: object, with: tool)
    tableGain = share * table
  }
}
