import TingleDSP

/// Diffuse-field equalised HRTF magnitudes in the far field: for each ear, gains over frequency on a grid of
/// directions.
///
/// Headphones excite the resonance of the listener's own ear canal, so the average over all directions, which
/// contains that resonance, is divided out: H. Møller, "Fundamentals of binaural technology", Applied
/// Acoustics 36 (1992) 171.
struct HRTFMagnitudes {
  static let azimuthStep = 5.0
  static let elevationStep = 10.0
  static let elevations = -40.0...90.0
  static let columns = 72
  static let rows = 14

  /// The left ear's gains, [row][column][bin]: azimuths clockwise from 0°, bins from 0 to half the sample
  /// rate.
  private(set) var left: [[Double]] = []
  /// The right ear's gains.
  private(set) var right: [[Double]] = []
  /// The distance from the centre of the head to the source, in metres.
  let radiusMetres: Double

  /// The magnitudes of a rigid sphere.
  init(sphereWithBins bins: Int, sampleRate: Double) {
    radiusMetres = 1.4
    let angles = 0..<73
    let byAngle = angles.map { k in
      Sphere.gains(
        cosIncidence: Maths.sinCos(turns: Double(k) / 144).cos, metres: 1.4, bins: bins,
        sampleRate: sampleRate)
    }
    fill { direction in
      func ear(_ cosIncidence: Double) -> [Double] {
        let angle = Maths.arcCosine(cosIncidence) / .pi * 72
        let k = min(71, Int(angle))
        let t = angle - Double(k)
        return zip(byAngle[k], byAngle[k + 1]).map { $0 + t * ($1 - $0) }
      }
      return (ear(-direction.cosToRightEar), ear(direction.cosToRightEar))
    }
    equalise()
  }

  /// The magnitudes of measured HRIRs, interpolated between the three nearest directions.
  init(_ measured: HRIRSet, bins: Int, sampleRate: Double) {
    radiusMetres = measured.radiusMetres
    let spectra = measured.directions.map { direction in
      Self.logGains(direction.left, direction.right, measured.sampleRate, bins: bins, sampleRate: sampleRate)
    }
    let vectors = measured.directions.map {
      SourcePosition.Point(azimuthDegrees: $0.azimuthDegrees, elevationDegrees: $0.elevationDegrees).vector
    }
    fill { direction in
      let near = Self.nearest(to: direction.vector, vectors)
      func ear(_ pick: (([Double], [Double])) -> [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: bins)
        for (index, weight) in near {
          let gains = pick(spectra[index])
          for k in 0..<bins { sum[k] += weight * gains[k] }
        }
        return sum.map(Maths.exp)
      }
      return (ear { $0.0 }, ear { $0.1 })
    }
    equalise()
  }

  /// Sets the gains of every grid direction.
  private mutating func fill(_ spectra: (SourcePosition.Point) -> ([Double], [Double])) {
    for row in 0..<Self.rows {
      for column in 0..<Self.columns {
        let (l, r) = spectra(
          SourcePosition.Point(
            azimuthDegrees: Self.azimuthStep * Double(column),
            elevationDegrees: Self.elevations.lowerBound + Self.elevationStep * Double(row)))
        left.append(l)
        right.append(r)
      }
    }
  }

  /// Diffuse-field equalisation: divides by the RMS gain over both ears and all directions. Each direction is
  /// weighted by the area of the sphere that it represents.
  private mutating func equalise() {
    let bins = left[0].count
    var power = [Double](repeating: 0, count: bins)
    var totalWeight = 0.0
    for row in 0..<Self.rows {
      let elevation = Self.elevations.lowerBound + Self.elevationStep * Double(row)
      let weight = Maths.sinCos(turns: elevation / 360).cos
      for column in 0..<Self.columns {
        totalWeight += 2 * weight
        for ear in [left, right] {
          let gains = ear[row * Self.columns + column]
          for k in 0..<bins { power[k] += weight * gains[k] * gains[k] }
        }
      }
    }
    for i in left.indices {
      for k in 0..<bins {
        let diffuse = (power[k] / totalWeight).squareRoot()
        left[i][k] /= diffuse
        right[i][k] /= diffuse
      }
    }
  }

  /// The three nearest measured directions with their interpolation weights.
  private static func nearest(
    to direction: SIMD3<Double>, _ vectors: [SIMD3<Double>]
  ) -> [(index: Int, weight: Double)] {
    var best: [(index: Int, distance: Double)] = []
    for (index, vector) in vectors.enumerated() {
      let difference = direction - vector
      let distance = (difference * difference).sum()
      guard best.count < 3 || distance < best[2].distance else { continue }
      let rank = best.firstIndex { $0.distance > distance } ?? best.count
      best.insert((index, distance), at: rank)
      if best.count > 3 { best.removeLast() }
    }
    let weights = best.map { 1 / ($0.distance + 1e-6) }
    let total = weights.reduce(0, +)
    return zip(best, weights).map { ($0.index, $1 / total) }
  }

  /// Both ears' log gains, resampled to `bins` frequencies up to half of `sampleRate`.
  private static func logGains(
    _ left: [Float], _ right: [Float], _ measuredRate: Double, bins: Int, sampleRate: Double
  ) -> ([Double], [Double]) {
    var size = 256
    while size < left.count { size *= 2 }
    var re = [Double](repeating: 0, count: size)
    var im = re
    for k in 0..<min(size, left.count, right.count) { (re[k], im[k]) = (Double(left[k]), Double(right[k])) }
    FourierTransform.inPlace(&re, &im)
    // One complex transform of two real signals.
    var logs = ([Double](), [Double]())
    for k in 0...size / 2 {
      let m = (size - k) & (size - 1)
      let a = 0.25 * ((re[k] + re[m]) * (re[k] + re[m]) + (im[k] - im[m]) * (im[k] - im[m]))
      let b = 0.25 * ((im[k] + im[m]) * (im[k] + im[m]) + (re[m] - re[k]) * (re[m] - re[k]))
      logs.0.append(0.5 * Maths.log(a + 1e-12))
      logs.1.append(0.5 * Maths.log(b + 1e-12))
    }
    func resampled(_ gains: [Double]) -> [Double] {
      (0..<bins).map { bin in
        // Measurement loudspeakers are unreliable below 200 Hz; a file contains nothing above half its rate.
        let hz = max(200, Double(bin) / Double(bins - 1) * sampleRate / 2)
        let position = min(Double(size / 2) * 0.98, hz / measuredRate * Double(size))
        let k = min(size / 2 - 1, Int(position))
        return gains[k] + (position - Double(k)) * (gains[k + 1] - gains[k])
      }
    }
    return (resampled(logs.0), resampled(logs.1))
  }
}

extension SourcePosition.Point {
  /// The unit vector from the centre of the head towards the point: right, ahead, up.
  package var vector: SIMD3<Double> {
    let (azimuth, elevation) = (
      Maths.sinCos(turns: azimuthDegrees / 360), Maths.sinCos(turns: elevationDegrees / 360)
    )
    return SIMD3(azimuth.sin * elevation.cos, azimuth.cos * elevation.cos, elevation.sin)
  }
}

extension Sphere {
  /// Gains at equally spaced frequencies from 0 to half the sample rate, interpolated from six per octave.
  static func gains(cosIncidence: Double, metres: Double, bins: Int, sampleRate: Double) -> [Double] {
    let lowest = 40.0
    let perOctave = 6.0
    let top = sampleRate / 2
    let count = Int(Maths.log2(top / lowest) * perOctave) + 3
    let logs = (0..<count).map { k in
      Maths.log(
        gain(hz: lowest * Maths.exp2(Double(k) / perOctave), cosIncidence: cosIncidence, metres: metres)
          + 1e-6)
    }
    return (0..<bins).map { bin in
      let hz = max(lowest, Double(bin) / Double(bins - 1) * top)
      let position = Maths.log2(hz / lowest) * perOctave
      let k = min(count - 2, Int(position))
      return Maths.exp(logs[k] + (position - Double(k)) * (logs[k + 1] - logs[k]))
    }
  }
}
