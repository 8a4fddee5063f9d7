import Foundation
import Measure
import Testing
import TingleDSP

/// The sounds of the day: keys, scratches, air at the ears, running water.
@Suite("Day sounds")
struct DaySoundTests {
  private func stereo(_ trigger: any Trigger, seconds: Double) -> (left: [Float], right: [Float]) {
    let frames = Rendering.frames(Rendering.mix(trigger, seconds: seconds), count: Int(seconds * 48_000))
    return (frames.map(\.x), frames.map(\.y))
  }

  private func correlation(_ ears: (left: [Float], right: [Float])) -> Double {
    Statistics.correlation(ears.left.map(Double.init), ears.right.map(Double.init))
  }

  // MARK: Keys

  @Test("keys come at the pace that is set", arguments: [2.0, 5])
  func pace(perSecond: Double) {
    let typing = made(Typing.self) { ($0.keysPerSecond, $0.releaseDB, $0.rest) = (perSecond, -40, 0) }
    let signal = Rendering.mono(typing, seconds: 60)
    let count = Double(Statistics.onsets(signal, sampleRate: 48000, floorDB: 17).count)
    #expect((0.6...1.35).contains(count / 60 / perSecond), "\(count / 60)")
  }

  @Test("two hands are faster than one, and one finger is slowest; words stay whole")
  func rhythm() {
    /// The mean interval of the keys of a word, relative to that of all keys.
    func interval(_ word: String) -> Double {
      var keys = KeyRun.runs(of: word)[0].keys
      let pairs = (1..<word.count).map { KeyRun.interval(from: keys[$0 - 1], to: keys[$0]) }
      return Statistics.mean(pairs)
    }
    #expect(interval("dkdkdk") < 0.9 && interval("asdasd") > 1)
    #expect(interval("dedede") > 1.2 && interval("frfvfr") > 1.2)
    let text = "Close your eyes, and breathe out. Nothing needs to be done now. ÄÖ ша 眠り"
    var total = 0
    for run in KeyRun.runs(of: text) {
      total += run.keys.count
      #expect((1...40).contains(run.keys.count))
    }
    // Each word has a space after it, each capital a shift key before it.
    let capitals = text.filter(\.isUppercase).count
    #expect(total == text.count + 1 + capitals, "\(total)")
  }

  @Test("a thocky keyboard is darker than a linear one, and clicks are brighter")
  func brightness() {
    func hz(_ kind: TypingKind) -> Double {
      centroidHz(Rendering.mono(made(Typing.self) { $0.kind = kind }, seconds: 30))
    }
    let (thocky, linear, clicky) = (hz(.thocky), hz(.linear), hz(.clicky))
    #expect(thocky < 0.8 * linear && clicky > 1.1 * linear, "\(thocky) \(linear) \(clicky)")
  }

  @Test("a key fades by 20 dB within 40 ms, a type bar within 100", arguments: TypingKind.allCases)
  func decay(kind: TypingKind) {
    let typing = made(Typing.self) { ($0.kind, $0.keysPerSecond, $0.releaseDB) = (kind, 1, -40) }
    let raw = levelsDB(Rendering.mono(typing, seconds: 60), hopSeconds: 0.002)
    let loudest = raw.max()!
    var falls: [Double] = []
    for k in 20..<raw.count - 60 where raw[k] > loudest - 12 && raw[k] == raw[k - 20...k + 20].max()! {
      falls.append(0.002 * Double(raw[k...].firstIndex { $0 < raw[k] - 20 }! - k))
    }
    let median = falls.sorted()[falls.count / 2]
    #expect(median < (kind == .typewriter ? 0.1 : 0.04), "\(median)")
  }

  // MARK: Scratches

  @Test("microphone foam has the octaves of a recording, within 6 dB, and its ears are opposed")
  func foam() {
    let ears = stereo(Scratch(), seconds: 60)
    let wanted: [Double] = [-7, -2, -16, -16, -32]
    let got = octavesDB(ears.left, from: 125, count: 5)
    let offset = Statistics.mean(zip(got, wanted).map { $0 - $1 })
    for k in 0..<5 { #expect(abs(got[k] - wanted[k] - offset) < 6, "\(got.map { Int($0 - offset) })") }
    #expect((13...25).contains(swingDB(ears.left)), "\(swingDB(ears.left))")
    #expect((-0.5...0).contains(correlation(ears)), "\(correlation(ears))")
  }

  @Test("other materials are brighter than foam, nylon most; hardness brightens")
  func materials() {
    func hz(_ material: ScratchMaterial, _ hardness: Double = 1) -> Double {
      centroidHz(
        Rendering.mono(made(Scratch.self) { ($0.material, $0.hardness) = (material, hardness) }, seconds: 30))
    }
    let foam = hz(.microphone)
    let others = [ScratchMaterial.fabric, .hat, .scalp, .cork].map { hz($0) }
    #expect(others.allSatisfy { $0 > 2 * foam } && hz(.nylon) > others.max()!, "\(foam) \(others)")
    #expect(hz(.fabric, 2) > 1.3 * hz(.fabric, 0.5))
  }

  // MARK: Ears

  @Test("a breath rises over at least 0.12 s, at one ear and then at the other; stronger is brighter")
  func blowing() {
    let blow = made(Ear.self) { $0.separation = 1 }
    let ears = stereo(blow, seconds: 120)
    let (left, right) = (levelsDB(ears.left, hopSeconds: 0.1), levelsDB(ears.right, hopSeconds: 0.1))
    let loudest = left.max()!
    let sides = zip(left, right).compactMap { l, r -> Bool? in max(l, r) > loudest - 10 ? l > r : nil }
    let share = Double(sides.filter { $0 }.count) / Double(sides.count)
    #expect((0.3...0.7).contains(share), "\(share)")
    // No 40 ms raise the level from 20 dB below the loudest by more than 12 dB.
    let fine = levelsDB(ears.left, hopSeconds: 0.02)
    for k in 2..<fine.count where fine[k] > fine.max()! - 8 {
      #expect(fine[k] - max(fine.max()! - 40, fine[k - 2]) < 12)
    }
    func hz(_ dB: Double) -> Double {
      centroidHz(Rendering.mono(made(Ear.self) { $0.intensityDB = dB }, seconds: 40))
    }
    #expect(hz(9) > 1.2 * hz(-9), "\(hz(9)) \(hz(-9))")
  }

  @Test("a breath differs at the two ears; a hand that closes takes the treble")
  func enclosed() {
    let both = made(Ear.self) { $0.separation = 0 }
    #expect(abs(correlation(stereo(both, seconds: 40))) < 0.35)
    let cup = Rendering.mono(made(Ear.self) { $0.kind = .cupping }, seconds: 60)
    let hop = 12_000
    let hz = stride(from: 0, to: cup.count - hop, by: hop).map { centroidHz(Array(cup[$0..<$0 + hop])) }
      .sorted()
    #expect(hz[hz.count * 9 / 10] > 1.6 * hz[hz.count / 10], "\(hz[hz.count * 9 / 10]) \(hz[hz.count / 10])")
    let shell = Spectrum(
      Rendering.mono(made(Ear.self) { $0.kind = .seashell }, seconds: 30), sampleRate: 48000)
    #expect((380...620).contains(shell.peakHz(in: 100...4000)), "\(shell.peakHz(in: 100...4000))")
  }

  // MARK: Running water

  @Test("rivers and waterfalls have the octaves of recordings, within 4 dB, and an even level")
  func water() {
    let recorded: [StreamKind: [Double]] = [
      .river: [-10, -5, -5, -8, -10], .waterfall: [-10, -5, -5, -9, -14],
    ]
    for (kind, wanted) in recorded {
      let signal = Rendering.mono(made(Stream.self) { $0.kind = kind }, seconds: 40)
      let got = octavesDB(signal, from: 500, count: 5)
      let offset = Statistics.mean(zip(got, wanted).map { $0 - $1 })
      for k in 0..<5 {
        #expect(abs(got[k] - wanted[k] - offset) < 4, "\(kind) \(got.map { Int($0 - offset) })")
      }
      #expect(swingDB(signal) < 2, "\(swingDB(signal))")
    }
  }

  @Test("bubbles gurgle, and more water has lower ones")
  func bubbles() {
    func hz(_ flow: Double) -> Double {
      centroidHz(Rendering.mono(made(Stream.self) { ($0.flow, $0.bubblesDB) = (flow, 12) }, seconds: 30))
    }
    #expect(hz(4) < 0.9 * hz(0.25), "\(hz(4)) \(hz(0.25))")
  }

  // MARK: Tearing

  @Test(
    "what tears is heard only while the hand pulls, and a faster pull is brighter",
    arguments: TearKind.allCases)
  func tearing(kind: TearKind) {
    let tear = made(Tear.self) { ($0.kind, $0.pullsPerSecond) = (kind, 0.2) }
    let raw = levelsDB(Rendering.mono(tear, seconds: 60), hopSeconds: 0.1)
    let loudest = raw.max()!
    let share = Double(raw.filter { $0 > loudest - 30 }.count) / Double(raw.count)
    #expect((0.08...0.55).contains(share), "\(share)")
    func hz(_ speed: Double) -> Double {
      centroidHz(Rendering.mono(made(Tear.self) { ($0.kind, $0.speed) = (kind, speed) }, seconds: 40))
    }
    #expect(hz(1.8) > 1.03 * hz(0.6), "\(hz(1.8)) \(hz(0.6))")
  }

  @Test("the teeth of a zipper come at 25 to 200 a second, more evenly than the hooks of velcro")
  func teeth() {
    /// The strength of the strongest rhythm between 30 and 200 Hz over half a second in the middle of a pull.
    func rhythm(_ kind: TearKind) -> Double {
      let signal = Rendering.mono(made(Tear.self) { $0.kind = kind }, seconds: 60)
      let fine = levelsDB(signal, hopSeconds: 0.1)
      var peaks: [Double] = []
      for k in 2..<fine.count - 3 where fine[k] == fine[k - 2...k + 2].max()! && fine[k] > fine.max()! - 8 {
        let part = Array(signal[(k - 1) * 4800..<(k + 2) * 4800])
        let power = Statistics.envelope(part, sampleRate: 48000, hopSeconds: 0.0005).map {
          Float($0.squareRoot())
        }
        let mean = power.reduce(0, +) / Float(power.count)
        let r = Statistics.autocorrelation(power.map { $0 - mean }, lags: 66)
        peaks.append(r[10...66].max()!)
      }
      return Statistics.mean(peaks)
    }
    #expect(rhythm(.zipper) > rhythm(.velcro) + 0.03, "\(rhythm(.zipper)) \(rhythm(.velcro))")
  }

  // MARK: Beads

  @Test("marbles are brighter and ring longer than wooden beads; larger ones are lower")
  func marbles() {
    func signal(_ kind: BeadsKind, _ size: Double = 1) -> [Float] {
      Rendering.mono(made(Beads.self) { ($0.kind, $0.size) = (kind, size) }, seconds: 40)
    }
    let (glass, wood) = (centroidHz(signal(.marbles)), centroidHz(signal(.beads)))
    #expect(glass > 1.2 * wood && centroidHz(signal(.lid)) < wood, "\(glass) \(wood)")
    #expect(centroidHz(signal(.marbles, 2)) < 0.7 * glass)
  }

  @Test("more beads knock more often")
  func amount() {
    func count(_ amount: Double) -> Int {
      let beads = made(Beads.self) { ($0.kind, $0.amount) = (.marbles, amount) }
      return Statistics.onsets(Rendering.mono(beads, seconds: 40), sampleRate: 48000, floorDB: 25).count
    }
    #expect(Double(count(2)) > 1.3 * Double(count(0.5)), "\(count(2)) \(count(0.5))")
  }

  // MARK: Sprays

  @Test("a spray is a hiss above 1 kHz that starts softly", arguments: SprayKind.allCases)
  func spray(kind: SprayKind) {
    let spray = made(Spray.self) { ($0.kind, $0.leverDB, $0.dropletsDB) = (kind, -40, -40) }
    let signal = Rendering.mono(spray, seconds: 60)
    let spectrum = Spectrum(signal, sampleRate: 48000)
    #expect(spectrum.power(in: 1000...16_000) > 0.8 * spectrum.power(in: 20...20_000))
    let fine = levelsDB(signal, hopSeconds: 0.02)
    let loudest = fine.max()!
    for k in 2..<fine.count where fine[k] > loudest - 6 {
      #expect(fine[k] - max(loudest - 40, fine[k - 2]) < 24)
    }
  }

  // MARK: Tongue

  @Test("tongue clicks sound only among mouth sounds, last up to 60 ms, and lie between 1 and 8 kHz")
  func tongue() {
    func whisper(_ mouthSounds: Double, _ share: Double) -> [Float] {
      Rendering.mono(
        made(Whisper.self) { ($0.mouthSoundsPerSecond, $0.tongueShare) = (mouthSounds, share) }, seconds: 60)
    }
    let plain = whisper(0, 0)
    #expect(whisper(0, 1) == plain)
    let clicks = zip(whisper(0.8, 1), plain).map { $0 - $1 }
    let spectrum = Spectrum(clicks, sampleRate: 48000)
    #expect(spectrum.power(in: 1000...8000) > 0.85 * spectrum.power(in: 20...20_000))
    let fine = levelsDB(clicks, hopSeconds: 0.01)
    let loudest = fine.max()!
    let share = Double(fine.filter { $0 > loudest - 25 }.count) / Double(fine.count)
    #expect((0.005...0.1).contains(share), "\(share)")
  }
}
