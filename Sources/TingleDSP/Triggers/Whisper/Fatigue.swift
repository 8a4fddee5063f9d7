/// How a whispering voice changes over time: it tires within an hour, and drifts from minute to minute.
///
/// Both are functions of the time in the mix, so a voice does not depend on the voices before it.
struct Fatigue: Sendable {
  /// How tired the voice is: 0 at the start, 0.63 after an hour, 1 in the limit.
  let tiredness: Double
  /// The drift: a smooth random function of time, -1 ... 1.
  let drift: Double

  /// The interval between two independent values of the drift.
  private static let driftSeconds = 150.0

  init(_ cue: Cue) {
    let seconds = max(0, cue.seconds)
    tiredness = 1 - Maths.exp(-seconds / 3600)
    let position = seconds / Self.driftSeconds
    let node = UInt64(position)
    let t = position - Double(node)
    let draws = cue.layer.branch("drift")
    let (a, b) = (2 * draws.uniform(node) - 1, 2 * draws.uniform(node + 1) - 1)
    drift = a + t * t * (3 - 2 * t) * (b - a)
  }

  /// Added to the level of the voice, in decibels.
  var levelDB: Double { -1.5 * tiredness + 0.5 * drift }
  /// Added to the spectral tilt of aspiration, in decibels per octave.
  var tiltDBPerOctave: Double { -0.6 * tiredness + 0.25 * drift }
  /// Added to the level of inhales relative to speech, in decibels.
  var inhaleDB: Double { 2 * tiredness }
  /// A factor on the speaking rate.
  var pace: Double { 1 - 0.025 * tiredness + 0.01 * drift }
}
