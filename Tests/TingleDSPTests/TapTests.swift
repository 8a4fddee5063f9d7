import Foundation
import Measure
import Testing
import TingleDSP

/// A tap trigger without handling sounds.
private func plain(_ surface: Surface = .wood, _ tool: Tool = .nail, pace: Double = 2) -> Tap {
  var tap = Tap()
  (tap.surface, tap.tool, tap.tapsPerSecond) = (surface, tool, pace)
  (tap.gesture, tap.handling) = (.single, 0)
  return tap
}

private func centroidHz(_ tap: Tap, seconds: Double = 20, seed: UInt64 = 1) -> Double {
  Spectrum(Rendering.mono(tap, seconds: seconds, seed: seed), sampleRate: 48000).centroidHz(in: 100...15000)
}

@Suite("Tap: the object")
struct TapObjectTests {
  /// T60 of the events of a signal in a band: the mean energy, integrated backwards (M. Schroeder, 1965), and
  /// a line through the decay from -10 to -30 dB.
  private func t60Seconds(_ signal: [Float], starts: [Int], bandHz: Double) -> Double {
    var first = StateVariable<Float>(cutoffHz: bandHz, q: 2, sampleRate: 48000)
    var second = first
    let band = signal.map { second.process(first.process($0).band).band }
    var energy = [Double](repeating: 0, count: 300)
    for start in starts where start + 300 * 48 < band.count {
      for k in 0..<300 {
        for i in start + 48 * k..<start + 48 * k + 48 { energy[k] += Double(band[i]) * Double(band[i]) }
      }
    }
    var left = energy
    for k in (0..<299).reversed() { left[k] += left[k + 1] }
    let levels = left.map { 10 * log10($0 / left[0] + 1e-30) }
    let fall = levels.indices.filter { (-30 ... -10).contains(levels[$0]) }
    guard fall.count > 1 else { return 0.02 }
    return -0.06 / Statistics.slope(fall.map { Double($0) }, fall.map { levels[$0] })
  }

  @Test(
    "T60 in each band is within 25 % of the damping model of the surface",
    arguments: [
      (Surface.wood, 4.3, 1.5e-5), (.softwood, 4.25, 0.2e-5), (.hardwood, 3.85, 1.5e-5),
      (.glass, 3.7, 1.4e-5),
      (.ceramic, 4.3, 0.6e-5), (.tin, 3.3, 1e-5),
    ])
  func damping(surface: Surface, global: Double, relative: Double) {
    // The median of six objects, because each has few modes per band.
    var signals: [([Float], [Int])] = []
    for object in 1...6 as ClosedRange<UInt64> {
      var tap = plain(surface, pace: 1.5)
      (tap.object, tap.variation) = (object, 0)
      let signal = Rendering.mono(tap, seconds: 12)
      signals.append(
        (signal, Statistics.onsets(signal, sampleRate: 48000, riseDB: 15).map { Int($0 * 48000) }))
    }
    for bandHz in [1000.0, 2000, 4000] {
      // The hand that holds the object increases the damping by a factor of 1.7.
      let expected = 6.91 / (1.7 * exp(global + relative * 2 * .pi * bandHz))
      let measured = signals.map { t60Seconds($0.0, starts: $0.1, bandHz: bandHz) }.sorted()
      let middle = (measured[2] + measured[3]) / 2
      #expect(abs(middle / expected - 1) < 0.25, "\(surface) \(bandHz): \(middle) \(expected)")
    }
  }

  @Test("a nearest-mean classifier identifies at least 80 % of the surfaces from unseen seeds")
  func classifier() {
    /// Band levels in the first, second and fourth 21 ms of a tap, relative to the mean of the first.
    func features(_ surface: Surface, seed: UInt64) -> [Double] {
      var tap = plain(surface, pace: 3)
      tap.variation = 0.5
      let signal = Rendering.mono(tap, seconds: 8, seed: seed)
      let starts = Statistics.onsets(signal, sampleRate: 48000, riseDB: 15).map { Int($0 * 48000) }
      let levels = [0, 1, 3].flatMap { moment in
        let heard = starts.flatMap { start -> [Float] in
          let first = start + 1024 * moment - 96
          return first >= 0 && first + 1024 <= signal.count ? Array(signal[first..<first + 1024]) : []
        }
        let spectrum = Spectrum(heard, sampleRate: 48000, size: 1024, hop: 1024)
        return (0..<14).map { 10 * log10(spectrum.power(in: edge($0)...edge($0 + 1)) + 1e-9) }
      }
      let mean = Statistics.mean(Array(levels[..<14]))
      return levels.map { max(-60, $0 - mean) }
    }
    func edge(_ k: Int) -> Double { 70 * pow(2, Double(k) * 0.55) }
    let training: [UInt64] = [1, 2, 3, 4, 5]
    let samples = Surface.allCases.map { surface in training.map { features(surface, seed: $0) } }
    let count = samples[0][0].count
    let means = samples.map { set in (0..<count).map { k in Statistics.mean(set.map { $0[k] }) } }
    let spreads = (0..<count).map { k in
      Statistics.mean(zip(samples, means).flatMap { set, mean in set.map { pow($0[k] - mean[k], 2) } })
    }
    var right = 0
    var asked = 0
    for surface in Surface.allCases {
      for seed in [101, 102, 103] as [UInt64] {
        let unknown = features(surface, seed: seed)
        let nearest = means.indices.min { a, b in
          func distance(_ m: [Double]) -> Double {
            (0..<count).reduce(0) { $0 + pow(unknown[$1] - m[$1], 2) / spreads[$1] }
          }
          return distance(means[a]) < distance(means[b])
        }!
        asked += 1
        right += Surface.allCases[nearest] == surface ? 1 : 0
      }
    }
    #expect(Double(right) >= 0.8 * Double(asked))
  }

  @Test("glass, china and tins knock the table they stand on", arguments: [Surface.glass, .ceramic, .tin])
  func table(surface: Surface) {
    // Thin plastic is held: the hand damps what is under it.
    func knockDB(_ surface: Surface) -> Double {
      let spectrum = Spectrum(Rendering.mono(plain(surface), seconds: 20), sampleRate: 48000)
      return 10 * log10(spectrum.power(in: 110...700) / spectrum.power(in: 700...15000))
    }
    #expect(knockDB(surface) > knockDB(.thinPlastic) + 6, "\(knockDB(surface)) \(knockDB(.thinPlastic))")
  }

  @Test("skin scrapes over the grille of a microphone: it has more above 4 kHz than on leather")
  func grille() {
    func trebleDB(_ surface: Surface) -> Double {
      let spectrum = Spectrum(Rendering.mono(plain(surface, .pad), seconds: 20), sampleRate: 48000)
      return 10 * log10(spectrum.power(in: 4000...12000) / spectrum.power(in: 60...1000))
    }
    #expect(trebleDB(.microphone) > trebleDB(.leather) + 6, "\(trebleDB(.microphone)) \(trebleDB(.leather))")
  }

  /// The spectral density in bands of a twelfth of an octave, from 200 Hz.
  private func shape(_ tap: Tap, seed: UInt64 = 1) -> [Double] {
    let spectrum = Spectrum(Rendering.mono(tap, seconds: 30, seed: seed), sampleRate: 48000)
    return (0..<60).map { k in
      spectrum.densityDB(in: 200 * pow(2, Double(k) / 12)...200 * pow(2, Double(k + 1) / 12))
    }
  }

  @Test("twice the size is one octave lower")
  func size() {
    var tap = plain(.tin)
    tap.object = 3
    let usual = shape(tap)
    tap.size = 2
    let large = shape(tap)
    func similarity(_ shift: Int) -> Double {
      Statistics.correlation(Array(usual[shift...]), Array(large[..<(60 - shift)]))
    }
    #expect((0...18).max { similarity($0) < similarity($1) } == 12)
  }

  @Test("a numbered object is the same for every seed; an unnumbered one is not")
  func object() {
    func similarity(_ object: UInt64) -> Double {
      var tap = plain(.tin)
      tap.object = object
      return Statistics.correlation(shape(tap, seed: 1), shape(tap, seed: 2))
    }
    #expect(similarity(7) > 0.9)
    #expect(similarity(0) < 0.8)
  }

  @Test("the other surface is tapped 15 to 85 % of the time, in 3 to 15 changes")
  func other() {
    var tap = plain(.leather, pace: 3)
    tap.otherSurface = .thinPlastic
    let signal = Rendering.mono(tap, seconds: 200)
    let bright = stride(from: 0, to: signal.count, by: 48000 * 4).map { start in
      Spectrum(Array(signal[start..<start + 48000 * 4]), sampleRate: 48000).centroidHz(in: 100...15000) > 900
    }
    let share = Double(bright.count { $0 }) / Double(bright.count)
    let changes = zip(bright, bright.dropFirst()).count { $0 != $1 }
    #expect((0.15...0.85).contains(share))
    #expect((3...15).contains(changes))
  }
}

@Suite("Tap: the hand")
struct TapHandTests {
  /// The intervals between taps, in runs that are roughly phrases.
  private func phrases(_ tap: Tap, seconds: Double, seed: UInt64 = 1) -> [[Double]] {
    let signal = Rendering.mono(tap, seconds: seconds, seed: seed)
    let times = Statistics.onsets(signal, sampleRate: 48000, riseDB: 12, floorDB: 30)
    let intervals = zip(times.dropFirst(), times).map { $0 - $1 }
    // A run ends where two successive intervals differ too much.
    var runs: [[Double]] = [[]]
    for interval in intervals {
      if let last = runs[runs.count - 1].last, !(0.75...1.35).contains(interval / last) { runs.append([]) }
      runs[runs.count - 1].append(interval)
    }
    return runs.filter { $0.count >= 6 }
  }

  @Test(
    "intervals vary by 3 to 6 %, with a lag-1 correlation between -0.5 and 0 (Wing and Kristofferson)",
    arguments: [1.5, 3.0, 6.0])
  func wingKristofferson(pace: Double) {
    let runs = phrases(plain(.glass, pace: pace), seconds: 240)
    var deviations: [Double] = []
    var variances: [Double] = []
    var pairs: [(Double, Double)] = []
    for run in runs {
      // A linear trend over the run is drift and is removed.
      let x = run.indices.map { Double($0) }
      let (mean, slope) = (Statistics.mean(run), Statistics.slope(x, run))
      let rest = run.indices.map { (run[$0] - mean - slope * (x[$0] - Statistics.mean(x))) / mean }
      deviations += rest
      variances.append(Statistics.mean(rest.map { $0 * $0 }))
      pairs += zip(rest, rest.dropFirst())
    }
    let variation = Statistics.deviation(deviations)
    let lag1 = pairs.reduce(0) { $0 + $1.0 * $1.1 } / Double(pairs.count) / (variation * variation)
    #expect((0.03...0.06).contains(variation))
    #expect((-0.5...0).contains(lag1))
  }

  @Test("without variation, intervals deviate by less than 2 ms")
  func metronome() {
    var tap = plain(.thinPlastic, pace: 4)
    tap.variation = 0
    for run in phrases(tap, seconds: 30) { #expect(Statistics.deviation(run) < 0.002) }
  }

  @Test("the tap rate of each gesture matches the pace setting", arguments: TapGesture.allCases)
  func pace(gesture: TapGesture) {
    var tap = plain(.glass, pace: 4)
    tap.gesture = gesture
    let signal = Rendering.mono(tap, seconds: 120)
    let onsets = Statistics.onsets(signal, sampleRate: 48000, riseDB: 12, floorDB: 30)
    let perSecond = Double(onsets.count) / 120
    switch gesture {
    case .flutter, .drum: #expect((3.0...8).contains(perSecond))
    case .explore: #expect((1.5...4).contains(perSecond))
    default: #expect((2.4...5).contains(perSecond))
    }
  }

  @Test("the fingers of a roll are 55 to 95 ms apart, and longer intervals separate the rolls")
  func roll() {
    var tap = plain(.glass, pace: 4)
    tap.gesture = .roll
    let signal = Rendering.mono(tap, seconds: 60)
    let times = Statistics.onsets(signal, sampleRate: 48000, riseDB: 8, floorDB: 30)
    let intervals = zip(times.dropFirst(), times).map { $0 - $1 }
    let short = intervals.filter { $0 < 0.15 }
    #expect((0.6...0.85).contains(Double(short.count) / Double(intervals.count)))
    #expect((0.055...0.095).contains(Statistics.mean(short)))
  }

  @Test("no two taps of a minute correlate by 0.98 or more", arguments: [Surface.glass, .wood, .microphone])
  func neverTheSame(surface: Surface) {
    let signal = Rendering.mono(plain(surface, pace: 3), seconds: 60)
    let starts = Statistics.onsets(signal, sampleRate: 48000, riseDB: 15, floorDB: 20).map { Int($0 * 48000) }
    // Aligned at their peaks.
    let taps = starts.filter { $0 > 480 && $0 + 1920 < signal.count }.map { start in
      let peak = (start - 240..<start + 240).max { abs(signal[$0]) < abs(signal[$1]) }!
      return signal[peak - 48..<peak + 1440].map(Double.init)
    }
    #expect(taps.count > 60)
    var highest = 0.0
    for a in 0..<taps.count {
      for b in 0..<a { highest = max(highest, abs(Statistics.correlation(taps[a], taps[b]))) }
    }
    #expect(highest < 0.98)
  }

  @Test(
    "handling is 10 to 45 dB below the taps and louder for longer moves; without it there is silence"
  )
  func handling() {
    /// The level of the handling sounds, relative to the whole signal.
    func between(_ gesture: TapGesture, pace: Double) -> Double {
      var tap = Tap()
      (tap.gesture, tap.tapsPerSecond) = (gesture, pace)
      let all = Rendering.mono(tap, seconds: 60)
      tap.handling = 0
      let rest = zip(all, Rendering.mono(tap, seconds: 60)).map { $0 - $1 }
      let levels = Statistics.envelope(rest, sampleRate: 48000, hopSeconds: 0.01).sorted()
      return 10 * log10(levels[levels.count * 3 / 4] + 1e-14) - Statistics.levelDB(all)
    }
    // Paces with equal numbers of taps.
    let (explore, single) = (between(.explore, pace: 6), between(.single, pace: 4.3))
    #expect((-45 ... -10).contains(explore))
    #expect(explore > single + 3)

    var still = Tap()
    (still.handling, still.tapsPerSecond, still.gesture) = (0, 1, .single)
    let levels = Statistics.envelope(Rendering.mono(still, seconds: 60), sampleRate: 48000, hopSeconds: 0.01)
    #expect(levels.count { $0 < 1e-10 } > levels.count / 2)
  }
}

@Suite("Tap")
struct TapTests {
  @Test(
    "12 dB more force raises the centroid by more than half an octave",
    arguments: [
      (Surface.wood, Tool.nail), (.book, .pad), (.glass, .nail), (.tin, .brushHandle), (.box, .knuckle),
      (.leather, .pad), (.microphone, .pad),
    ])
  func brightness(surface: Surface, tool: Tool) {
    func centroid(_ intensityDB: Double) -> Double {
      var tap = plain(surface, tool, pace: 4)
      tap.intensityDB = intensityDB
      return centroidHz(tap, seconds: 30)
    }
    #expect(log2(centroid(6) / centroid(-6)) > 0.5)
  }

  @Test("a nail is brighter than a knuckle, and a knuckle than a finger pad")
  func tools() {
    let (nail, knuckle, pad) = (
      centroidHz(plain(.wood, .nail)), centroidHz(plain(.wood, .knuckle)), centroidHz(plain(.wood, .pad))
    )
    #expect(nail > 1.3 * knuckle && knuckle > 1.2 * pad)
  }

  @Test("onsets, level and centroid agree at all sample rates")
  func sampleRates() {
    func measure(_ rate: Double) -> (onsets: Double, level: Double, centroid: Double) {
      let signal = Rendering.mono(Tap(), seconds: 120, seed: 4, sampleRate: rate)
      let taps = Rendering.mono(plain(pace: 5), seconds: 30, seed: 4, sampleRate: rate)
      let onsets = Statistics.onsets(taps, sampleRate: rate, riseDB: 15, floorDB: 30)
      let spectrum = Spectrum(signal, sampleRate: rate)
      return (Double(onsets.count), Statistics.levelDB(signal), spectrum.centroidHz(in: 100...15000))
    }
    let reference = measure(48000)
    for rate in [44100.0, 96000] {
      let other = measure(rate)
      #expect(abs(other.onsets / reference.onsets - 1) < 0.03)
      #expect(abs(other.level - reference.level) < 0.3)
      #expect(abs(other.centroid / reference.centroid - 1) < 0.03)
    }
  }

  @Test("for each tool, all surfaces are within 2 LU of the median loudness", arguments: Tool.allCases)
  func loudness(tool: Tool) {
    let levels = Surface.allCases.map { surface in
      var tap = Tap()
      (tap.surface, tap.tool) = (surface, tool)
      var weighting = KWeighting<Float>(sampleRate: 48000)
      return Statistics.levelDB(Rendering.mono(tap, seconds: 40).map { weighting.process($0) })
    }
    let middle = levels.sorted()[levels.count / 2]
    for level in levels { #expect(abs(level - middle) < 2) }
  }

  @Test("extreme settings give finite samples below full scale", arguments: [44100.0, 96000])
  func extremes(rate: Double) {
    for (pace, variation, intensity, size) in [(12.0, 2.0, 12.0, 0.25), (0.3, 0, -18, 4), (12, 0, 12, 4)] {
      for surface in Surface.allCases {
        for tool in [Tool.nail, .pad] {
          var tap = Tap()
          (tap.tapsPerSecond, tap.variation, tap.intensityDB, tap.size) = (pace, variation, intensity, size)
          (tap.surface, tap.tool, tap.hands, tap.handling) = (surface, tool, 2, 2)
          let signal = Rendering.mono(tap, seconds: pace < 1 ? 4 : 2, sampleRate: rate)
          #expect(signal.allSatisfy { $0.isFinite && abs($0) <= 1 })
          let level = Statistics.levelDB(signal)
          let range = intensity > 0 ? -50.0...(-10) : -90...(-40)
          #expect(range.contains(level), "\(surface) \(tool) \(pace) \(size): \(level)")
        }
      }
    }
  }
}
