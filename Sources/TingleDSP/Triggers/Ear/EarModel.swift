extension EarKind {
  /// The level of the octaves around 63 Hz ... 8 kHz: the turbulence of a breath, or the air of a room.
  var levelsDB: SIMD8<Double> {
    switch self {
    case .blowing: SIMD8(-6, -4, -6, -9, -13, -18, -23, -30)
    case .cupping: SIMD8(-16, -12, -10, -9, -9, -10, -12, -15)
    case .seashell: SIMD8(-14, -9, -7, -7, -8, -11, -16, -24)
    case .brushing: SIMD8(-40, -40, -40, -40, -40, -40, -40, -40)
    }
  }

  /// Whether the sound never stops.
  var isContinuous: Bool { self == .cupping || self == .seashell }

  /// The soft brush.
  var brush: ContactModel {
    ContactModel(
      bandHz: 350...5000, grainsPerSecond: 45, grainSeconds: 0.6e-3...3e-3, grainSpreadDB: 5, tangles: 0,
      hissDB: -8, rumbleDB: -9, rumbleHz: 60...350)
  }

  var brushing: HandMotion.Manner {
    .init(seconds: 0.7...2, pauseSeconds: 0.1...0.4, restSeconds: 0.4...1.2, strokes: 2...5, returns: 0.4)
  }

  var calibrationDB: Double {
    switch self {
    case .blowing: 3.6
    case .cupping: -2.7
    case .brushing: -17.1
    case .seashell: -0.9
    }
  }
}
