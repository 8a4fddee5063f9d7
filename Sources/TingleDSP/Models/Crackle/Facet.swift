/// A facet of a sheet: the area between creases, with modes of its own. One `Snap` buckles it from one side
/// to the other.
struct Facet: Sendable {
  /// 0 for the smallest facet of the material, 1 for the largest.
  private(set) var size = 0.0
  private(set) var modes = ModeSet<6>()

  /// Creates a facet without modes, to fill storage.
  init() {}

  /// Draws a facet of a material. Large facets are lower and ring longer.
  init(_ model: MaterialModel, dice: inout Dice) {
    size = dice.uniform()
    let span = model.facetHz.upperBound / model.facetHz.lowerBound
    var hz = model.facetHz.upperBound * Maths.pow(span, -size)
    let lowestHz = hz
    let t60 =
      model.t60Seconds.lowerBound
      * Maths.pow(model.t60Seconds.upperBound / model.t60Seconds.lowerBound, size)
      * dice.logNormal(sigma: 0.25)
    for n in 0..<model.modes {
      // The decay time falls with frequency as f^-½.
      let modeT60 = t60 * (lowestHz / hz).squareRoot()
      let gain = dice.gain(spreadDB: 4) * Maths.pow(Double(n + 1), -0.4)
      modes.append(
        Mode(frequencyHz: hz, dampingPerSecond: Mode.dampingPerSecond(t60Seconds: modeT60), gain: gain))
      hz *= dice.uniform(1.15...1.9)
    }
    modes.normalise()
  }

  /// Draws an air bubble that pops: lower than a facet, and shorter. The film bursts into a cavity of one or
  /// two centimetres.
  init(bubble dice: inout Dice) {
    let cavityHz = dice.logUniform(600...1400)
    let t60 = dice.uniform(0.010...0.022)
    let ratios = [1, 1.9, 3.1] as InlineArray<3, Double>
    for k in ratios.indices {
      modes.append(
        Mode(
          frequencyHz: ratios[k] * cavityHz * dice.uniform(0.95...1.05),
          dampingPerSecond: Mode.dampingPerSecond(t60Seconds: t60 / ratios[k].squareRoot()),
          gain: 1 / ratios[k]))
    }
    modes.normalise()
  }
}
