import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The room")
struct RoomTests {
  /// The impulse response of a room, one second long.
  private func response(_ size: RoomSize, _ rate: Double = 48000) -> [StereoFrame] {
    let room = Room(size, sampleRate: rate)
    var output = [StereoFrame](repeating: .zero, count: Int(rate) / Grid.frames * Grid.frames)
    output.withUnsafeMutableBufferPointer { frames in
      for start in stride(from: 0, to: frames.count, by: Grid.frames) {
        if start == 0 { room.send[0] = 1 }
        var span = frames.extracting(start..<start + Grid.frames).mutableSpan
        room.render(into: &span)
      }
    }
    return output
  }

  @Test(
    "the measured reverberation time is within 10 % of the room's", arguments: RoomSize.allCases,
    [44100.0, 96000])
  func decay(size: RoomSize, rate: Double) {
    // Around 1 kHz, as the treble decays faster.
    var highPass = Biquad<StereoFrame>(.highPass(cutoffHz: 500, q: 0.7071, sampleRate: rate))
    var lowPass = Biquad<StereoFrame>(.lowPass(cutoffHz: 2000, q: 0.7071, sampleRate: rate))
    let signal = response(size, rate).map { frame in
      let filtered = lowPass.process(highPass.process(frame))
      return Double(filtered.x * filtered.x + filtered.y * filtered.y)
    }
    // Schroeder's backward integral, from -5 to -35 dB.
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
    "the tail is dense, has no pitch, gets darker, and differs between the ears",
    arguments: RoomSize.allCases)
  func diffusion(size: RoomSize) {
    let output = response(size)
    let (begin, end) = (Int(0.3 * size.decaySeconds * 48000), Int(0.7 * size.decaySeconds * 48000))
    let part = output[begin..<end]
    #expect(abs(Statistics.correlation(part.map { Double($0.x) }, part.map { Double($0.y) })) < 0.35)
    let loud = part.count { abs($0.x) > 1e-7 }
    #expect(Double(loud) / Double(part.count) > 0.1)
    let repeated = Statistics.autocorrelation(part.map(\.x), lags: 960)
    #expect(repeated[48...].allSatisfy { abs($0) < 0.45 })
    func treble(_ range: Range<Int>) -> Double {
      let spectrum = Spectrum(output[range].map(\.x), sampleRate: 48000, size: 1024)
      return 10 * log10(spectrum.power(in: 6000...12_000) / spectrum.power(in: 300...2000))
    }
    let (early, late) = (Int(0.05 * size.decaySeconds * 48000), Int(0.6 * size.decaySeconds * 48000))
    let (first, last) = (treble(early..<early + 4096), treble(late..<late + 4096))
    #expect(last < first - 1, "\(first) \(last)")
  }

  @Test("the response ends within memoryFrames, and the reverb level rises with distance")
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
