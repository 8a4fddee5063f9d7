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

  // Each mode is y = g x + a₁ y₁ + a₂ y₂. Both sides are multiplied by the denominator of the mode
  // mirrored at a quarter of the sample rate: an output then waits only for the one before last.
  private var x1: Float = 0
  private var x2: Float = 0
  private var y1 = SIMD8<Float>.zero
  private var y2 = SIMD8<Float>.zero
  private var y3 = SIMD8<Float>.zero
  private var y4 = SIMD8<Float>.zero
  // The gains of x, x₁, x₂, y₂ and y₄.
  private var gain = SIMD8<Float>.zero
  private var gain1 = SIMD8<Float>.zero
  private var gain2 = SIMD8<Float>.zero
  private var feedback2 = SIMD8<Float>.zero
  private var feedback4 = SIMD8<Float>.zero

  /// Draws a vessel.
  init(_ model: Model, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    let octaves = Maths.log2(model.rangeHz.upperBound / model.rangeHz.lowerBound)
    for k in 0..<8 {
      let hz = model.rangeHz.lowerBound * Maths.exp2(octaves * (Double(k) + dice.uniform()) / 8)
      let radius = Maths.exp(-Mode.dampingPerSecond(t60Seconds: model.t60Seconds) / sampleRate)
      let step = Maths.sinCos(turns: hz / sampleRate)
      let (a1, a2) = (2 * radius * step.cos, -radius * radius)
      feedback2[k] = Float(a1 * a1 + 2 * a2)
      feedback4[k] = Float(-a2 * a2)
      // A gain of 1 at the peak; high modes are weaker.
      let weight = dice.uniform(0.5...1) * (dice.chance(0.5) ? 1 : -1) * model.rangeHz.lowerBound / hz
      let size = Maths.amplitude(dB: model.peakDB) * weight * 2 * (1 - radius) * step.sin
      (gain[k], gain1[k], gain2[k]) = (Float(size), Float(size * a1), Float(-size * a2))
    }
  }

  /// Adds the resonance of a block to it: the same for both ears.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    block.withUnsafeMutableBufferPointer { frames in
      var (x1, x2, y1, y2, y3, y4) = (x1, x2, y1, y2, y3, y4)
      let (gain, gain1, gain2, feedback2, feedback4) = (gain, gain1, gain2, feedback2, feedback4)
      for i in frames.indices {
        let x = 0.5 * (frames[i].x + frames[i].y)
        let y = ((gain * x + gain1 * x1 + gain2 * x2) + feedback4 * y4) + feedback2 * y2
        (x2, x1, y4, y3, y2, y1) = (x1, x, y3, y2, y1, y)
        frames[i] += SIMD2(repeating: y.laneSum)
      }
      (self.x1, self.x2, self.y1, self.y2, self.y3, self.y4) = (x1, x2, y1, y2, y3, y4)
    }
  }
}
