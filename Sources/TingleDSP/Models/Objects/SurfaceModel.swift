/// The constants of a surface: a distribution of modes, their damping, and the noises of a contact.
///
/// Damping follows M. Aramaki and R. Kronland-Martinet, IEEE Trans. Audio 14 (2006) 301:
/// α(ω) = e^(aG + aR ω). Statistics of the modes suffice to identify a material: J. Traer, M. Cusimano and
/// J. McDermott, "A perceptually inspired generative model of rigid-body contact sounds", DAFx-19.
struct SurfaceModel: Sendable {
  /// aG and aR (seconds) of the damping model, for an object that is not held.
  let damping: (global: Double, relative: Double)
  /// The frequency range of the modes.
  let rangeHz: ClosedRange<Double>
  /// The number of modes.
  let modes: Int
  /// The spectral tilt: how the power of the modes changes per octave above the lowest.
  let tiltDBPerOctave: Double
  /// The dull thud of the body behind the surface: pitch, T60, level.
  let thud: (hz: Double, t60Seconds: Double, levelDB: Double)
  /// The noise of the contact: level and upper band edge.
  let burst: (levelDB: Double, upperHz: Double)
  /// A factor on the contact time, relative to stone: above 1 for a surface that yields.
  let yielding: Double
  /// The noise of skin that slides over the surface: its band, and its level relative to a nominal tap.
  let slide: (rangeHz: ClosedRange<Double>, levelDB: Double)

  /// The hand that holds an object damps it. Without this factor taps ring longer than recorded ones.
  static let heldDamping = 1.7

  /// The damping α of the modes of a held object at a frequency, per second.
  func dampingPerSecond(atHz frequency: Double) -> Double {
    Self.heldDamping * Maths.exp(damping.global + damping.relative * 2 * .pi * frequency)
  }
}
