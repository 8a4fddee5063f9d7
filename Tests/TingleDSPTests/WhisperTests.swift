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

  @Test(
    "the pipelined resonator cascade equals resonators in series, delayed",
    arguments: [44100.0, 48000, 96000])
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
    // The peaks of the response are at the formant frequencies.
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

  @Test(
    "vowels have no pitch: the residual does not repeat at lags of 2.5 to 15 ms",
    arguments: ["IY", "AA", "UW", "ER"])
  func noPeriod(vowel: String) {
    let residual = Statistics.residual(said("\(vowel)1 .", seconds: 10), order: 44)
    let repeated = Statistics.autocorrelation(residual, lags: 720)
    for lag in 120...720 { #expect(abs(repeated[lag]) < 0.1, "at \(Double(lag) / 48) ms") }
  }

  @Test("the spectrum has no gaps, and energy above 8 kHz", arguments: WhisperCharacter.allCases)
  func spectrum(character: WhisperCharacter) {
    let spectrum = Spectrum(said(Self.words, character, pace: 3.3), sampleRate: 48000, size: 4096)
    let thirds = stride(from: 0.0, through: 9, by: 1).map { 1000 * pow(2, $0 / 3) }
    let levels = thirds.map { spectrum.densityDB(in: $0 * 0.89...$0 * 1.12) }
    for k in 1..<levels.count - 1 { #expect(levels[k] > min(levels[k - 1], levels[k + 1]) - 6) }
    let air = 10 * log10(spectrum.power(in: 8000...11000) / spectrum.power(in: 50...20000))
    #expect((-25.0...(-13.0)).contains(air), "\(air) dB")
  }

  @Test("a closer voice has more lows, more highs and less interaural correlation")
  func closeness() {
    func measure(_ closeness: Double) -> (lows: Double, air: Double, shared: Double) {
      let frames = whisper(seconds: 20) {
        ($0.phonemes, $0.closeness, $0.inhaleDB) = ("AA1 . AH1 .", closeness, -60)
      }
      let spectrum = Spectrum(frames.map(\.x), sampleRate: 48000, size: 4096)
      func level(_ band: ClosedRange<Double>) -> Double {
        10 * log10(spectrum.power(in: band) / spectrum.power(in: 1000...3000))
      }
      let shared = Statistics.correlation(frames.map { Double($0.x) }, frames.map { Double($0.y) })
      return (level(150...350), level(12_000...18_000), shared)
    }
    let (far, middle, near) = (measure(0), measure(0.5), measure(1))
    #expect(near.lows > far.lows + 3 && near.air > far.air + 3)
    #expect(far.shared > middle.shared && middle.shared > near.shared)
    #expect(near.shared > 0.3 && far.shared < 0.95)
  }

  @Test("there are no mouth clicks unless they are requested")
  func mouthSounds() {
    func clicks(_ perSecond: Double) -> Int {
      let signal = whisper(seconds: 30) {
        ($0.mode, $0.inhaleDB, $0.mouthSoundsPerSecond) = (.breath, -60, perSecond)
      }
      // Breathing has no sharp onsets, so each onset is a click.
      return Statistics.onsets(signal.map(\.x), sampleRate: 48000, riseDB: 12, floorDB: 45).count
    }
    let (none, some) = (clicks(0), clicks(3))
    #expect(none < 8 && some > none + 40, "\(none) \(some)")
  }

  private static let words =
    "K L OW1 Z - Y ER - AY1 Z . G UH1 D - N AY1 T , S L IY1 P - W EH1 L . "
    + "DH AX - S IY1 - IH Z - SH AE1 L OW ."

  @Test("the two channels are correlated by 0.3 to 0.85", arguments: Whisper.Mode.allCases)
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

  @Test("5 to 75 % of the time is silence between phrases", arguments: Whisper.Mode.allCases)
  func phrases(mode: Whisper.Mode) {
    let levels = Statistics.envelope(
      whisper(seconds: 60) { $0.mode = mode }.map(\.x), sampleRate: 48000, hopSeconds: 0.02
    ).map { 10 * log10($0 + 1e-14) }
    let loud = levels.sorted()[levels.count * 9 / 10]
    let silent = Double(levels.filter { $0 < loud - 60 }.count) / Double(levels.count)
    #expect((0.05...0.75).contains(silent))
  }

  /// The left channel of a whisper that repeats a phoneme line, without inhales.
  private func said(
    _ phonemes: String, _ character: WhisperCharacter = .neutral, pace: Double = 3, seconds: Double = 40
  ) -> [Float] {
    whisper(seconds: seconds) {
      ($0.phonemes, $0.character, $0.syllablesPerSecond, $0.inhaleDB) = (phonemes, character, pace, -60)
    }.map(\.x)
  }

  @Test(
    "steady vowels have the formants of whispered speech, within 8 %",
    arguments: [
      ("IY", 338.0, 2449.0, 3178.0), ("IH", 426, 2052, 2938), ("EH", 676, 1909, 2863),
      ("AE", 840, 1995, 2473), ("AA", 883, 1121, 2591), ("AO", 632, 851, 2669),
      ("UH", 469, 1183, 2630), ("UW", 358, 1095, 2727), ("AH", 722, 1269, 2651),
      ("AX", 584, 1530, 2609), ("ER", 565, 1224, 1619), ("UE", 331, 1986, 2519),
      ("OE", 443, 1726, 2363), ("OEH", 644, 1622, 2467), ("UI", 372, 1414, 2467),
      ("IX", 372, 1726, 2571),
    ])
  func vowels(name: String, f1: Double, f2: Double, f3: Double) {
    // Each vowel alone, slowly and stressed, except schwa, which undershoots its target a little.
    let signal = said("\(name)\(name == "AX" ? "" : "1") .", pace: 1, seconds: 60)
    let spectrum = Spectrum(signal, sampleRate: 48000, size: 2048)
    for formant in [f1, f2, f3] {
      // A peak is measured relative to the levels below and above it, to exclude the spectral slope.
      let candidates = stride(from: formant * 0.88, through: formant * 1.13, by: 5)
      func level(_ hz: Double) -> Double { spectrum.densityDB(in: hz - 40...hz + 40) }
      let base = (level(formant * 0.75), level(formant * 1.3))
      let peak = candidates.max { a, b in
        func over(_ hz: Double) -> Double {
          let t = log(hz / (formant * 0.75)) / log(1.3 / 0.75)
          return level(hz) - (base.0 + t * (base.1 - base.0))
        }
        return over(a) < over(b)
      }!
      #expect(abs(peak / formant - 1) < 0.08, "\(name) \(formant): \(peak)")
    }
  }

  @Test(
    "the spectral centroid of each consonant is in its range",
    arguments: [
      ("S", 4800.0...8000.0), ("Z", 4000...8000), ("SH", 2500...4800), ("ZH", 2000...4800),
      ("F", 4000...10500),
      ("V", 800...9000), ("TH", 4000...10500), ("DH", 800...9000), ("T", 3400...7000), ("P", 600...4000),
      ("K", 1000...3800),
      ("CH", 2500...5200), ("JH", 2300...5200), ("HH", 500...4000), ("M", 200...2600), ("N", 200...2900),
      ("NG", 200...3300), ("L", 300...3000), ("R", 300...2500), ("W", 200...2500), ("Y", 300...3800),
      ("B", 200...4500), ("D", 1000...7500), ("G", 600...4500), ("CX", 2800...6000), ("XX", 1000...3500),
      ("RR", 200...3000),
    ])
  func consonants(name: String, centroid: ClosedRange<Double>) {
    let signal = said("\(name) .", seconds: 20)
    let level = Statistics.levelDB(signal)
    #expect((-80.0...(-20)).contains(level), "\(name): \(level)")
    let measured = Spectrum(signal, sampleRate: 48000, size: 2048).centroidHz(in: 100...16000)
    #expect(centroid.contains(measured), "\(name): \(measured)")
  }

  @Test("s is at most 3 dB louder than vowels in the soft voice; transitions do not click")
  func balance() {
    func loudest(_ phonemes: String) -> Double {
      Statistics.envelope(said(phonemes, .soft), sampleRate: 48000, hopSeconds: 0.05).max()!
    }
    #expect(10 * log10(loudest("S .") / loudest("AH1 .")) < 3)
    let edges = said("AA1 M AA1 S AA1 L AA1 SH AA1 .", .soft)
    let levels = Statistics.envelope(edges, sampleRate: 48000, hopSeconds: 0.002).map {
      10 * log10($0 + 1e-9)
    }
    // The level of 2 ms of white noise varies by about 3 dB; a click would exceed the levels on both sides.
    let loud = levels.sorted()[levels.count * 98 / 100]
    for k in 4..<levels.count - 4 {
      #expect(levels[k] < max(loud, levels[k - 4...k - 2].max()!, levels[k + 2...k + 4].max()!) + 9)
    }
  }

  @Test("a text is read once per interval, breath group by breath group")
  func words() {
    var whisper = Whisper()
    whisper.phonemes = "G UH1 D - N AY1 T . S L IY1 P - W EH1 L ."
    #expect(whisper.speech.breathGroupCount == 2)
    let reading = whisper.readingSeconds
    #expect((2.0...6).contains(reading))
    whisper.everySeconds = 30
    let levels = Statistics.envelope(
      Rendering.mono(whisper, seconds: 60), sampleRate: 48000, hopSeconds: 0.5)
    let audible = levels.indices.filter { levels[$0] > 1e-7 }.map { Double($0) / 2 }
    #expect(audible.allSatisfy { $0.truncatingRemainder(dividingBy: 30) < reading + 3 || $0 > 29 })
    #expect(audible.contains { $0 < 8 } && audible.contains { (29...38).contains($0) })
  }

  @Test("each breath group is packed once, with less than 20 % of additional silence")
  func packing() throws {
    var whisper = Whisper()
    let groups = (0..<60).map { String(repeating: "M AH1 - ", count: 2 + $0 * 7 % 11) + "." }
    whisper.phonemes = groups.joined(separator: " ")
    let packing = PhrasePacking(whisper.speech, whisper)
    #expect((0..<packing.count).flatMap { Array(packing[$0]) } == Array(0..<60))
    let spoken = (0..<60).reduce(0) {
      $0 + WhisperScript.seconds(of: whisper.speech, breathGroup: $1, whisper)
        + WhisperScript.meanPauseSeconds
    }
    #expect(whisper.readingSeconds < 1.2 * spoken)
  }

  @Test("a phoneme line is parsed or rejected")
  func lines() throws {
    #expect(try Speech(phonemes: "").breathGroupCount == 0)
    #expect(try Speech(phonemes: ". , -").breathGroupCount == 0)
    #expect(try Speech(phonemes: "HH AH0 L OW1").breathGroupCount == 1)
    #expect(try Speech(phonemes: "AY1 / AY1 . AY1 ? AY1").breathGroupCount == 4)
    #expect(throws: Speech.ParseError.self) { try Speech(phonemes: "K QQ") }
    #expect(throws: Speech.ParseError.self) { try Speech(phonemes: String(repeating: "K ", count: 20_000)) }
    // A breath group that is too long is divided.
    #expect(try Speech(phonemes: String(repeating: "K AH1 - ", count: 100)).breathGroupCount == 5)
  }

  @Test("the bright voice is brighter than the low one, and hushing than breathing")
  func voices() {
    func centroid(_ change: (inout Whisper) -> Void) -> Double {
      Spectrum(whisper(seconds: 40, change).map(\.x), sampleRate: 48000).centroidHz(in: 100...15000)
    }
    #expect(centroid { $0.character = .bright } > 1.1 * centroid { $0.character = .low })
    #expect(centroid { $0.mode = .shush } > 1.3 * centroid { $0.mode = .breath })
  }

  @Test("a speaker is the same person each time, and differs from other speakers")
  func speakers() {
    func signal(_ speaker: Int) -> [Float] {
      whisper(seconds: 20) { ($0.phonemes, $0.speaker) = (Self.words, speaker) }.map(\.x)
    }
    let voices = [0, 1, 2].map { ($0, signal($0)) }
    for (speaker, first) in voices {
      #expect(signal(speaker) == first)
      for (other, second) in voices where other != speaker { #expect(first != second) }
    }
    let centroids = (1...8).map { Spectrum(signal($0), sampleRate: 48000).centroidHz(in: 100...15000) }
    #expect(centroids.max()! > 1.03 * centroids.min()! && centroids.max()! < 1.6 * centroids.min()!)
  }

  @Test("a voice tires: after two hours it is softer by 0.5 to 4 dB")
  func fatigue() {
    func level(atSeconds start: Double) -> Double {
      let mix = Rendering.mix(Whisper(), seconds: 8000)
      let frames = Rendering.frames(mix, from: Int(start * 48000), count: 120 * 48000)
      return Statistics.levelDB(frames.map(\.x))
    }
    #expect((0.5...4).contains(level(atSeconds: 0) - level(atSeconds: 7200)))
  }

  @Test("level and spectral centroid do not depend on the sample rate")
  func sampleRates() {
    func measure(_ rate: Double) -> (Double, Double) {
      let signal = whisper(seconds: 40, rate: rate).map(\.x)
      return (Statistics.levelDB(signal), Spectrum(signal, sampleRate: rate).centroidHz(in: 100...12000))
    }
    let reference = measure(48000)
    for rate in [44100.0, 96000] {
      let other = measure(rate)
      #expect(abs(other.0 - reference.0) < 0.5)
      #expect(abs(other.1 / reference.1 - 1) < 0.06)
    }
  }
}
