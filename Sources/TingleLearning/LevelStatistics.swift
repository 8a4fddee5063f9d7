import TingleDSP

/// The statistics of levels that a texture reproduces: quantiles, and covariances across bands by octave of
/// modulation. Levels are natural logarithms of power relative to the carrier's mean.
struct LevelStatistics {
  private static let bands = TextureBands.count

  /// For each band, the values at `TextureModel.quantiles`.
  var quantiles: [[Double]]
  /// For each octave of modulation, the covariance of all bands, row after row.
  var covariances: [[Double]]
  /// The mean level of each band.
  var means: [Double]

  /// - Parameters:
  ///   - powers: the powers of the bands.
  ///   - reference: the carrier's mean power of each band.
  ///   - floor: added to the relative power of each band, against silence.
  init(_ powers: BandLevels, reference: [Double], floor: [Double]) {
    let ticks = powers.ticks
    let levels = (0..<Self.bands).map { k in
      powers.row(k).map { Float(Maths.log(Double($0) / reference[k] + floor[k])) }
    }
    means = levels.map { $0.reduce(0) { $0 + Double($1) } / Double(ticks) }
    quantiles = levels.map { row in
      let sorted = row.sorted()
      return TextureModel.quantiles.map { q in
        let at = q * Double(ticks - 1)
        let i = min(ticks - 2, Int(at))
        return Double(sorted[i]) + (at - Double(i)) * Double(sorted[i + 1] - sorted[i])
      }
    }
    covariances = Self.covariances(levels, means)
  }

  /// The variance of a band in an octave of modulation.
  func variance(_ octave: Int, _ band: Int) -> Double { covariances[octave][band * Self.bands + band] }

  private static func covariances(_ levels: [[Float]], _ means: [Double]) -> [[Double]] {
    let ticks = levels[0].count
    var size = 16
    while size < ticks { size *= 2 }
    let transform = ComplexTransform(count: size)
    let re = Buffer<Float>(repeating: 0, count: size)
    let im = Buffer<Float>(repeating: 0, count: size)
    // The spectra of two bands from one transform.
    let half = size / 2
    var (spectraRe, spectraIm) = (
      [[Float]](repeating: [], count: bands), [[Float]](repeating: [], count: bands)
    )
    for k in stride(from: 0, to: bands, by: 2) {
      re.fill(0)
      im.fill(0)
      for t in 0..<ticks {
        re[t] = levels[k][t] - Float(means[k])
        im[t] = levels[k + 1][t] - Float(means[k + 1])
      }
      transform.transform(re.baseAddress, im.baseAddress)
      for (row, isSecond) in [(k, false), (k + 1, true)] {
        spectraRe[row] = (0..<half).map { f in
          let mirror = (size - f) & (size - 1)
          return 0.5 * (isSecond ? im[f] + im[mirror] : re[f] + re[mirror])
        }
        spectraIm[row] = (0..<half).map { f in
          let mirror = (size - f) & (size - 1)
          return 0.5 * (isSecond ? re[mirror] - re[f] : im[f] - im[mirror])
        }
      }
    }
    let hertz = (0..<half).map { Double($0) / (Double(size) * tickSeconds) }
    return (0..<TextureModel.octaveCount).map { j in
      let weights = hertz.map { weight(ofHz: $0, octave: j) }
      guard let first = weights.firstIndex(where: { $0 > 0 }),
        let last = weights.lastIndex(where: { $0 > 0 })
      else { return [Double](repeating: 0, count: bands * bands) }
      return covariance(
        (0..<bands).map { k in
          (first...last).map { weights[$0] * spectraRe[k][$0] }
            + (first...last).map { weights[$0] * spectraIm[k][$0] }
        }, scale: 2 / (Double(size) * Double(ticks)))
    }
  }

  /// The duration of a tick in seconds.
  static let tickSeconds = 128.0 / 48000

  /// The weight of a modulation frequency in an octave. The outermost octaves take all beyond.
  private static func weight(ofHz hz: Double, octave: Int) -> Float {
    guard hz > 0 else { return 0 }
    let distance = Maths.log2(hz * Maths.exp2(Double(octave)) / 125)
    if octave == 0, distance > 0 { return 1 }
    if octave == TextureModel.octaveCount - 1, distance < 0 { return 1 }
    return abs(distance) < 1 ? Float(Maths.sinCos(turns: distance / 4).cos) : 0
  }

  private static func covariance(_ rows: [[Float]], scale: Double) -> [Double] {
    var result = [Double](repeating: 0, count: bands * bands)
    let count = rows[0].count
    let padded = (count + 7) / 8
    let vectors = rows.map { row in
      (0..<padded).map { v in
        var vector = SIMD8<Float>.zero
        for lane in 0..<min(8, count - 8 * v) { vector[lane] = row[8 * v + lane] }
        return vector
      }
    }
    for a in 0..<bands {
      vectors[a].withUnsafeBufferPointer { x in
        for b in a..<bands {
          vectors[b].withUnsafeBufferPointer { y in
            var sum = SIMD8<Float>.zero
            for v in 0..<padded { sum += x[v] * y[v] }
            let total = scale * Double(sum.sum())
            result[a * bands + b] = total
            result[b * bands + a] = total
          }
        }
      }
    }
    return result
  }
}
