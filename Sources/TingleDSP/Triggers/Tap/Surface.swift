/// What is tapped: a distribution of modes, a law of damping, and what else is heard of a blow.
public enum Surface: String, Choice {
  case wood, softwood, hardwood, book, box, leather, cork, glass, ceramic, tin, plastic
  case thinPlastic = "thin-plastic"
  case phone, microphone
}

/// The figures of a surface.
///
/// Damping follows M. Aramaki and R. Kronland-Martinet, IEEE Trans. Audio 14 (2006) 301: α(ω) = e^(aG + aR ω).
/// That statistics of modes suffice to hear a material: J. Traer, M. Cusimano and J. McDermott, "A perceptually
/// inspired generative model of rigid-body contact sounds", DAFx-19.
struct SurfaceModel: Sendable {
  /// aG and aR (seconds) of the damping law of the object when nobody holds it.
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
  /// How much longer than on stone a tool stays in contact, because the surface gives way.
  let yielding: Double
  /// What skin makes heard when it slides over it: the band, and the level under a nominal tap.
  let slide: (rangeHz: ClosedRange<Double>, levelDB: Double)

  /// The hand that holds an object damps it: without this factor taps ring longer than recorded ones.
  static let heldDamping = 1.7

  /// α of a held object's modes at a frequency, per second; T60 is 6.91/α.
  func dampingPerSecond(atHz frequency: Double) -> Double {
    Self.heldDamping * Maths.exp(damping.global + damping.relative * 2 * .pi * frequency)
  }
}
