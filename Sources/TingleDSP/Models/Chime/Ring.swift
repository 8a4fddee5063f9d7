/// One strike of a `Chime`: Hann contact pulse -> modes -> sum.
struct Ring: Sendable {
  private var strike = Strike()

  /// Creates a finished strike.
  init() {}

  /// - Parameters:
  ///   - amplitude: the amplitude of all modes together.
  ///   - contactSeconds: the length of the contact; a longer contact sounds darker.
  ///   - position: the contact point on the object, 0 ... 1.
  ///   - detune: a factor on all frequencies.
  ///   - damping: a factor on all dampings, as when a hand or water touches the object.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  init(
    _ chime: borrowing Chime, amplitude: Double, contactSeconds: Double, position: Double, detune: Double = 1,
    damping: Double = 1, balance: Double, delayFrames: Int, sampleRate: Double
  ) {
    strike = Strike(delayFrames: delayFrames, onsetFrames: max(1, contactSeconds * sampleRate))
    for k in 0..<chime.modes.count {
      let mode = chime.modes[k]
      let hz = mode.frequencyHz * detune
      let shape = 0.3 + 0.7 * abs(Maths.sinCos(turns: 0.5 * position * mode.halfWaves).cos)
      strike.modes.set(
        k, frequencyHz: hz, dampingPerSecond: mode.dampingPerSecond * damping,
        gain: amplitude * mode.gain * shape * PulseSpectrum.hann(hz * contactSeconds),
        // The parts of the object lie side by side, across 0.12 of the stereo width.
        balance: max(-0.9, min(0.9, balance + 0.12 * (Double(k) - 3.5) / 3.5)), floor: 1e-4,
        sampleRate: sampleRate)
    }
  }

  var isOver: Bool { strike.isOver }

  /// Adds the strike to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) { strike.render(into: &block) }
}
