import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Noise")
struct NoiseTests {
  private func samples(_ count: Int, _ next: () -> Float) -> [Float] { (0..<count).map { _ in next() } }

  @Test("white noise is flat, with an RMS of 1")
  func white() {
    var noise = WhiteNoise(Draws(seed: 1))
    let signal = samples(1 << 18) { noise.next() }
    #expect(abs(Statistics.levelDB(signal)) < 0.1)
    let spectrum = Spectrum(signal, sampleRate: 48000)
    for low in [50.0, 500, 2000, 8000] {
      #expect(abs(spectrum.densityDB(in: low...low * 2) - spectrum.densityDB(in: 100...23000)) < 0.6)
    }
  }

  @Test(
    "the slope filter has its slope from 30 Hz to 16 kHz, and an RMS of 1",
    arguments: [-3.0, -4.5, -6.0, -0.5, 0, 1.5, 3, 6], [44100.0, 48000, 88200, 96000])
  func slope(slope: Double, sampleRate: Double) {
    let filter = SlopeFilter(.init(slopeDBPerOctave: slope, sampleRate: sampleRate))
    // The transfer function is exact; a spectrum of the noise has random errors.
    var impulse = filter
    let spectrum = Transfer(count: 1 << 16, sampleRate: sampleRate) { impulse.process($0) }
    let reference = spectrum.levelDB(at: 700)
    for hz in stride(from: 1.5, through: 4.2, by: 0.05).map({ pow(10, $0) }) where (30.0...16000).contains(hz)
    {
      let expected = slope * log2(hz / 700)
      // Brown noise is one first-order low-pass, whose slope decreases near half the sample rate; so does
      // that of the difference of violet noise.
      let tolerance = abs(slope) > 5 && hz > 8000 ? 3.0 : slope == -3 ? 0.5 : 0.75
      #expect(abs(spectrum.levelDB(at: hz) - reference - expected) < tolerance, "at \(hz) Hz")
    }
    var noise = WhiteNoise(Draws(seed: 2))
    var running = filter
    let signal = samples(1 << 19) { running.process(noise.next()) }
    #expect(abs(Statistics.levelDB(Array(signal.dropFirst(1 << 15)))) < (slope < -5 ? 1.5 : 0.6))
  }

  @Test("grey noise follows the contour of equal loudness at 40 phon; green noise has its maximum at 500 Hz")
  func namedCurves() {
    func bands(_ colour: NoiseColour) -> (Double) -> Double {
      var noise = Noise()
      noise.colour = colour
      let spectrum = Spectrum(
        Rendering.mono(noise, seconds: 30, sampleRate: 48000), sampleRate: 48000)
      return { spectrum.densityDB(in: $0 * 0.94...$0 * 1.06) }
    }
    // ISO 226:2003, relative to 1 kHz.
    let grey = bands(.grey)
    var deviations: [Double] = []
    for (hz, contour) in [
      (80.0, 28.5), (160, 16.7), (315, 7.6), (630, 1.3), (2500, -3.5), (4000, -3.4), (6300, 5.8),
      (10_000, 14.3),
    ] { deviations.append(grey(hz) - grey(1000) - contour) }
    let mean = Statistics.mean(deviations)
    #expect(deviations.allSatisfy { abs($0 - mean) < 3 }, "\(deviations)")
    let green = bands(.green)
    for hz in [125.0, 2000, 8000] { #expect(green(hz) < green(500) - 5) }
  }

  @Test(
    "band noise is flat in its band, falls outside, and has an RMS of 1", arguments: [44100.0, 48000, 96000])
  func band(sampleRate: Double) {
    var noise = BandNoise(lowHz: 1200, highHz: 7000, draws: Draws(seed: 3), sampleRate: sampleRate)
    let signal = samples(1 << 18) { noise.next() }
    #expect(abs(Statistics.levelDB(signal)) < 0.2)
    let spectrum = Spectrum(signal, sampleRate: sampleRate)
    let inside = spectrum.densityDB(in: 2000...5000)
    #expect(abs(spectrum.densityDB(in: 1150...1250) - inside + 3) < 1)
    #expect(spectrum.densityDB(in: 250...350) < inside - 22)
    #expect(spectrum.densityDB(in: 17000...19000) < inside - 14)
  }
}
