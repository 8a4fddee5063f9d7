import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Whisper")
struct WhisperTests {
  private func whisper(
    seconds: Double = 30, rate: Double = 48000, _ change: (inout Whisper) -> Void = { _ in }
  ) -> [StereoFrame] {
    var whisper = Whisper()
    change(&whisper)
    return Rendering.frames(
      Rendering.mix(whisper, seconds: seconds), sampleRate: rate, count: Int(seconds * rate))
  }

  @Test("the pipeline of resonators is the plain series, later", arguments: [44100.0, 48000, 96000])
  func pipeline(rate: Double) {
    let formants = [(600.0, 130.0), (1500, 120), (2600, 180), (3500, 220), (4500, 300), (5500, 400)]
    var cascade = ResonatorCascade<3>()
    var series = formants.map { KlattResonator(frequencyHz: $0.0, bandwidthHz: $0.1, sampleRate: rate) }
    for (k, formant) in formants.enumerated() {
      cascade.tune(k, frequencyHz: formant.0, bandwidthHz: formant.1, sampleRate: rate)
    }
    var noise = WhiteNoise(Draws(seed: 1))
    var plain: [Float] = []
    var piped: [SIMD2<Float>] = []
    for _ in 0..<2000 {
      let x = noise.next()
      piped.append(cascade.process(SIMD2(x, -x)))
      plain.append(series.indices.reduce(x) { series[$1].process($0) })
    }
    for n in 6..<2000 {
      #expect(abs(piped[n].x - plain[n - 6]) < 1e-3 * max(1, abs(plain[n - 6])))
      #expect(piped[n].y == -piped[n].x)
    }
    // And the formants are where they were put.
    var resonant = ResonatorCascade<3>()
    for (k, formant) in formants.enumerated() {
      resonant.tune(k, frequencyHz: formant.0, bandwidthHz: formant.1, sampleRate: rate)
    }
    let response = Transfer(count: 8192, sampleRate: rate) { resonant.process(SIMD2(repeating: $0)).x }
    for (hz, _) in formants.prefix(3) {
      let near = stride(from: hz * 0.85, through: hz * 1.15, by: 5).max {
        response.levelDB(at: $0) < response.levelDB(at: $1)
      }!
      #expect(abs(near / hz - 1) < 0.08)
    }
    #expect(abs(10 * log10(resonant.power(hz: 900, sampleRate: rate)) - response.levelDB(at: 900)) < 0.1)
  }

  @Test("there is no voice in it: nothing repeats between 2.5 and 15 ms")
  func noPeriod() {
    let signal = whisper { $0.inhaleDB = -60 }.map { Double($0.x) }
    let power = signal.reduce(0) { $0 + $1 * $1 }
    for lag in stride(from: 120, through: 720, by: 3) {
      let sum = zip(signal, signal.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      // A first formant of 600 Hz and 130 Hz width has died to a twentieth by then.
      #expect(abs(sum / power) < 0.2, "at \(Double(lag) / 48) ms")
    }
  }

  @Test("its spectrum has no hole, and air above", arguments: WhisperCharacter.allCases)
  func spectrum(character: WhisperCharacter) {
    let spectrum = Spectrum(
      whisper(seconds: 60) { $0.character = character }.map(\.x), sampleRate: 48000, size: 4096)
    let thirds = stride(from: 0.0, through: 9, by: 1).map { 1000 * pow(2, $0 / 3) }
    let levels = thirds.map { spectrum.densityDB(in: $0 * 0.89...$0 * 1.12) }
    for k in 1..<levels.count - 1 { #expect(levels[k] > min(levels[k - 1], levels[k + 1]) - 15) }
    let air = 10 * log10(spectrum.power(in: 8000...11000) / spectrum.power(in: 50...20000))
    #expect((-26.0...(-8.0)).contains(air))
  }

  @Test("both ears hear the same mouth, but not the same noise", arguments: Whisper.Mode.allCases)
  func ears(mode: Whisper.Mode) {
    let frames = whisper { $0.mode = mode }
    var correlations: [Double] = []
    for start in stride(from: 0, to: frames.count - 24000, by: 24000) {
      let part = frames[start..<start + 24000]
      let (left, right) = (part.map { Double($0.x) }, part.map { Double($0.y) })
      guard left.contains(where: { abs($0) > 1e-3 }) else { continue }
      correlations.append(Statistics.correlation(left, right))
    }
    let median = correlations.sorted()[correlations.count / 2]
    #expect((0.3...0.85).contains(median))
  }

  @Test("phrases and pauses: it breathes, and is silent in between", arguments: Whisper.Mode.allCases)
  func phrases(mode: Whisper.Mode) {
    let levels = Statistics.envelope(
      whisper(seconds: 60) { $0.mode = mode }.map(\.x), sampleRate: 48000, hopSeconds: 0.02
    ).map { 10 * log10($0 + 1e-14) }
    let loud = levels.sorted()[levels.count * 9 / 10]
    let silent = Double(levels.filter { $0 < loud - 60 }.count) / Double(levels.count)
    #expect((0.05...0.75).contains(silent))
  }

  @Test("another voice is another tract; hushing is brighter than breathing")
  func voices() {
    func centroid(_ change: (inout Whisper) -> Void) -> Double {
      Spectrum(whisper(seconds: 40, change).map(\.x), sampleRate: 48000).centroidHz(in: 100...15000)
    }
    #expect(centroid { $0.character = .bright } > 1.1 * centroid { $0.character = .low })
    #expect(centroid { $0.mode = .shush } > 1.5 * centroid { $0.mode = .breath })
  }

  @Test("the same mouth at every sample rate")
  func sampleRates() {
    func figures(_ rate: Double) -> (Double, Double) {
      let signal = whisper(seconds: 40, rate: rate).map(\.x)
      return (Statistics.levelDB(signal), Spectrum(signal, sampleRate: rate).centroidHz(in: 100...12000))
    }
    let reference = figures(48000)
    for rate in [44100.0, 96000] {
      let other = figures(rate)
      #expect(abs(other.0 - reference.0) < 0.5)
      #expect(abs(other.1 / reference.1 - 1) < 0.06)
    }
  }
}
