/// A slow wandering that is a pure function of time: what changes from phrase to phrase, over minutes.
///
/// Value noise: random numbers on lattice points, a smooth curve between them. Octaves of it, each twice as
/// fast and just as strong, hold equal power per octave: 1/f (R. F. Voss, "Random fractal forgeries", 1985). The drift
/// at hour seven costs what it costs at minute one.
public struct Drift: Sendable {
  private let draws: Draws
  private let slowestSeconds: Double
  private let octaves: Int
  private let scale: Double

  /// - Parameters:
  ///   - slowestSeconds: the lattice spacing of the slowest octave.
  ///   - octaves: how many; the fastest has a spacing of slowestSeconds / 2^(octaves-1).
  public init(_ draws: Draws, slowestSeconds: Double, octaves: Int) {
    self.draws = draws
    self.slowestSeconds = slowestSeconds
    self.octaves = octaves
    // Interpolated Gaussian lattice noise keeps this share of its power, averaged over the smooth step.
    let kept = 0.7428
    scale = 1 / (Double(octaves) * kept).squareRoot()
  }

  /// The value at `seconds`: about normal, mean 0, deviation 1.
  public func value(at seconds: Double) -> Double {
    var sum = 0.0
    var position = seconds / slowestSeconds
    for octave in 0..<octaves {
      let cell = position.rounded(.down)
      let t = position - cell
      let smooth = t * t * (3 - 2 * t)
      let lattice = draws.branch(octave)
      let here = lattice.gaussian(at: Int(cell))
      let there = lattice.gaussian(at: Int(cell) + 1)
      sum += here + (there - here) * smooth
      position *= 2
    }
    return sum * scale
  }
}

extension Draws {
  /// A standard normal number for a lattice point, which may be negative.
  func gaussian(at index: Int) -> Double {
    Distributions.normalQuantile(uniform(UInt64(bitPattern: Int64(index))))
  }
}
