extension Material {
  /// The constants of the material.
  package var model: MaterialModel {
    switch self {
    case .paper:
      MaterialModel(
        energy: (1.5, 4.5), facetHz: 900...9000, t60Seconds: 0.006...0.040, pulseSeconds: 80e-6...300e-6,
        modes: 5, noiseDB: 0, branching: 0.45, frictionDB: -24)
    case .tissue:
      MaterialModel(
        energy: (1.7, 3.5), facetHz: 850...7500, t60Seconds: 0.003...0.014, pulseSeconds: 120e-6...400e-6,
        modes: 3, noiseDB: 0, branching: 0.40, frictionDB: -19)
    case .bag:
      MaterialModel(
        energy: (1.35, 5), facetHz: 700...7500, t60Seconds: 0.005...0.024, pulseSeconds: 100e-6...300e-6,
        modes: 5, noiseDB: -2, branching: 0.50, frictionDB: -22)
    case .foil:
      MaterialModel(
        energy: (1.2, 5), facetHz: 1500...11000, t60Seconds: 0.005...0.025, pulseSeconds: 40e-6...150e-6,
        modes: 6, noiseDB: -8, branching: 0.50, frictionDB: -24)
    case .cellophane:
      MaterialModel(
        energy: (1.16, 5.2), facetHz: 1400...9000, t60Seconds: 0.022...0.060, pulseSeconds: 40e-6...120e-6,
        modes: 4, noiseDB: 9, branching: 0.55, frictionDB: -20)
    case .bubbleWrap:
      MaterialModel(
        energy: (1.35, 4.5), facetHz: 700...9000, t60Seconds: 0.008...0.030, pulseSeconds: 120e-6...400e-6,
        modes: 4, noiseDB: 2, branching: 0.45, frictionDB: -21, popShare: 0.001)
    case .crispPacket:
      MaterialModel(
        energy: (1.15, 5.2), facetHz: 1300...9500, t60Seconds: 0.012...0.045, pulseSeconds: 60e-6...180e-6,
        modes: 5, noiseDB: 4, branching: 0.55, frictionDB: -20)
    case .carrierBag:
      MaterialModel(
        energy: (1.3, 4.5), facetHz: 900...6000, t60Seconds: 0.008...0.035, pulseSeconds: 120e-6...350e-6,
        modes: 4, noiseDB: 3, branching: 0.50, frictionDB: -19)
    }
  }
}
