import TingleDSP

/// How a head colours what comes from far away, for each ear and direction: gains over frequency, on a grid of directions.
///
/// What all directions have in common is taken out (the diffuse field): headphones bring the resonance of an ear canal, and the
/// listener has one already; H. Møller, "Fundamentals of binaural technology", Applied Acoustics 36 (1992) 171.
struct HRTFMagnitudes {
  static let azimuthStep = 5.0
  static let elevationStep = 10.0
  static let elevations = -40.0...90.0
  static let columns = 72
  static let rows = 14

  /// Gains at `bins` frequencies from 0 to half the sample rate: [row][column][bin], azimuths from 0° clockwise.
  private(set) var left: [[Double]] = []
  private(set) var right: [[Double]] = []
  /// From the head's centre to where it was measured.
  let radiusMetres: Double

  /// A sphere's.
  init(sphereWithBins bins: Int, sampleRate: Double) {
    radiusMetres = 1.4
    let angles = 0..<73
    let byAngle = angles.map { k in
      Sphere.gains(
        cosIncidence: Maths.sinCos(turns: Double(k) / 144).cos, metres: 1.4, bins: bins,
        sampleRate: sampleRate)
    }
    each { direction in
      func ear(_ x: Double) -> [Double] {
        let place = Maths.arcCosine(x) / .pi * 72
        let k = min(71, Int(place))
        let t = place - Double(k)
        return zip(byAngle[k], byAngle[k + 1]).map { $0 + t * ($1 - $0) }
      }
      return (ear(-direction.cosToRightEar), ear(direction.cosToRightEar))
    }
    flatten()
  }

  /// A measured head's.
  init(_ measured: HRIRSet, bins: Int, sampleRate: Double) {
    radiusMetres = measured.radiusMetres
    let spectra = measured.directions.map { direction in
      Self.logGains(direction.left, direction.right, measured.sampleRate, bins: bins, sampleRate: sampleRate)
    }
    let vectors = measured.directions.map {
      SourcePosition.Point(azimuthDegrees: $0.azimuthDegrees, elevationDegrees: $0.elevationDegrees).vector
    }
    each { direction in
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
    flatten()
  }

  private mutating func each(_ spectra: (SourcePosition.Point) -> ([Double], [Double])) {
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

  /// Takes out what all directions have in common, each with the share of the sphere it stands for.
  private mutating func flatten() {
    let bins = left[0].count
    var power = [Double](repeating: 0, count: bins)
    var whole = 0.0
    for row in 0..<Self.rows {
      let elevation = Self.elevations.lowerBound + Self.elevationStep * Double(row)
      let weight = Maths.sinCos(turns: elevation / 360).cos
      for column in 0..<Self.columns {
        whole += 2 * weight
        for ear in [left, right] {
          let gains = ear[row * Self.columns + column]
          for k in 0..<bins { power[k] += weight * gains[k] * gains[k] }
        }
      }
    }
    for i in left.indices {
      for k in 0..<bins {
        let common = (power[k] / whole).squareRoot()
        left[i][k] /= common
        right[i][k] /= common
      }
    }
  }

  /// The three nearest directions, and how much each counts.
  private static func nearest(
    to direction: SIMD3<Double>, _ vectors: [SIMD3<Double>]
  ) -> [(index: Int, weight: Double)] {
    var best: [(index: Int, distance: Double)] = []
    for (index, vector) in vectors.enumerated() {
      let apart = direction - vector
      let distance = (apart * apart).sum()
      guard best.count < 3 || distance < best[2].distance else { continue }
      let place = best.firstIndex { $0.distance > distance } ?? best.count
      best.insert((index, distance), at: place)
      if best.count > 3 { best.removeLast() }
    }
    let weights = best.map { 1 / ($0.distance + 1e-6) }
    let whole = weights.reduce(0, +)
    return zip(best, weights).map { ($0.index, $1 / whole) }
  }

  /// Both ears' gains as logarithms, at the frequencies of another sample rate.
  private static func logGains(
    _ left: [Float], _ right: [Float], _ measuredRate: Double, bins: Int, sampleRate: Double
  ) -> ([Double], [Double]) {
    var size = 256
    while size < left.count { size *= 2 }
    var re = [Double](repeating: 0, count: size)
    var im = re
    for k in 0..<min(size, left.count, right.count) { (re[k], im[k]) = (Double(left[k]), Double(right[k])) }
    FourierTransform.inPlace(&re, &im)
    // Two real signals in one transform.
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
        // Loudspeakers say nothing of what is below 200 Hz, nor files of what is above their half.
        let hz = max(200, Double(bin) / Double(bins - 1) * sampleRate / 2)
        let place = min(Double(size / 2) * 0.98, hz / measuredRate * Double(size))
        let k = min(size / 2 - 1, Int(place))
        return gains[k] + (place - Double(k)) * (gains[k + 1] - gains[k])
      }
    }
    return (resampled(logs.0), resampled(logs.1))
  }
}

extension SourcePosition.Point {
  /// A step from the head's centre towards it: right, ahead, up.
  package var vector: SIMD3<Double> {
    let (azimuth, elevation) = (
      Maths.sinCos(turns: azimuthDegrees / 360), Maths.sinCos(turns: elevationDegrees / 360)
    )
    return SIMD3(azimuth.sin * elevation.cos, azimuth.cos * elevation.cos, elevation.sin)
  }
}

extension Sphere {
  /// Gains at even frequencies from 0 to half the sample rate, by way of fewer that are evenly spaced on a logarithmic scale.
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
      let place = Maths.log2(hz / lowest) * perOctave
      let k = min(count - 2, Int(place))
      return Maths.exp(logs[k] + (place - Double(k)) * (logs[k + 1] - logs[k]))
    }
  }
}
