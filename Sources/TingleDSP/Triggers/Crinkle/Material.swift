/// What is crinkled.
public enum Material: String, Choice {
  case paper, tissue, bag, foil, cellophane
}

/// The figures of a material.
///
/// Energies of the snaps follow a bounded power law: exponents of 1.3 to 1.6 for paper, P. A. Houle and J. P. Sethna,
/// Phys. Rev. E 54 (1996) 278; 1.0 over six decades for polyester film, E. M. Kramer and A. E. Lobkovsky, Phys. Rev. E
/// 53 (1996) 1465, who also found snaps to come in clusters.
struct MaterialLaw: Sendable {
  /// p(E) ∝ E^-exponent over so many decades.
  let energy: (exponent: Double, decades: Double)
  /// The lowest frequency of the largest and of the smallest facet.
  let facetHz: ClosedRange<Double>
  /// T60 of the smallest and of the largest facet.
  let t60Seconds: ClosedRange<Double>
  /// The length of a snap's pulse.
  let pulseSeconds: ClosedRange<Double>
  /// Modes of a facet.
  let modes: Int
  /// The snap's noise, relative to its modes.
  let noiseDB: Double
  /// How many snaps a snap sets off, on average.
  let branching: Double
  /// The sliding of the sheet on itself, relative to the highest thousandth of the snaps.
  let frictionDB: Double
  /// How lively the material is at the same pace of the hand.
  let liveliness: Double
  /// What brings it to the loudness of the others.
  let levelDB: Double
}

extension Material {
  var law: MaterialLaw {
    switch self {
    case .paper:
      MaterialLaw(
        energy: (1.5, 4.5), facetHz: 900...9000, t60Seconds: 0.006...0.040, pulseSeconds: 80e-6...300e-6,
        modes: 5,
        noiseDB: 0, branching: 0.45, frictionDB: -28, liveliness: 1.2, levelDB: 0)
    case .tissue:
      MaterialLaw(
        energy: (1.7, 3.5), facetHz: 850...7000, t60Seconds: 0.002...0.010, pulseSeconds: 120e-6...400e-6,
        modes: 3,
        noiseDB: 0, branching: 0.40, frictionDB: -28, liveliness: 0.9, levelDB: 3)
    case .bag:
      MaterialLaw(
        energy: (1.3, 5), facetHz: 900...9000, t60Seconds: 0.003...0.014, pulseSeconds: 80e-6...250e-6,
        modes: 5,
        noiseDB: -4, branching: 0.50, frictionDB: -26, liveliness: 1.3, levelDB: 0)
    case .foil:
      MaterialLaw(
        energy: (1.2, 5), facetHz: 1500...11000, t60Seconds: 0.005...0.025, pulseSeconds: 40e-6...150e-6,
        modes: 6,
        noiseDB: -8, branching: 0.50, frictionDB: -28, liveliness: 1.2, levelDB: -3)
    case .cellophane:
      MaterialLaw(
        energy: (1.1, 5.5), facetHz: 1200...12000, t60Seconds: 0.002...0.012, pulseSeconds: 40e-6...120e-6,
        modes: 4,
        noiseDB: 8, branching: 0.55, frictionDB: -26, liveliness: 1.6, levelDB: -9)
    }
  }
}
