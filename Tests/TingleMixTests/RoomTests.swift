import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Rooms")
struct RoomTests {
  /// What the ears hear of a single 1 that the room hears.
  private func response(_ size: RoomSize, _ rate: Double = 48000) -> [StereoFrame] {
    let room = Room(size, sampleRate: rate)
    var heard = [StereoFrame](repeating: .zero, count: Int(rate) / Grid.frames * Grid.frames)
    heard.withUnsafeMutableBufferPointer { frames in
      for start in stride(from: 0, to: frames.count, by: Grid.frames) {
        if start == 0 { room.send[0] = 1 }
        var span = frames.extracting(start..<start + Grid.frames).mutableSpan
        room.render(into: &span)
      }
    }
    return heard
  }

  @Test("the tail dies away in its time", arguments: RoomSize.allCases, [44100.0, 96000])
  func decay(size: RoomSize, rate: Double) {
    // Near 1 kHz; the treble goes sooner.
    var band = Biquad<StereoFrame>(.highPass(cutoffHz: 500, q: 0.7071, sampleRate: rate))
    var top = Biquad<StereoFrame>(.lowPass(cutoffHz: 2000, q: 0.7071, sampleRate: rate))
    let signal = response(size, rate).map { frame in
      let heard = top.process(band.process(frame))
      return Double(heard.x * heard.x + heard.y * heard.y)
    }
    // Schroeder's backward integral, from 5 dB down to 35.
    var left = signal.reduce(0, +)
    let whole = left
    var points: [(Double, Double)] = []
    for (n, power) in signal.enumerated() {
      let level = 10 * log10(left / whole + 1e-12)
      if level < -5, level > -35, n % 16 == 0 { points.append((Double(n) / rate, level)) }
      left -= power
    }
    let slope = Statistics.slope(points.map(\.0), points.map(\.1))
    #expect(abs(-60 / slope / size.decaySeconds - 1) < 0.1, "\(-60 / slope)")
  }

  @Test(
    "the tail is dense, without pitch, darker at its end, and different for each ear",
    arguments: RoomSize.allCases)
  func diffusion(size: RoomSize) {
    let heard = response(size)
    let (begin, end) = (Int(0.3 * size.decaySeconds * 48000), Int(0.7 * size.decaySeconds * 48000))
    let part = heard[begin..<end]
    #expect(abs(Statistics.correlation(part.map { Double($0.x) }, part.map { Double($0.y) })) < 0.35)
    let loud = part.count { abs($0.x) > 1e-7 }
    #expect(Double(loud) / Double(part.count) > 0.1)
    let repeated = Statistics.autocorrelation(part.map(\.x), lags: 960)
    #expect(repeated[48...].allSatisfy { abs($0) < 0.45 })
    func treble(_ range: Range<Int>) -> Double {
      let spectrum = Spectrum(heard[range].map(\.x), sampleRate: 48000, size: 1024)
      return 10 * log10(spectrum.power(in: 6000...12_000) / spectrum.power(in: 300...2000))
    }
    let (early, late) = (Int(0.05 * size.decaySeconds * 48000), Int(0.6 * size.decaySeconds * 48000))
    let (first, last) = (treble(early..<early + 4096), treble(late..<late + 4096))
    #expect(last < first - 1, "\(first) \(last)")
  }

  @Test("it ends when it says, and near sounds stay dry")
  func distance() {
    let room = Room(.bedroom, sampleRate: 48000)
    #expect(response(.bedroom).dropFirst(room.memoryFrames + Grid.frames).allSatisfy { $0 == .zero })
    func wet(_ metres: Double) -> Double {
      var mix = Rendering.mix(
        Tap(), seconds: 20, place: SourcePosition(.init(distanceMetres: metres)), output: .headphones)
      let dry = Rendering.frames(mix, count: 960_000)
      mix.room = .bedroom
      let both = Rendering.frames(mix, count: 960_000)
      let difference = zip(both, dry).map { ($0 - $1).x }
      return Statistics.levelDB(difference) - Statistics.levelDB(dry.map(\.x))
    }
    let (near, far) = (wet(0.05), wet(1.5))
    #expect(near < -22 && far > near + 12, "\(near) \(far)")
  }
}
