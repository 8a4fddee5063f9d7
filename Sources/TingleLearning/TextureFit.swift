import TingleDSP

/// Fits the numbers of a texture to the statistics of a recording, by comparing them with those of a render.
struct TextureFit {
  private(set) var model: TextureModel
  private let target: LevelStatistics
  private let noise: LevelStatistics
  /// How much of a band's fluctuation is not chance, 0 ... 1.
  private let liveliness: [Double]
  // Natural logarithms of power, for each band at the quantiles.
  private var levels: [[Double]]
  // For each band and octave.
  private var variances: [[Double]]
  // For each octave, a correlation matrix.
  private var correlations: [[Double]]
  private let totals: [Double]

  private static let bands = TextureBands.count
  private static let octaves = TextureModel.octaveCount
  private static let nepers = 0.230_258_509_299

  /// - Parameters:
  ///   - model: with the spectrum.
  ///   - target: the statistics to reach.
  ///   - noise: those of the carrier alone.
  ///   - seconds: the shorter one of recording and render.
  init(_ model: TextureModel, target: LevelStatistics, noise: LevelStatistics, seconds: Double) {
    (self.model, self.target, self.noise) = (model, target, noise)
    let octaves = 0..<Self.octaves
    // Levels and carrier add up in decibels, so variances and covariances do, too.
    let excess = (0..<Self.bands).map { k in
      octaves.map { max(0, target.variance($0, k) - noise.variance($0, k)) }
    }
    liveliness = (0..<Self.bands).map { k in
      let (own, chance) = (
        octaves.reduce(0) { $0 + target.variance($1, k) }, octaves.reduce(0) { $0 + noise.variance($1, k) }
      )
      // What chance does to the variance of noise in this band.
      let spread = (8 / (min(TextureBands.widthsHz[k], 190) * seconds)).squareRoot()
      return max(0, min(1, (own / max(chance, 1e-12) - 1 - spread) / spread))
    }
    let liveliness = liveliness
    variances = (0..<Self.bands).map { k in excess[k].map { $0 * liveliness[k] } }
    totals = variances.map { $0.reduce(0, +) }
    correlations = octaves.map { j in
      let scales = (0..<Self.bands).map { k in
        max(
          target.variance(j, k) - noise.variance(j, k), 0.03 * target.variance(j, k) + 1e-6
        ).squareRoot()
      }
      return (0..<Self.bands * Self.bands).map { i in
        let (a, b) = (i / Self.bands, i % Self.bands)
        guard a != b else { return 1 }
        let covariance = target.covariances[j][i] - noise.covariances[j][i]
        return max(-0.99, min(0.99, covariance / (scales[a] * scales[b])))
      }
    }
    let spreads = totals.map { $0.squareRoot() }
    levels = (0..<Self.bands).map { k in
      TextureModel.normalQuantiles.map { target.means[k] - noise.means[k] + spreads[k] * $0 }
    }
    store()
    for j in octaves { setShared(j, correlations[j]) }
  }

  /// The number of bands whose level moves more than that of noise.
  var movingBands: Int { liveliness.count { $0 > 0.5 } }

  /// The share of each octave in the fluctuation of all bands.
  var octaveShares: [Double] {
    let sums = (0..<Self.octaves).map { j in variances.reduce(0) { $0 + $1[j] } }
    let total = max(1e-12, sums.reduce(0, +))
    return sums.map { $0 / total }
  }

  /// Corrects levels, octaves and correlations by the difference between the target and a render.
  mutating func correct(_ got: LevelStatistics) {
    for k in 0..<Self.bands {
      let moved = zip(levels[k], zip(target.quantiles[k], got.quantiles[k])).map {
        $0 + 0.7 * ($1.0 - $1.1)
      }
      let ascending = Self.monotone(moved)
      let middle = ascending[4..<8].reduce(0, +) / 4
      levels[k] = ascending.map { middle + ($0 - middle) * liveliness[k] }
      for j in 0..<Self.octaves {
        let wanted = target.variance(j, k)
        let ratio =
          max(wanted - noise.variance(j, k), 0.02 * wanted)
          / max(got.variance(j, k) - noise.variance(j, k), 0.02 * wanted, 1e-12)
        variances[k][j] = max(variances[k][j], 1e-4 * totals[k]) * Maths.pow(max(0.4, min(2.5, ratio)), 0.7)
      }
    }
    levels = Self.pooled(levels)
    variances = Self.pooled(variances)
    store()
    for j in 0..<Self.octaves { correctCorrelation(j, got) }
  }

  private mutating func correctCorrelation(_ j: Int, _ got: LevelStatistics) {
    func roots(_ statistics: LevelStatistics) -> [Double] {
      (0..<Self.bands).map { max(statistics.variance(j, $0), 1e-9).squareRoot() }
    }
    let (wantedRoots, gotRoots) = (roots(target), roots(got))
    // The correlation that is seen is the modulation's own, times its share of the variance.
    let shares = (0..<Self.bands).map { k in
      max(0.08, min(1, 1 - noise.variance(j, k) / max(target.variance(j, k), 1e-9))).squareRoot()
    }
    for a in 0..<Self.bands {
      for b in 0..<Self.bands where a != b {
        let i = a * Self.bands + b
        let difference =
          target.covariances[j][i] / (wantedRoots[a] * wantedRoots[b])
          - got.covariances[j][i] / (gotRoots[a] * gotRoots[b])
        let corrected = correlations[j][i] + 0.6 * difference / (shares[a] * shares[b])
        correlations[j][i] = max(-1, min(1, corrected))
      }
    }
    setShared(j, FactorAnalysis.positive(correlations[j], size: Self.bands))
  }

  /// Corrects the mean power of each band: all of a level if it is too low, its highest values otherwise.
  mutating func correctPower(_ got: [Double], wanted: [Double]) {
    for k in 0..<Self.bands {
      let error = max(-1, min(3, Maths.log(got[k] / max(wanted[k], 1e-16))))
      levels[k] = Self.monotone(
        zip(levels[k], TextureModel.normalQuantiles).map { level, z in
          let weight = 1 - liveliness[k] * (1 - max(0, min(1, (z + 0.5) / 2.5)))
          return level - error * weight
        })
    }
    levels = Self.pooled(levels)
    store()
  }

  /// Averages rows of neighbouring bands below 1 kHz: the gains of a short frame cannot distinguish them, so
  /// they would drift away from each other.
  private static func pooled(_ rows: [[Double]]) -> [[Double]] {
    let centres = TextureBands.edgesHz.dropFirst().prefix(bands).map { $0 }
    return rows.indices.map { k in
      guard centres[k] < 1000 else { return rows[k] }
      var (sum, total) = ([Double](repeating: 0, count: rows[k].count), 0.0)
      for other in 0..<bands where abs(centres[other] - centres[k]) < 240 {
        let distance = (centres[other] - centres[k]) / 80
        let weight = Maths.exp(-0.5 * distance * distance)
        for i in sum.indices { sum[i] += weight * rows[other][i] }
        total += weight
      }
      return sum.map { $0 / total }
    }
  }

  private mutating func setShared(_ j: Int, _ correlation: [Double]) {
    let loadings = FactorAnalysis.loadings(
      correlation, size: Self.bands, factors: TextureModel.sharedCount)
    for (k, row) in loadings.enumerated() {
      for (r, value) in row.enumerated() {
        model.shared[(j * Self.bands + k) * TextureModel.sharedCount + r] = value
      }
    }
  }

  /// Copies levels and octaves into the model.
  private mutating func store() {
    for k in 0..<Self.bands {
      for (i, level) in levels[k].enumerated() {
        model.levelsDB[k * TextureModel.quantileCount + i] = max(-60, min(40, level / Self.nepers))
      }
      let total = variances[k].reduce(0, +)
      for j in 0..<Self.octaves {
        model.fluctuation[k * Self.octaves + j] =
          total > 1e-9
          ? (variances[k][j] / total).squareRoot() : (1 / Double(Self.octaves)).squareRoot()
      }
    }
  }

  /// Ascending values: the mean of the running maximum from below and the running minimum from above. One of
  /// them alone drifts away over the rounds.
  private static func monotone(_ values: [Double]) -> [Double] {
    var (up, down) = (values, values)
    for i in 1..<values.count {
      up[i] = max(up[i], up[i - 1])
      down[values.count - 1 - i] = min(down[values.count - 1 - i], down[values.count - i])
    }
    return zip(up, down).map { 0.5 * ($0 + $1) }
  }
}
