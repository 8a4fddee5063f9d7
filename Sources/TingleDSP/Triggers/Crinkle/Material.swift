/// What is crinkled.
public enum Material: String, Choice {
  case paper, tissue, bag, foil, cellophane
  case bubbleWrap = "bubble-wrap"
  case crispPacket = "crisp-packet"
  case carrierBag = "carrier-bag"

  /// Its part of the trigger's `calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .tissue: -1.6
    case .foil: 0.6
    case .paper, .bag, .cellophane, .bubbleWrap, .crispPacket, .carrierBag: 0
    }
  }
}

/// The figures of a material.
///
/// Energies of the snaps follow a bounded power law: exponents of 1.3 to 1.6 for paper, P. A. Houle and J. P. Sethna,
/// Phys. Rev. E 54 (1996) 278; 1.0 over six decades for polyester film, E. M. Kramer and A. E. Lobkovsky, Phys. Rev. E
/// 53 (1996) 1465, who also found snaps to come in clusters.
package struct MaterialModel: Sendable {
  /// p(E) ∝ E^-exponent over so many decades.
  package var energy: (exponent: Double, decades: Double)
  /// The lowest frequency of the largest and of the smallest facet.
  var facetHz: ClosedRange<Double>
  /// T60 of the smallest and of the largest facet.
  var t60Seconds: ClosedRange<Double>
  /// The length of a snap's pulse.
  var pulseSeconds: ClosedRange<Double>
  /// Modes of a facet.
  var modes: Int
  /// The snap's noise, relative to its modes.
  var noiseDB: Double
  /// How many snaps a snap sets off, on average.
  package var branching: Double
  /// The sliding of the sheet on itself, relative to the highest thousandth of the snaps.
  var frictionDB: Double

  /// The material of a sheet as it lies in the hand.
  ///
  /// A plate's modes rise with the root of its stiffness and fall with its facets' size; creases make it limp: more,
  /// smaller and duller snaps, more sliding.
  package func handled(stiffness: Double, size: Double, age: Double) -> MaterialModel {
    var law = self
    let stiff = Maths.log2(stiffness)
    law.energy.exponent = max(1.02, energy.exponent - 0.06 * stiff + 0.2 * (age - 0.2))
    law.energy.decades = max(2.5, energy.decades + 0.2 * stiff - 1.2 * (age - 0.2))
    let pitch = Maths.exp2(0.4 * stiff - 0.35 * (age - 0.2))
    let largest = Maths.pow(size, -0.6)
    law.facetHz =
      max(
        200, facetHz.lowerBound * pitch * largest)...min(
        14000, facetHz.upperBound * pitch * largest.squareRoot())
    let ring = Maths.exp2(0.2 * stiff - 0.7 * (age - 0.2))
    law.t60Seconds =
      t60Seconds.lowerBound * ring...min(0.15, t60Seconds.upperBound * ring * Maths.pow(size, 0.4))
    law.pulseSeconds =
      pulseSeconds.lowerBound / pitch...pulseSeconds.upperBound / pitch
    law.frictionDB = frictionDB + 4 * (age - 0.2)
    return law
  }
}
