import Foundation
import Measure
import Testing
import TingleDSP

/// The sounds of the night: sea, wind, machines, heart, cat, crickets and thunder.
@Suite("Night sounds")
struct NightSoundTests {
  /// The correlation of level and brightness over half seconds.
  private func brightening(_ signal: [Float]) -> Double {
    let hop = 24_000
    let starts = Array(stride(from: 0, to: signal.count - hop, by: hop))
    let hz = starts.map { log2(centroidHz(signal[$0..<$0 + hop])) }
    return Statistics.correlation(hz, Array(levelsDB(signal).prefix(hz.count)))
  }

  // MARK: Sea

  @Test("waves rise and fall by 6 to 18 dB, and louder is brighter")
  func waves() {
    let signal = Rendering.mono(Sea(), seconds: 90)
    #expect((6...18).contains(swingDB(signal)), "\(swingDB(signal))")
    #expect(brightening(signal) > 0.1, "\(brightening(signal))")
    let calm = Rendering.mono(made(Sea.self) { $0.swell = 0.1 }, seconds: 90)
    #expect(swingDB(calm) < swingDB(signal) - 3)
  }

  @Test("waves come at the pace that is set")
  func pace() {
    /// The number of times that the level, smoothed over a second, passes its mean upwards.
    func rises(_ pace: Double) -> Int {
      let raw = levelsDB(Rendering.mono(made(Sea.self) { $0.wavesPerSecond = pace }, seconds: 240))
      let smooth = (1..<raw.count - 1).map { Statistics.mean(Array(raw[$0 - 1...$0 + 1])) }
      let mean = Statistics.mean(smooth)
      return zip(smooth, smooth.dropFirst()).filter { $0 < mean && $1 >= mean }.count
    }
    let (slow, usual) = (rises(0.07), rises(0.2))
    #expect((9...28).contains(slow) && (22...55).contains(usual), "\(slow) \(usual)")
  }

  @Test("crests run from ear to ear; the sea from below has no treble")
  func sides() {
    let frames = Rendering.frames(Rendering.mix(Sea(), seconds: 60), count: 60 * 48_000)
    let (left, right) = (levelsDB(frames.map(\.x)), levelsDB(frames.map(\.y)))
    #expect(Statistics.deviation(zip(left, right).map { $0 - $1 }) > 0.8)
    let below = Rendering.mono(made(Sea.self) { $0.kind = .underwater }, seconds: 20)
    #expect(centroidHz(below[...]) < 500, "\(centroidHz(below[...]))")
  }

  // MARK: Wind

  @Test("gusts change the level by 5 to 13 dB, and strong wind is brighter", arguments: WindKind.allCases)
  func gusts(kind: WindKind) {
    let signal = Rendering.mono(made(Wind.self) { $0.kind = kind }, seconds: 120)
    #expect((5...13).contains(swingDB(signal)), "\(swingDB(signal))")
    if kind != .trees { #expect(brightening(signal) > 0.2, "\(brightening(signal))") }
    let even = Rendering.mono(made(Wind.self) { ($0.kind, $0.gusts) = (kind, 0) }, seconds: 60)
    #expect(swingDB(even) < 2.5, "\(swingDB(even))")
  }

  @Test("a gap howls around 640 Hz")
  func howl() {
    func peakDB(_ howlDB: Double) -> Double {
      let gap = made(Wind.self) { ($0.kind, $0.howlDB) = (.gap, howlDB) }
      let spectrum = Spectrum(Rendering.mono(gap, seconds: 40), sampleRate: 48000)
      return octaveDB(spectrum, 640) - octaveDB(spectrum, 160)
    }
    #expect(peakDB(0) > peakDB(-40) + 3)
  }

  // MARK: Machines

  @Test("machines have the octave levels of recordings, within 5 dB", arguments: FanKind.allCases)
  func octaves(kind: FanKind) {
    // From 125 Hz to 4 kHz; below, a high-pass removes what no loudspeaker plays.
    let recorded: [FanKind: [Double]] = [
      .ceilingFan: [-16, -10, -3, -8, -11, -14], .airConditioner: [-2, -9, -12, -16, -25, -30],
      .dryer: [-5, -3, -14, -20, -22, -24], .vacuum: [-19, -7, -10, -7, -5, -11],
      .aeroplane: [-7, -7, -16, -25, -32, -37], .train: [-8, -10, -13, -24, -29, -34],
      .washingMachine: [-4, -4, -10, -12, -16, -25],
    ]
    let fan = made(Fan.self) { ($0.kind, $0.tonesDB) = (kind, -40) }
    let spectrum = Spectrum(Rendering.mono(fan, seconds: 30), sampleRate: 48000)
    let wanted = recorded[kind]!
    let got = (0..<6).map { octaveDB(spectrum, 125 * pow(2, Double($0))) }
    let offset = Statistics.mean(zip(got, wanted).map { $0 - $1 })
    for k in 0..<6 { #expect(abs(got[k] - wanted[k] - offset) < 5, "\(got.map { Int($0 - offset) })") }
  }

  @Test("the tones of a motor follow its speed, and stay soft")
  func tones() {
    func peakHz(_ speed: Double) -> Double {
      let fan = made(Fan.self) { ($0.kind, $0.speed) = (.aeroplane, speed) }
      return Spectrum(Rendering.mono(fan, seconds: 30), sampleRate: 48000, size: 32_768).peakHz(in: 50...120)
    }
    #expect(abs(peakHz(1) - 69) < 1.5 && abs(peakHz(1.3) - 90) < 2, "\(peakHz(1)) \(peakHz(1.3))")
  }

  // MARK: Heart

  @Test("two sounds a beat, a third of a second apart, all below 250 Hz")
  func heart() {
    let signal = Rendering.mono(made(Heart.self) { $0.bloodDB = -40 }, seconds: 30)
    let spectrum = Spectrum(signal, sampleRate: 48000)
    #expect(spectrum.power(in: 20...250) > 0.97 * spectrum.power(in: 20...20_000))
    let raw = levelsDB(signal, hopSeconds: 0.02)
    let floor = raw.max()! - 12
    var beats: [Double] = []
    for k in 3..<raw.count - 3 where raw[k] > floor && raw[k] == raw[k - 3...k + 3].max()! {
      if beats.last.map({ 0.02 * Double(k) - $0 > 0.12 }) ?? true { beats.append(0.02 * Double(k)) }
    }
    // 54 beats a minute, two sounds each.
    #expect((44...64).contains(beats.count), "\(beats.count)")
    let gaps = zip(beats, beats.dropFirst()).map { $1 - $0 }.sorted()
    #expect((0.25...0.42).contains(gaps[gaps.count / 4]), "\(gaps[gaps.count / 4])")
  }

  @Test("the womb is darker than the chest")
  func womb() {
    let womb = Rendering.mono(made(Heart.self) { ($0.kind, $0.bloodDB) = (.womb, -40) }, seconds: 20)
    let chest = Rendering.mono(made(Heart.self) { $0.bloodDB = -40 }, seconds: 20)
    #expect(centroidHz(womb[...]) < centroidHz(chest[...]))
  }

  // MARK: Cat

  @Test("the pulses of a purr come at 25 to 28 a second, most of the power at 90 to 350 Hz")
  func purr() {
    let signal = Rendering.mono(Purr(), seconds: 40)
    let power = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.002).map { Float($0) }
    let mean = power.reduce(0, +) / Float(power.count)
    let modulation = Spectrum(power.map { $0 - mean }, sampleRate: 500, size: 1024)
    #expect((24...29).contains(modulation.peakHz(in: 12...60)), "\(modulation.peakHz(in: 12...60))")
    let spectrum = Spectrum(signal, sampleRate: 48000)
    #expect(spectrum.power(in: 90...350) > 0.6 * spectrum.power(in: 20...20_000))
    // A breath in and one out, with a turn between them.
    #expect((4...22).contains(swingDB(signal)), "\(swingDB(signal))")
  }

  // MARK: Crickets

  @Test("crickets sing around 4 kHz, at the pace that is set, and never as a steady tone")
  func crickets() {
    let single = made(Crickets.self) { ($0.kind, $0.chirpsPerSecond) = (.single, 1) }
    let signal = Rendering.mono(single, seconds: 40)
    let spectrum = Spectrum(signal, sampleRate: 48000)
    #expect((3550...3750).contains(spectrum.peakHz(in: 1000...12_000)))
    #expect(spectrum.power(in: 3300...4100) > 0.8 * spectrum.power(in: 20...20_000))
    let raw = levelsDB(signal, hopSeconds: 0.02)
    let middle = (raw.max()! + raw.sorted()[raw.count / 4]) / 2
    var (chirps, last) = (0, -1.0)
    for (k, pair) in zip(raw, raw.dropFirst()).enumerated() where pair.0 < middle && pair.1 >= middle {
      if 0.02 * Double(k) - last > 0.35 { chirps += 1 }
      last = 0.02 * Double(k)
    }
    #expect((30...48).contains(chirps), "\(chirps)")
  }

  // MARK: Thunder

  @Test("thunder rises over at least a second, and is darker from far away")
  func thunder() {
    func storm(_ metres: Double) -> [Float] {
      Rendering.mono(
        made(Thunder.self) {
          ($0.thundersPerSecond, $0.distanceMetres, $0.softness) = (4.0 / 60, metres, 0.5)
        },
        seconds: 180)
    }
    let near = storm(3000)
    let raw = levelsDB(near, hopSeconds: 0.1)
    // No 0.3 s raises the level of what is heard by more than 11 dB.
    let floor = raw.max()! - 25
    for k in 3..<raw.count where raw[k] > floor + 9 { #expect(raw[k] - max(floor, raw[k - 3]) < 11) }
    #expect(centroidHz(storm(15_000)[...]) < 0.85 * centroidHz(near[...]))
  }
}
