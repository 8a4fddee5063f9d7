import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The spatializer")
struct SpatializerTests {
  private static let sides: [SourcePosition.Point] = [-150, -120, -90, -60, -30, 30, 60, 90, 120, 150].flatMap
  {
    azimuth in
    [0.04, 0.09, 0.25, 1, 3].map { SourcePosition.Point(azimuthDegrees: azimuth, distanceMetres: $0) }
  }

  @Test("the sphere's responses approach the published limits")
  func sphere() {
    // Low frequencies: no effect. High frequencies: doubled pressure in front. Duda and Martens, figures 1
    // and 4.
    #expect(abs(Sphere.gain(hz: 5, cosIncidence: 1, metres: 30) - 1) < 0.01)
    #expect(abs(20 * log10(Sphere.gain(hz: 15_000, cosIncidence: 1, metres: 30)) - 6.02) < 0.3)
    // The bright spot at the back is louder than its surroundings.
    let behind = Sphere.gain(hz: 5000, cosIncidence: -1, metres: 3)
    #expect(behind > 1.5 * Sphere.gain(hz: 5000, cosIncidence: cos(155 * .pi / 180), metres: 3))
    // In the far field the low-frequency ITD is three radii (Kuhn, JASA 62 (1977) 157).
    func delay(_ hz: Double, _ cosine: Double) -> Double {
      let response = Sphere.response(hz: hz, cosIncidence: cosine, metres: 30)
      return -atan2(response.im, response.re) / (2 * .pi * hz)
    }
    let expected = 3 * Sphere.radiusMetres / Sphere.speedOfSound
    #expect(abs(delay(100, -1) - delay(100, 1) - expected) < 20e-6)
  }

  @Test("the interaural level difference is within 1 dB of the sphere's", arguments: sides)
  func ild(position: SourcePosition.Point) {
    let ears = BinauralResponse(position)
    for hz in [250.0, 500, 1000, 2000, 4000] {
      func sphere(_ side: Double) -> Double {
        20
          * log10(
            Sphere.gain(hz: hz, cosIncidence: side * position.cosToRightEar, metres: position.radiusMetres))
      }
      let expected = sphere(1) - sphere(-1)
      #expect(abs(ears.ildDB(at: hz) - expected) < 1, "\(hz) Hz: \(ears.ildDB(at: hz)) for \(expected)")
    }
  }

  @Test("4 cm from the ear, the interaural level difference at 300 Hz is 15 to 22 dB")
  func nearness() {
    // 12.75 cm from the centre of the head.
    let near = BinauralResponse(.init(azimuthDegrees: 90, distanceMetres: 0.04))
    let far = BinauralResponse(.init(azimuthDegrees: 90, distanceMetres: 1))
    #expect((15.0...22).contains(near.ildDB(at: 300)))
    #expect(far.ildDB(at: 300) < 5)
    // The near ear gains bass, the far ear loses treble.
    let tilt = near.right.levelDB(at: 200) - near.right.levelDB(at: 4000)
    #expect(tilt > far.right.levelDB(at: 200) - far.right.levelDB(at: 4000) + 1.5)
    #expect(near.left.levelDB(at: 8000) - near.left.levelDB(at: 200) < -6)
  }

  @Test("the interaural time difference: within 20 µs of the sphere, below 705 µs", arguments: sides)
  func itd(position: SourcePosition.Point) {
    let ears = BinauralResponse(position, sampleRate: 96000)
    let measured = Self.lag(ears.leftResponse.map(Double.init), ears.rightResponse.map(Double.init)) / 96000
    #expect(abs(measured) < 705e-6, "\(measured * 1e6) µs")
    guard position.distanceMetres > 0.1 else { return }
    // The sphere's impulse response by inverse transform.
    func response(_ side: Double) -> [Double] {
      let count = 1024
      var re = [Double](repeating: 0, count: count)
      var im = re
      for k in 1..<count / 2 {
        let hz = Double(k) / Double(count) * 96000
        let h = Sphere.response(
          hz: hz, cosIncidence: side * position.cosToRightEar, metres: position.radiusMetres)
        // Delayed by 100 frames, so that it is causal.
        let turn = -2 * Double.pi * Double(k) * 100 / Double(count)
        re[k] = h.re * cos(turn) - h.im * sin(turn)
        im[k] = -(h.re * sin(turn) + h.im * cos(turn))
        (re[count - k], im[count - k]) = (re[k], -im[k])
      }
      FourierTransform.inPlace(&re, &im)
      return re
    }
    let expected = Self.lag(response(-1), response(1)) / 96000
    #expect(abs(measured - expected) < 20e-6, "\(measured * 1e6) µs for \(expected * 1e6) µs")
  }

  /// The delay of the left response in frames: the maximum of the cross-correlation between 1.5 and 6 kHz.
  private static func lag(_ left: [Double], _ right: [Double]) -> Double {
    let count = 1024
    func spectrum(_ signal: [Double]) -> ([Double], [Double]) {
      var re = Array(signal.prefix(count)) + [Double](repeating: 0, count: max(0, count - signal.count))
      var im = [Double](repeating: 0, count: count)
      FourierTransform.inPlace(&re, &im)
      return (re, im)
    }
    let (l, r) = (spectrum(left), spectrum(right))
    func crossCorrelation(_ lag: Double) -> Double {
      var sum = 0.0
      for k in 16...64 {
        let (re, im) = (l.0[k] * r.0[k] + l.1[k] * r.1[k], l.1[k] * r.0[k] - l.0[k] * r.1[k])
        let turn = 2 * Double.pi * Double(k) * lag / Double(count)
        sum += re * cos(turn) - im * sin(turn)
      }
      return sum
    }
    return stride(from: -80.0, through: 80, by: 0.1).max { crossCorrelation($0) < crossCorrelation($1) }!
  }

  @Test("mirrored azimuths give mirrored responses")
  func symmetry() {
    for azimuth in stride(from: 0.0, through: 180, by: 22) {
      let point = { SourcePosition.Point(azimuthDegrees: $0, elevationDegrees: 15, distanceMetres: 0.1) }
      let (one, other) = (BinauralResponse(point(azimuth)), BinauralResponse(point(-azimuth)))
      for (a, b) in zip(one.leftResponse, other.rightResponse) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test(
    "a moving source adds less than -60 dB of interpolation noise to a tone",
    arguments: [SourcePosition.Motion.orbit, .earToEar, .passBy])
  func motion(motion: SourcePosition.Motion) {
    // A sine at the shortest period: all power outside its band is interpolation noise.
    var filter = BinauralFilter(HRTF.head(nil, sampleRate: 48000))
    let place = SourcePosition(
      .init(azimuthDegrees: 90, distanceMetres: 0.1), motion: motion, periodSeconds: 4)
    let count = 750 * Grid.frames
    var heard = [StereoFrame](repeating: .zero, count: count)
    heard.withUnsafeMutableBufferPointer { frames in
      for k in 0..<750 {
        for i in 0..<Grid.frames {
          let tone = Float(sin(2 * .pi * 1500 * Double(k * Grid.frames + i) / 48000))
          (filter.rows.left[i], filter.rows.right[i]) = (tone, tone)
        }
        var span = frames.extracting(k * Grid.frames..<(k + 1) * Grid.frames).mutableSpan
        let seconds = Double(k * Grid.frames) / 48000
        let draws = Draws(seed: 1)
        filter.process(
          block: k, from: place.point(at: seconds, draws: draws),
          to: place.point(at: seconds + Double(Grid.frames) / 48000, draws: draws), into: &span)
      }
    }
    let spectrum = Spectrum(heard.dropFirst(4096).map(\.x), sampleRate: 48000, size: 4096)
    let noise = spectrum.power(in: 100...1300) + spectrum.power(in: 1700...20_000)
    #expect(10 * log10(noise / spectrum.power(in: 1300...1700)) < -60)
  }

  @Test("motions are periodic, slower than 1.5 m/s, and stay within the valid distances")
  func motions() {
    let path = SourcePosition.Path([
      .init(seconds: 0, position: .init(azimuthDegrees: 170)),
      .init(seconds: 5, position: .init(azimuthDegrees: -170, elevationDegrees: 40, distanceMetres: 0.05)),
    ])
    for motion in [SourcePosition.Motion.orbit, .earToEar, .passBy, .path(path), .wander] {
      let place = SourcePosition(
        .init(azimuthDegrees: 30, distanceMetres: 0.2), motion: motion, periodSeconds: 10)
      let draws = Draws(seed: 3)
      for tenth in 0..<400 {
        let point = place.point(at: Double(tenth) / 10, draws: draws)
        let later = place.point(at: Double(tenth) / 10 + 0.005, draws: draws)
        #expect(SourcePosition.distancesMetres.contains(point.distanceMetres))
        let apart = point.vector * point.radiusMetres - later.vector * later.radiusMetres
        // 1.5 m/s over 5 ms.
        #expect((apart * apart).sum().squareRoot() < 0.0075)
        guard motion != .wander else { continue }
        let again = place.point(at: Double(tenth) / 10 + 10, draws: draws)
        let gap = again.vector - point.vector
        #expect((gap * gap).sum() < 1e-9)
      }
    }
  }

  @Test("triggers have a plausible interaural correlation, and a mono downmix loses less than 4.1 dB")
  func correlation() {
    for type in Catalogue.triggers {
      for place in [
        nil, SourcePosition(.init(azimuthDegrees: -30)),
        SourcePosition(.init(azimuthDegrees: 90, distanceMetres: 0.1)),
      ] {
        let mix = Rendering.mix(type.init(), seconds: 20, place: place, output: .headphones)
        let frames = Rendering.frames(mix, count: 960_000)
        let sum = frames.map(\.mid)
        let both = 0.5 * (frames.map { $0 * $0 }.reduce(StereoFrame.zero, +)).sum()
        let loss = 10 * log10(Double(both) / 960_000) - Statistics.levelDB(sum)
        // The capsules of a microphone whose foam is scratched move against each other.
        #expect(
          loss < (type.name == "scratch" ? 5 : 4.1),
          "\(type.name) \(place?.position.azimuthDegrees ?? 0): \(loss)")
        // The waves of low sounds are longer than a head, and a tone resembles itself at any lag.
        guard !["heart", "purr", "thunder", "crickets", "scratch"].contains(type.name) else { continue }
        let median = Self.correlation(frames)
        #expect(
          type.sourceExtent == .ambient ? median < 0.4 : (0.3...0.85).contains(median),
          "\(type.name) \(median)")
      }
    }
  }

  /// The interaural cross-correlation: the maximum over lags up to 1 ms, as the median over half seconds.
  private static func correlation(_ frames: [StereoFrame]) -> Double {
    var found: [Double] = []
    for start in stride(from: 0, to: frames.count - 24_000, by: 24_000) {
      let part = frames[start..<start + 24_000]
      let (left, right) = (part.map(\.x), part.map(\.y))
      func power(_ x: [Float]) -> Double { x.reduce(0) { $0 + Double($1) * Double($1) } }
      let scale = sqrt(power(left) * power(right))
      guard scale / 24_000 > 1e-8 else { continue }
      let lags = stride(from: -48, through: 48, by: 2).map { lag in
        let (a, b) = lag < 0 ? (left[(-lag)...], right[0...]) : (left[0...], right[lag...])
        return zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      found.append(lags.map(abs).max()! / scale)
    }
    return found.sorted()[found.count / 2]
  }
}
