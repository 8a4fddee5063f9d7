/// A wooden table top: every strike of an object that stands on it also knocks the table.
///
/// The base of the object passes the push on as a slow pulse. So the table sounds as if a fingertip knocked
/// it, whatever tool strikes the object.
struct TableTop: Sendable {
  private let chime: Chime
  private let gain: Double

  /// The modes of a wooden plate on legs.
  private static let model = Chime.Model(
    rangeHz: 110...900, t60Seconds: (0.07, 0.03), tiltDBPerOctave: -3)
  /// The length of the pulse of a nominal tap, and how it shortens with force: those of a fingertip.
  private static let contactSeconds = 2.5e-3
  private static let hardening = 0.45
  private static let longestContactSeconds = 0.015

  /// Draws a table.
  /// - Parameter draws: the random stream; the same stream gives the same table.
  init(draws: Draws) {
    chime = Chime(Self.model, draws: draws)
    let knocks = 9
    // The rate is fixed, so that the gain is the same at every sample rate.
    let rate = 48000.0
    var energy = 0.0
    for k in 0..<knocks {
      var ring = Ring(
        chime, amplitude: 1, contactSeconds: Self.contactSeconds,
        position: (Double(k) + 0.5) / Double(knocks), balance: 0, delayFrames: 0, sampleRate: rate)
      energy += KWeighting.energy(seconds: 0.2, sampleRate: rate) { ring.render(into: &$0) }
    }
    gain = (Hit.calibratedEnergy * Double(knocks) / energy).squareRoot()
  }

  /// The knock of one strike.
  /// - Parameters:
  ///   - strike: the strike of the object.
  ///   - gain: 1 for a knock that is as loud as the strike of an object with its calibrated gain.
  ///   - delayFrames: the delay of the knock, counted from the first frame of the next block.
  func knock(
    _ strike: StrikeParameters, gain: Double, delayFrames: Int, draws: Draws, sampleRate: Double
  ) -> Ring {
    var dice = Dice(draws.branch("table"))
    let force = max(strike.force, 1e-3)
    let contact =
      Self.contactSeconds * strike.softness / Maths.pow(force, Self.hardening) * dice.logNormal(sigma: 0.2)
    // The object stands near the middle of the table, and covers half of it.
    let offset = 0.5 * (min(1, max(0, strike.position)) - 0.5)
    return Ring(
      chime, amplitude: force * gain * self.gain * dice.gain(spreadDB: 2),
      contactSeconds: min(Self.longestContactSeconds, contact),
      // The object rocks, so it touches the table at other points each time.
      position: 0.5 + offset + 0.2 * dice.clippedGaussian(), detune: dice.logNormal(sigma: 0.02),
      balance: 0.6 * offset, delayFrames: delayFrames, sampleRate: sampleRate)
  }
}
