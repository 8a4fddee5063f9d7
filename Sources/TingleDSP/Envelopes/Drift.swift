/// Slow 1/f noise as a pure function of time, for parameters that change over minutes, from phrase to phrase.
///
/// Octaves of value noise: Gaussian values at lattice points -> smoothstep interpolation -> sum. Each octave
/// has half the lattice spacing of the one before and the same power, which gives equal power per octave: 1/f
/// (R. F. Voss, "Random fractal forgeries", 1985). The cost of a value does not depend on its time.
public struct Drift: Sendable {
  private let draws: Draws
  private let slowestSeconds: Double
  private let octaves: Int
  private let scale: Double

  /// - Parameters:
  ///   - draws: the random stream of the lattice values.
  ///   - slowestSeconds: the lattice spacing of the slowest octave.
  ///   - octaves: the number of octaves; the fastest has a spacing of `slowestSeconds` / 2^(`octaves` - 1).
  public init(_ draws: Draws, slowestSeconds: Double, octaves: Int) {
    self.draws = draws
    self.slowestSeconds = slowestSeconds
    self.octaves = octaves
    // The variance of smoothstep-interpolated Gaussian noise with unit variance, averaged over a lattice
    // cell.
    let interpolatedVariance = 0.7428
    scale = 1 / (Double(octaves) * interpolatedVariance).squareRoot()
  }

  /// The value at a time in seconds: approximately normal, with a mean of 0 and a standard deviation of 1.
  public func value(at seconds: Double) -> Double {
    var sum = 0.0
    var position = seconds / slowestSeconds
    for octave in 0..<octaves {
      let cell = position.rounded(.down)
      let t = position - cell
      let smooth = t * t * (3 - 2 * t)
      let lattice = draws.branch(octave)
      let start = lattice.gaussian(at: Int(cell))
      let end = lattice.gaussian(at: Int(cell) + 1)
      sum += start + (end - start) * smooth
      position *= 2
    }
    return sum * scale
  }
}

extension Draws {
  /// A standard normal number at `index`, which can be negative.
  fileprivate func gaussian(at index: Int) -> Double {
    Distributions.normalQuantile(uniform(UInt64(bitPattern: Int64(index))))
  }
}
