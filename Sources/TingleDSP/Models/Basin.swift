/// A sink or a bowl that water runs into: eight damped modes in parallel, which everything goes through.
struct Basin: Sendable {
  /// The constants of a vessel.
  struct Model: Sendable {
    /// The frequency range of the modes.
    var rangeHz: ClosedRange<Double>
    /// The decay time (T60) of the modes.
    var t60Seconds: Double
    /// The gain of the strongest mode at its peak.
    var peakDB: Double
  }

  private var y1 = SIMD8<Float>.zero
  private var y2 = SIMD8<Float>.zero
  private var gain = SIMD8<Float>.zero
  private var a1 = SIMD8<Float>.zero
  private var a2 = SIMD8<Float>.zero

  /// Draws a vessel.
  init(_ model: Model, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    let octaves = Maths.log2(model.rangeHz.upperBound / model.rangeHz.lowerBound)
    for k in 0..<8 {
      let hz = model.rangeHz.lowerBound * Maths.exp2(octaves * (Double(k) + dice.uniform()) / 8)
      let radius = Maths.exp(-Mode.dampingPerSecond(t60Seconds: model.t60Seconds) / sampleRate)
      let step = Maths.sinCos(turns: hz / sampleRate)
      a1[k] = Float(2 * radius * step.cos)
      a2[k] = Float(-radius * radius)
      // A gain of 1 at the peak; high modes are weaker.
      let weight = dice.uniform(0.5...1) * (dice.chance(0.5) ? 1 : -1) * model.rangeHz.lowerBound / hz
      gain[k] = Float(Maths.amplitude(dB: model.peakDB) * weight * 2 * (1 - radius) * step.sin)
    }
  }

  /// Adds the resonance of a block to it: the same for both ears.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    block.withUnsafeMutableBufferPointer { frames in
      var (y1, y2) = (y1, y2)
      let (gain, a1, a2) = (gain, a1, a2)
      for i in frames.indices {
        let y = (gain * (0.5 * (frames[i].x + frames[i].y)) + a2 * y2) + a1 * y1
        (y2, y1) = (y1, y)
        frames[i] += SIMD2(repeating: y.laneSum)
      }
      (self.y1, self.y2) = (y1, y2)
    }
  }
}
