/// The one object that a layer taps: its modes, drawn once from the surface's distribution.
struct TapObject: Sendable {
  /// A mode as it is before a hand touches it.
  struct Mode: Sendable {
    var frequencyHz = 0.0
    var dampingPerSecond = 0.0
    /// Amplitude; the squares of all add up to 1.
    var gain = 0.0
    /// Half-waves along the object: how the contact point moves the mode's weight.
    var halfWaves = 0.0
  }

  static let mostModes = 24
  /// The hand that holds an object damps it: without this factor taps ring longer than recorded ones.
  static let heldDamping = 1.7

  private(set) var modes = InlineArray<24, Mode>(repeating: Mode())
  let count: Int

  /// Draws an object of this surface.
  init(_ law: SurfaceLaw, dice: inout Dice) {
    count = min(law.modes, Self.mostModes)
    let octaves = Maths.log2(law.rangeHz.upperBound / law.rangeHz.lowerBound)
    var energy = 0.0
    for k in 0..<count {
      let even = law.rangeHz.lowerBound * Maths.exp2(octaves * (Double(k) + 0.5) / Double(count))
      let frequency = even * (1 + 0.12 * max(-2, min(2, dice.gaussian())))
      let level = law.tiltDBPerOctave * Maths.log2(frequency / law.rangeHz.lowerBound) + 5 * dice.gaussian()
      modes[k] = Mode(
        frequencyHz: frequency,
        dampingPerSecond: Self.heldDamping
          * Maths.exp(law.damping.global + law.damping.relative * 2 * .pi * frequency)
          * dice.logNormal(sigma: 0.2),
        gain: Maths.amplitude(dB: level), halfWaves: dice.uniform(0.5...9))
      energy += modes[k].gain * modes[k].gain
    }
    for k in 0..<count { modes[k].gain /= energy.squareRoot() }
  }
}
