/// What is tapped: a distribution of modes, a law of damping, and what else is heard of a blow.
public enum Surface: String, Choice {
  case wood, book, plastic, glass, ceramic
}

/// The figures of a surface.
///
/// Damping follows M. Aramaki and R. Kronland-Martinet, IEEE Trans. Audio 14 (2006) 301: α(ω) = e^(aG + aR ω).
/// That statistics of modes suffice to hear a material: J. Traer, M. Cusimano and J. McDermott, "A perceptually
/// inspired generative model of rigid-body contact sounds", DAFx-19.
struct SurfaceLaw: Sendable {
  /// aG and aR (seconds) of the damping law.
  let damping: (global: Double, relative: Double)
  /// The span of the modes' frequencies.
  let rangeHz: ClosedRange<Double>
  /// How many modes.
  let modes: Int
  /// How their power changes per octave above the lowest.
  let tiltDBPerOctave: Double
  /// The dull knock of the body behind the surface: pitch, T60, level.
  let thud: (hz: Double, t60Seconds: Double, levelDB: Double)
  /// The noise of the contact itself: level and upper edge.
  let burst: (levelDB: Double, upperHz: Double)
  /// What brings its taps to the loudness of the others'.
  let levelDB: Double
}

extension Surface {
  var law: SurfaceLaw {
    switch self {
    case .wood:
      SurfaceLaw(
        damping: (4.3, 1.5e-5), rangeHz: 180...9000, modes: 24, tiltDBPerOctave: -1.5,
        thud: (150, 0.05, -2), burst: (-6, 6000), levelDB: -1)
    case .book:
      SurfaceLaw(
        damping: (5.3, 0.5e-5), rangeHz: 120...6000, modes: 18, tiltDBPerOctave: -4,
        thud: (120, 0.06, 0), burst: (-6, 4000), levelDB: 0)
    case .plastic:
      SurfaceLaw(
        damping: (4.7, 1.2e-5), rangeHz: 350...9000, modes: 20, tiltDBPerOctave: -3,
        thud: (200, 0.03, -8), burst: (-6, 7000), levelDB: 2)
    case .glass:
      SurfaceLaw(
        damping: (3.7, 1.4e-5), rangeHz: 900...13000, modes: 20, tiltDBPerOctave: 1,
        thud: (250, 0.03, -14), burst: (-8, 9000), levelDB: 1)
    case .ceramic:
      SurfaceLaw(
        damping: (3.6, 1.6e-5), rangeHz: 700...12500, modes: 18, tiltDBPerOctave: 0,
        thud: (220, 0.03, -10), burst: (-8, 9000), levelDB: 0)
    }
  }
}
