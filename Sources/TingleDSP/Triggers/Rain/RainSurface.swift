/// A surface that rain falls on.
public enum RainSurface: String, Choice {
  case window, leaves, tent, puddle

  /// The gain that makes the surface as loud as the others, in decibels.
  var calibrationDB: Double {
    switch self {
    case .window: -0.5
    case .leaves: -0.9
    case .tent: -0.8
    case .puddle: -0.3
    }
  }

  /// The modes that a drop excites.
  var chime: Chime.Model {
    switch self {
    case .window: .init(rangeHz: 600...5200, t60Seconds: (0.05, 0.02), tiltDBPerOctave: -2)
    case .leaves: .init(rangeHz: 350...2600, t60Seconds: (0.015, 0.006), tiltDBPerOctave: -2)
    case .tent: .init(rangeHz: 130...900, t60Seconds: (0.07, 0.025), tiltDBPerOctave: -3)
    case .puddle: .init(rangeHz: 500...3000, t60Seconds: (0.01, 0.006), tiltDBPerOctave: -2)
    }
  }

  /// The splash of a drop: its frequency range, its decay time constants, and the levels of splash and ring.
  var splash: (hz: ClosedRange<Double>, seconds: ClosedRange<Double>, level: Double, ring: Double) {
    switch self {
    case .window: (1400...7000, 0.5e-3...2.2e-3, 0.5, 0.6)
    case .leaves: (700...5000, 1e-3...4e-3, 0.6, 0.35)
    case .tent: (700...5500, 0.6e-3...2.5e-3, 0.7, 0.4)
    case .puddle: (1800...7000, 0.4e-3...1.4e-3, 0.3, 0)
    }
  }

  /// The gains of the four noise bands of the diffuse field.
  var diffuse: SIMD4<Float> {
    switch self {
    case .window: SIMD4(0.55, 0.8, 0.55, 0.26)
    case .leaves: SIMD4(0.45, 0.8, 0.65, 0.3)
    case .tent: SIMD4(0.6, 0.75, 0.55, 0.25)
    case .puddle: SIMD4(0.45, 0.8, 0.6, 0.3)
    }
  }
}
