import Synchronization
import TingleDSP

/// A head-related transfer function at one sample rate: for each ear and source point, a short minimum-phase
/// filter, a delay and a gain.
///
/// Far field: magnitudes from HRIRs or from a spherical head, on a grid of directions. Near field: the far
/// filter convolved with the sphere's distance variation function, the ratio of its responses at two
/// distances: A. Kan, C. Jin and A. van Schaik, "A psychophysical evaluation of near-field head-related
/// transfer functions synthesized using a distance variation function", JASA 125 (2009) 2233.
///
/// `@unchecked Sendable`: only `init` writes to the buffers.
package final class HRTF: @unchecked Sendable {
  /// The delays and the gain that belong to the filters of both ears.
  struct Ears {
    /// The delay in frames relative to the shortest possible one.
    var leftFrames = 0.0
    var rightFrames = 0.0
    /// Normalises the power of the near filters, so that the level follows `distanceGain`.
    var gain: Float = 1
  }

  /// The sample rate in hertz.
  let sampleRate: Double
  /// The length of an ear's filter in frames; a multiple of 4.
  let taps: Int
  /// The longest delay at either ear in frames.
  let longestDelayFrames: Int
  /// The length of a near-field filter in frames; a multiple of 4.
  let nearTaps: Int

  // The far filters, [row][column][left, right][tap], and the near filters, [distance][angle][tap].
  private let far: Buffer<Float>
  private let near: Buffer<Float>
  // The mean power of each near filter.
  private let nearPower: Buffer<Float>

  private static let distances: [Double] = [0.04, 0.06, 0.09, 0.135, 0.2, 0.3, 0.5, 0.8, 1.4, 3]
  private static let angles = 19
  /// The delay of a source at the ear itself; the shortest possible one.
  private static let earliestSeconds = -Sphere.radiusMetres / Sphere.speedOfSound

  /// - Parameter measured: a listener's HRIRs, or nil for a spherical head.
  init(_ measured: HRIRSet?, sampleRate: Double) {
    self.sampleRate = sampleRate
    taps = Int((0.00125 * sampleRate / 4).rounded(.up)) * 4
    nearTaps = Int((0.0005 * sampleRate / 4).rounded(.up)) * 4
    longestDelayFrames = Int((Sphere.longestITDSeconds + 60e-6) * sampleRate) + 1
    var half = 128
    while Double(half) * 375 < sampleRate { half *= 2 }
    let bins = half + 1
    let spectra =
      measured.map { HRTFMagnitudes($0, bins: bins, sampleRate: sampleRate) }
      ?? HRTFMagnitudes(sphereWithBins: bins, sampleRate: sampleRate)

    far = Buffer(repeating: 0, count: spectra.left.count * 2 * taps)
    for k in spectra.left.indices {
      let (left, right) = MinimumPhase.responses(spectra.left[k], spectra.right[k], taps: taps)
      _ = far[(2 * k) * taps..<(2 * k + 1) * taps].update(fromContentsOf: left)
      _ = far[(2 * k + 1) * taps..<(2 * k + 2) * taps].update(fromContentsOf: right)
    }
    let count = Self.distances.count * Self.angles
    near = Buffer(repeating: 0, count: count * nearTaps)
    nearPower = Buffer(repeating: 0, count: count)
    for angle in 0..<Self.angles {
      let cosine = Maths.sinCos(turns: Double(angle) / Double(2 * (Self.angles - 1))).cos
      func gains(_ metres: Double) -> [Double] {
        Sphere.gains(cosIncidence: cosine, metres: metres, bins: bins, sampleRate: sampleRate)
      }
      let reference = gains(spectra.radiusMetres)
      let ratios = Self.distances.map { distance in
        zip(gains(distance + Sphere.radiusMetres), reference).map { $0 / $1 }
      }
      for d in stride(from: 0, to: Self.distances.count, by: 2) {
        let (one, other) = MinimumPhase.responses(ratios[d], ratios[d + 1], taps: nearTaps)
        for (distance, response) in [(d, one), (d + 1, other)] {
          let index = distance * Self.angles + angle
          _ = near[index * nearTaps..<(index + 1) * nearTaps].update(fromContentsOf: response)
          let power = ratios[distance].map { $0 * $0 }.prefix(bins / 3).reduce(0, +) / Double(bins / 3)
          nearPower[index] = Float(power)
        }
      }
    }
  }

  /// The HRTFs built so far; each is built once per process.
  private static let cache = Mutex<[(measured: HRIRSet?, head: HRTF)]>([])

  /// The HRTF of a head at a sample rate, from the cache if possible.
  /// - Parameter measured: a listener's HRIRs, or nil for a spherical head.
  package static func head(_ measured: HRIRSet?, sampleRate: Double) -> HRTF {
    cache.withLock { heads in
      if let found = heads.first(where: { $0.measured === measured && $0.head.sampleRate == sampleRate }) {
        return found.head
      }
      let head = HRTF(measured, sampleRate: sampleRate)
      heads.append((measured, head))
      return head
    }
  }

  /// Interpolates the filters of both ears for a source point.
  /// - Parameters:
  ///   - left: space for `taps` coefficients.
  ///   - right: space for `taps` coefficients.
  ///   - scratch: space for `taps` + `nearTaps` coefficients.
  func design(
    _ point: SourcePosition.Point, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Ears {
    var ears = Ears()
    let x = point.cosToRightEar
    let metres = point.radiusMetres
    let ipsilateral = x >= 0 ? x : -x
    let toNear = Sphere.delaySeconds(cosIncidence: ipsilateral, metres: metres)
    let toFar = min(
      Sphere.delaySeconds(cosIncidence: -ipsilateral, metres: metres), toNear + Sphere.longestITDSeconds)
    let (l, r) = x >= 0 ? (toFar, toNear) : (toNear, toFar)
    ears.leftFrames = (l - Self.earliestSeconds) * sampleRate
    ears.rightFrames = (r - Self.earliestSeconds) * sampleRate

    let power =
      interpolate(point, cosIncidence: -x, ear: 0, into: left, scratch)
      + interpolate(point, cosIncidence: x, ear: 1, into: right, scratch)
    ears.gain = Float(Self.distanceGain(point) / (0.5 * Double(power)).squareRoot())
    return ears
  }

  /// Writes one ear's filter: the far filter of the direction convolved with the near filter of the distance.
  /// - Parameter ear: 0 for left, 1 for right.
  /// - Returns: the mean power of the near filter.
  private func interpolate(
    _ point: SourcePosition.Point, cosIncidence: Double, ear: Int, into output: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> Float {
    let azimuth = point.azimuthDegrees / 360
    let column = (azimuth - azimuth.rounded(.down)) * Double(HRTFMagnitudes.columns)
    let elevation = max(
      HRTFMagnitudes.elevations.lowerBound,
      min(HRTFMagnitudes.elevations.upperBound, point.elevationDegrees))
    let row = min(
      Double(HRTFMagnitudes.rows) - 1.001,
      (elevation - HRTFMagnitudes.elevations.lowerBound) / HRTFMagnitudes.elevationStep)
    let (c, r) = (Int(column) % HRTFMagnitudes.columns, Int(row))
    let (u, v) = (Float(column - column.rounded(.down)), Float(row - Double(r)))
    let next = (c + 1) % HRTFMagnitudes.columns
    func farFilter(_ row: Int, _ column: Int) -> UnsafePointer<Float> {
      UnsafePointer(far.baseAddress + (2 * (row * HRTFMagnitudes.columns + column) + ear) * taps)
    }

    let angle = min(
      Double(Self.angles) - 1.001, Maths.arcCosine(cosIncidence) / .pi * Double(Self.angles - 1))
    let a = Int(angle)
    let s = Float(angle - Double(a))
    var d = 0
    while d < Self.distances.count - 2, Self.distances[d + 1] < point.distanceMetres { d += 1 }
    let t = Float(
      max(0, min(1, (point.distanceMetres - Self.distances[d]) / (Self.distances[d + 1] - Self.distances[d])))
    )
    let i = (
      d * Self.angles + a, d * Self.angles + a + 1, (d + 1) * Self.angles + a, (d + 1) * Self.angles + a + 1
    )
    let weights = ((1 - t) * (1 - s), (1 - t) * s, t * (1 - s), t * s)
    func nearFilter(_ index: Int) -> UnsafePointer<Float> {
      UnsafePointer(near.baseAddress + index * nearTaps)
    }
    let (farMix, nearMix) = (scratch, scratch + taps)
    Vector.blend(
      farFilter(r, c), farFilter(r, next), farFilter(r + 1, c), farFilter(r + 1, next),
      ((1 - v) * (1 - u), (1 - v) * u, v * (1 - u), v * u), into: farMix, count: taps)
    Vector.blend(
      nearFilter(i.0), nearFilter(i.1), nearFilter(i.2), nearFilter(i.3), weights, into: nearMix,
      count: nearTaps)
    Vector.convolve(farMix, taps, nearMix, nearTaps, into: output)
    return weights.0 * nearPower[i.0] + weights.1 * nearPower[i.1] + weights.2 * nearPower[i.2]
      + weights.3 * nearPower[i.3]
  }
}
