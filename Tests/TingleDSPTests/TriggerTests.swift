import Foundation
import Measure
import Testing
import TingleDSP

/// The characteristic sound of each trigger.
@Suite("Triggers")
struct TriggerTests {
  private func rendered(_ trigger: some Trigger, seconds: Double = 40, rate: Double = 48000) -> [Float] {
    Rendering.mono(trigger, seconds: seconds, sampleRate: rate)
  }

  private func centroid(_ signal: [Float], rate: Double = 48000) -> Double {
    Spectrum(signal, sampleRate: rate).centroidHz(in: 100...16000)
  }

  /// The standard deviation of the level in 100 ms hops, in decibels.
  private func unrest(_ signal: [Float]) -> Double {
    Statistics.deviation(
      Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.1).map { 10 * log10($0 + 1e-12) })
  }

  private static let triggers: [(String, any Trigger)] = [
    ("brush", Brush()), ("stroke", Stroke()), ("drops", Water()), ("write", Write()),
    ("scissors", Scissors()),
    ("clock", Clock()), ("rain", Rain()), ("fire", Fire()), ("roomtone", RoomTone()),
    ("sea", Sea()), ("wind", Wind()), ("fan", Fan()), ("purr", Purr()),
    ("crickets", Crickets()), ("type", Typing()), ("scratch", Scratch()), ("ear", Ear()),
    ("stream", Stream()), ("beads", Beads()), ("spray", Spray()),
    (
      // A pull a second: chance matters less.
      "tear",
      {
        var tear = Tear()
        tear.pullsPerSecond = 1
        return tear
      }()
    ),
    (
      "rinse",
      {
        var water = Water()
        water.kind = .rinse
        return water
      }()
    ),
  ]

  @Test("level and centroid agree at all sample rates, within 0.3 dB and 3 %", arguments: triggers.map(\.0))
  func rates(name: String) throws {
    let trigger = try #require(Self.triggers.first { $0.0 == name }?.1)
    func measure<T: Trigger>(_ trigger: T, _ rate: Double) -> (levelDB: Double, hz: Double) {
      let signal = Rendering.mono(trigger, seconds: 40, sampleRate: rate)
      return (Statistics.levelDB(signal), centroid(signal, rate: rate))
    }
    let usual = measure(trigger, 48000)
    for rate in [44100.0, 96000] {
      let other = measure(trigger, rate)
      #expect(abs(other.hz / usual.hz - 1) < 0.03, "\(rate): \(other.hz) and \(usual.hz)")
      #expect(abs(other.levelDB - usual.levelDB) < 0.3)
    }
  }

  @Test("the resonance of the air rises as a vessel fills")
  func pour() {
    var water = Water()
    (water.kind, water.rest) = (.pour, 3)
    let signal = rendered(water, seconds: 120)
    // A pour is loud for two thirds of the time; between pours the spout trickles, 15 dB softer.
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.5)
    let usual = levels.sorted()[levels.count / 2]
    let loud = levels.map { $0 > 0.15 * usual }
    var rises: [Double] = []
    var start: Int?
    for (k, isLoud) in loud.enumerated() {
      if isLoud, start == nil { start = k }
      if !isLoud, let begin = start {
        start = nil
        guard k - begin > 4 else { continue }
        let third = (k - begin) * 24_000 / 3
        let middle = Array(signal[begin * 24_000 + third..<begin * 24_000 + 2 * third])
        let late = Array(signal[k * 24_000 - third..<k * 24_000])
        // The lowest resonance of the air: 0.7 to 1.1 kHz halfway, 1.2 to 2.4 kHz at the end.
        let balances = [middle, late].map {
          let spectrum = Spectrum($0, sampleRate: 48000)
          return spectrum.densityDB(in: 1300...2400) - spectrum.densityDB(in: 700...1100)
        }
        rises.append(balances[1] - balances[0])
      }
    }
    #expect(rises.count >= 6)
    #expect(rises.sorted()[rises.count / 2] > 1, "\(rises)")
  }

  @Test(
    "drops have 15 to 20 onsets per second; the level of dishes varies more than that of rinsing")
  func water() {
    func kind(_ kind: WaterKind) -> [Float] {
      var water = Water()
      water.kind = kind
      return rendered(water)
    }
    func onsets(_ signal: [Float]) -> Int {
      Statistics.onsets(signal, sampleRate: 48000, riseDB: 6, floorDB: 40).count
    }
    let drops = onsets(kind(.drops))
    #expect((600...800).contains(drops), "\(drops)")
    #expect(unrest(kind(.dishes)) > 1.6 * unrest(kind(.rinse)))
  }

  @Test("a pencil pauses between words and is brighter than a brush; a ballpoint is brighter than henna")
  func write() {
    func pen(_ pen: Pen) -> [Float] {
      var write = Write()
      write.pen = pen
      return rendered(write)
    }
    let pencil = pen(.pencil)
    let levels = Statistics.envelope(pencil, sampleRate: 48000, hopSeconds: 0.02)
    let quiet = levels.count { $0 < 1e-4 * (levels.max() ?? 0) }
    #expect((0.02...0.5).contains(Double(quiet) / Double(levels.count)))
    #expect(centroid(pencil) > 1.3 * centroid(pen(.brush)))
    #expect(centroid(pen(.ballpoint)) > centroid(pen(.henna)))
  }

  @Test("scissors snap at the rate of the setting, with a centroid above 3.5 kHz")
  func scissors() {
    var scissors = Scissors()
    scissors.cutsPerSecond = 0.5
    let signal = rendered(scissors, seconds: 60)
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.002)
    let highest = levels.max()!
    var snaps = 0
    var since = 1000
    for level in levels {
      since += 1
      if level > 0.04 * highest, since > 350 {
        snaps += 1
        since = 0
      }
    }
    #expect((28...32).contains(snaps), "\(snaps)")
    #expect(centroid(signal) > 3500)
  }

  @Test("a clock keeps its beat, and tick and tock differ in spectrum", arguments: [1.0, 2.5])
  func clock(pace: Double) {
    var clock = Clock()
    (clock.ticksPerSecond, clock.swing) = (pace, 0)
    let signal = rendered(clock)
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.001)
    let highest = levels.max()!
    var ticks: [Int] = []
    for (k, level) in levels.enumerated() where level > 0.02 * highest {
      if let last = ticks.last, k - last < Int(400 / pace) { continue }
      ticks.append(k)
    }
    #expect(abs(ticks.count - Int(40 * pace)) <= 2)
    let gaps = zip(ticks, ticks.dropFirst()).map { Double($1 - $0) }
    #expect(abs(Statistics.mean(gaps) - 1000 / pace) < 15)
    #expect(Statistics.deviation(gaps) < 0.03 * 1000 / pace)
    // Half-octave levels of the first 40 ms: tick and tock differ more than two ticks or two tocks.
    func colour(_ chosen: [Int]) -> [Double] {
      let sound = chosen.flatMap { Array(signal[$0 * 48 - 48..<$0 * 48 + 2000]) }
      let spectrum = Spectrum(sound, sampleRate: 48000, size: 2048, hop: 2048)
      let bands = (0..<12).map { 150 * pow(2, Double($0) / 2) }
      return bands.map { spectrum.densityDB(in: $0...$0 * 2.squareRoot()) }
    }
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      Statistics.deviation(zip(a, b).map { $0 - $1 })
    }
    let complete = ticks.filter { $0 > 1 && $0 * 48 + 2000 < signal.count }
    let quarters = (0..<4).map { part in
      colour(complete.indices.filter { $0 % 4 == part }.map { complete[$0] })
    }
    let alike = max(distance(quarters[0], quarters[2]), distance(quarters[1], quarters[3]))
    let apart = min(distance(quarters[0], quarters[1]), distance(quarters[2], quarters[3]))
    #expect(apart > 1.6 * alike, "\(apart) \(alike)")
  }

  @Test("the loudest 0.1 % of a fire is 15 dB above its median; flames fill 120 to 300 Hz")
  func fire() {
    let signal = rendered(Fire())
    let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.002).map {
      10 * log10($0 + 1e-12)
    }
    let sorted = levels.sorted()
    #expect(sorted[Int(0.999 * Double(sorted.count))] - sorted[sorted.count / 2] > 15)
    var still = Fire()
    still.flamesDB = -40
    #expect(
      Spectrum(rendered(still), sampleRate: 48000).densityDB(in: 120...300)
        < Spectrum(signal, sampleRate: 48000).densityDB(in: 120...300) - 6)
  }

  @Test("room tone without events is even and dark; events make it uneven")
  func room() {
    var room = RoomTone()
    room.eventsPerSecond = 0
    let still = unrest(rendered(room))
    #expect(still < 1.5)
    #expect(centroid(rendered(room)) < 900)
    room.eventsPerSecond = 12.0 / 60
    let lively = unrest(rendered(room))
    #expect(lively > still + 0.6, "\(lively) \(still)")
  }

  @Test("breaths add at least 10 dB to light strokes, with pauses between them")
  func breath() {
    var stroke = Stroke()
    (stroke.rest, stroke.intensityDB) = (3, -18)
    let silent = rendered(stroke)
    stroke.breathDB = 0
    let breathing = rendered(stroke)
    let levels = Statistics.envelope(breathing, sampleRate: 48000, hopSeconds: 0.1)
    #expect(Statistics.levelDB(breathing) > Statistics.levelDB(silent) + 10)
    // One breath about every four seconds, each with a pause after it.
    let quiet = levels.count { $0 < 0.01 * (levels.max() ?? 0) }
    #expect((0.1...0.7).contains(Double(quiet) / Double(levels.count)))
  }
}
