/// The constants of a sheet material: the energies of its snaps, and the modes of its facets.
///
/// The energies of snaps follow a bounded power law. Exponents are 1.3 to 1.6 for paper: P. A. Houle and J.
/// P. Sethna, Phys. Rev. E 54 (1996) 278. The exponent is 1.0 over six decades for polyester film: E. M.
/// Kramer and A. E. Lobkovsky, Phys. Rev. E 53 (1996) 1465, who also found that snaps come in clusters.
package struct MaterialModel: Sendable {
  /// The power law of the energies: p(E) ∝ E^-exponent over this number of decades.
  package var energy: (exponent: Double, decades: Double)
  /// The lowest mode of the largest and of the smallest facet.
  var facetHz: ClosedRange<Double>
  /// The decay time (T60) of the smallest and of the largest facet.
  var t60Seconds: ClosedRange<Double>
  /// The range of the length of a snap's pulse.
  var pulseSeconds: ClosedRange<Double>
  /// The number of modes of a facet, 2 ... 6.
  var modes: Int
  /// The level of a snap's noise, relative to its modes.
  var noiseDB: Double
  /// The mean number of snaps that one snap triggers.
  package var branching: Double
  /// The level of the sheet sliding on itself, relative to the strongest thousandth of the snaps.
  var frictionDB: Double
  /// The share of the snaps that are air bubbles that pop.
  var popShare = 0.0

  /// The material of a sheet with this stiffness, size and age.
  ///
  /// The modes of a plate rise with the root of its stiffness and fall with the size of its facets. Creases
  /// make it limp: more, smaller and duller snaps, and more sliding.
  package func handled(stiffness: Double, size: Double, age: Double) -> MaterialModel {
    var model = self
    let stiff = Maths.log2(stiffness)
    model.energy.exponent = max(1.02, energy.exponent - 0.06 * stiff + 0.2 * (age - 0.2))
    model.energy.decades = max(2.5, energy.decades + 0.2 * stiff - 1.2 * (age - 0.2))
    let pitch = Maths.exp2(0.4 * stiff - 0.35 * (age - 0.2))
    let largest = Maths.pow(size, -0.6)
    model.facetHz =
      max(
        200, facetHz.lowerBound * pitch * largest)...min(
        14000, facetHz.upperBound * pitch * largest.squareRoot())
    let ring = Maths.exp2(0.2 * stiff - 0.7 * (age - 0.2))
    model.t60Seconds =
      t60Seconds.lowerBound * ring...min(0.15, t60Seconds.upperBound * ring * Maths.pow(size, 0.4))
    model.pulseSeconds =
      pulseSeconds.lowerBound / pitch...pulseSeconds.upperBound / pitch
    model.frictionDB = frictionDB + 4 * (age - 0.2)
    return model
  }
}
