import Synchronization
import TingleDSP

/// A listener's head at one sample rate: how each ear hears a point, near or far, as a short filter and a delay.
///
/// From afar: measured or a sphere's, minimum phase, on a grid of directions. Brought near by the sphere's distance variation
/// function, the ratio of its responses at two distances: A. Kan, C. Jin and A. van Schaik, "A psychophysical evaluation of
/// near-field head-related transfer functions synthesized using a distance variation function", JASA 125 (2009) 2233.
package final class HRTF: @unchecked Sendable {
  /// Filters for both ears and the frames that each lags behind the nearest that an ear can be.
  struct Ears {
    var leftFrames = 0.0
    var rightFrames = 0.0
    /// What brings the point to the level it would have straight ahead at 30 cm, or nearly.
    var gain: Float = 1
  }

  let sampleRate: Double
  /// The length of an ear's filter; a multiple of 4.
  let taps: Int
  /// The latest that an ear hears anything, in frames.
  let longestDelayFrames: Int
  let nearTaps: Int

  // [row][column][left, right][tap], and [distance][angle][tap]; written in `init` alone.
  private let far: UnsafeMutableBufferPointer<Float>
  private let near: UnsafeMutableBufferPointer<Float>
  // Mean power of each near filter.
  private let nearPower: UnsafeMutableBufferPointer<Float>

  private static let distances: [Double] = [0.04, 0.06, 0.09, 0.135, 0.2, 0.3, 0.5, 0.8, 1.4, 3]
  private static let angles = 19
  /// Nearer than the nearest ear nothing can be heard.
  private static let earliestSeconds = -Sphere.radiusMetres / Sphere.speedOfSound

  /// A head.
  /// - Parameter measured: somebody's, or nil for a sphere.
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

    far = .allocate(capacity: spectra.left.count * 2 * taps)
    for k in spectra.left.indices {
      let (left, right) = MinimumPhase.responses(spectra.left[k], spectra.right[k], taps: taps)
      _ = far.extracting((2 * k) * taps..<(2 * k + 1) * taps).initialize(from: left)
      _ = far.extracting((2 * k + 1) * taps..<(2 * k + 2) * taps).initialize(from: right)
    }
    let count = Self.distances.count * Self.angles
    near = .allocate(capacity: count * nearTaps)
    nearPower = .allocate(capacity: count)
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
        for (index, response) in [(d, one), (d + 1, other)] {
          let place = index * Self.angles + angle
          _ = near.extracting(place * nearTaps..<(place + 1) * nearTaps).initialize(from: response)
          let power = ratios[index].map { $0 * $0 }.prefix(bins / 3).reduce(0, +) / Double(bins / 3)
          (nearPower.baseAddress! + place).initialize(to: Float(power))
        }
      }
    }
  }

  deinit {
    far.deallocate()
    near.deallocate()
    nearPower.deallocate()
  }

  /// The heads that were needed so far, each built once.
  private static let known = Mutex<[(measured: HRIRSet?, head: HRTF)]>([])

  /// The head at a sample rate.
  package static func head(_ measured: HRIRSet?, sampleRate: Double) -> HRTF {
    known.withLock { heads in
      if let found = heads.first(where: { $0.measured === measured && $0.head.sampleRate == sampleRate }) {
        return found.head
      }
      let head = HRTF(measured, sampleRate: sampleRate)
      heads.append((measured, head))
      return head
    }
  }

  /// Writes the filters of both ears for a point.
  /// - Parameters:
  ///   - left: room for `taps` coefficients.
  ///   - right: as much.
  ///   - scratch: room for `taps` + `nearTaps`.
  func design(
    _ position: SourcePosition.Point, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Ears {
    var ears = Ears()
    let x = position.cosToRightEar
    let metres = position.radiusMetres
    let nearer = x >= 0 ? x : -x
    let toNear = Sphere.delaySeconds(cosIncidence: nearer, metres: metres)
    let toFar = min(
      Sphere.delaySeconds(cosIncidence: -nearer, metres: metres), toNear + Sphere.longestITDSeconds)
    let (l, r) = x >= 0 ? (toFar, toNear) : (toNear, toFar)
    ears.leftFrames = (l - Self.earliestSeconds) * sampleRate
    ears.rightFrames = (r - Self.earliestSeconds) * sampleRate

    let power =
      colour(position, cosIncidence: -x, ear: 0, into: left, scratch)
      + colour(position, cosIncidence: x, ear: 1, into: right, scratch)
    ears.gain = Float(Self.law(position) / (0.5 * Double(power)).squareRoot())
    return ears
  }

  /// The far filter of a direction, brought near; returns the near filter's power.
  private func colour(
    _ position: SourcePosition.Point, cosIncidence: Double, ear: Int,
    into output: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> Float {
    let azimuth = position.azimuthDegrees / 360
    let column = (azimuth - azimuth.rounded(.down)) * Double(HRTFMagnitudes.columns)
    let elevation = max(
      HRTFMagnitudes.elevations.lowerBound,
      min(HRTFMagnitudes.elevations.upperBound, position.elevationDegrees))
    let row = min(
      Double(HRTFMagnitudes.rows) - 1.001,
      (elevation - HRTFMagnitudes.elevations.lowerBound) / HRTFMagnitudes.elevationStep)
    let (c, r) = (Int(column) % HRTFMagnitudes.columns, Int(row))
    let (u, v) = (Float(column - column.rounded(.down)), Float(row - Double(r)))
    let next = (c + 1) % HRTFMagnitudes.columns
    func farFilter(_ row: Int, _ column: Int) -> UnsafePointer<Float> {
      UnsafePointer(far.baseAddress! + (2 * (row * HRTFMagnitudes.columns + column) + ear) * taps)
    }

    let angle = min(
      Double(Self.angles) - 1.001, Maths.arcCosine(cosIncidence) / .pi * Double(Self.angles - 1))
    let a = Int(angle)
    let s = Float(angle - Double(a))
    var d = 0
    while d < Self.distances.count - 2, Self.distances[d + 1] < position.distanceMetres { d += 1 }
    let t = Float(
      max(
        0, min(1, (position.distanceMetres - Self.distances[d]) / (Self.distances[d + 1] - Self.distances[d]))
      ))
    let places = (
      d * Self.angles + a, d * Self.angles + a + 1, (d + 1) * Self.angles + a, (d + 1) * Self.angles + a + 1
    )
    let shares = ((1 - t) * (1 - s), (1 - t) * s, t * (1 - s), t * s)
    func nearFilter(_ place: Int) -> UnsafePointer<Float> {
      UnsafePointer(near.baseAddress! + place * nearTaps)
    }
    let (wide, close) = (scratch, scratch + taps)
    Vector.blend(
      farFilter(r, c), farFilter(r, next), farFilter(r + 1, c), farFilter(r + 1, next),
      ((1 - v) * (1 - u), (1 - v) * u, v * (1 - u), v * u), into: wide, count: taps)
    Vector.blend(
      nearFilter(places.0), nearFilter(places.1), nearFilter(places.2), nearFilter(places.3), shares,
      into: close, count: nearTaps)
    Vector.convolve(wide, taps, close, nearTaps, into: output)
    return shares.0 * nearPower[places.0] + shares.1 * nearPower[places.1] + shares.2 * nearPower[places.2]
      + shares.3 * nearPower[places.3]
  }
}
