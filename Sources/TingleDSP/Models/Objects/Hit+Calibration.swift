extension Hit {
  /// The gain at which the taps of this tool on this object are as loud as those of any other pair.
  ///
  /// Renders taps of three forces along the object and measures their K-weighted energy.
  static func calibratedGain(on object: StruckObject, with tool: ToolModel) -> Double {
    let taps = 21
    // The rate is fixed, so that the gain is the same at every sample rate.
    let rate = 48000.0
    var energy = 0.0
    for k in 0..<taps {
      let force = Maths.amplitude(dB: Double(k % 3) * 5 - 6)
      var hit = Hit(
        StrikeParameters(force: force, position: (Double(k) + 0.5) / Double(taps)), on: object, with: tool,
        gain: 1, delayFrames: 0, draws: Draws(seed: UInt64(k)), sampleRate: rate)
      energy += KWeighting.energy(seconds: 0.2, sampleRate: rate) { hit.render(into: &$0) }
    }
    return (Self.calibratedEnergy * Double(taps) / energy).squareRoot()
  }

  /// About the energy of a nominal tap of a nail on wood at an amplitude of 1.
  static let calibratedEnergy = 1e-3
}
