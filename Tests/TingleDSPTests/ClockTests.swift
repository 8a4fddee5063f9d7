import Foundation
import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Clock")
struct ClockTests {
  /// The left channel of a clock.
  private func rendered(
    _ kind: ClockKind, reflectionsDB: Double, rate: Double = 48000, blockSize: Int = 4096,
    from start: Int = 0,
    seconds: Double = 8
  ) -> [Float] {
    var clock = Clock()
    (clock.kind, clock.reflectionsDB, clock.ticksPerSecond) = (kind, reflectionsDB, 1)
    let mix = Rendering.mix(clock, seconds: 60, levelDB: -20)
    let count = Int(seconds * rate)
    return Rendering.frames(mix, sampleRate: rate, from: start, count: count, blockSize: blockSize)
      .map(\.x)
  }

  private func energy(_ signal: some Sequence<Float>) -> Double {
    signal.reduce(0) { $0 + Double($1) * Double($1) }
  }

  @Test(
    "reflections begin 3 ms after the tick, have their level, and fall by 20 dB within 70 to 120 ms",
    arguments: [ClockKind.mantel, .watch], [44100.0, 96000])
  func reflections(kind: ClockKind, rate: Double) {
    // -40 dB is nearly none: the rest is the direct sound.
    let direct = rendered(kind, reflectionsDB: -40, rate: rate)
    let both = rendered(kind, reflectionsDB: -3, rate: rate)
    let reflected = zip(both, direct).map { $0 - $1 }
    func first(_ signal: [Float]) -> Int {
      let highest = signal.lazy.map(abs).max()!
      return signal.firstIndex { abs($0) > 0.01 * highest }!
    }
    let delayMilliseconds = 1000 * Double(first(reflected) - first(direct)) / rate
    #expect((2.9...6).contains(delayMilliseconds), "\(delayMilliseconds)")
    let levelDB = 10 * log10(energy(reflected) / energy(direct))
    #expect((-6.0...1).contains(levelDB), "\(levelDB)")
    // The energy that is left after each time since the loudest reflection of a tick.
    let start = first(reflected)
    let tick = reflected[start..<start + Int(0.45 * rate)]
    func left(_ seconds: Double) -> Double {
      10 * log10(energy(tick.dropFirst(Int(seconds * rate))) / energy(tick))
    }
    #expect(left(0.05) > -20 && left(0.16) < -20, "\(left(0.05)) \(left(0.16))")
    #expect(left(0.4) < -50, "\(left(0.4))")
  }

  @Test("a clock with reflections has the same bits for every block size and start")
  func pureFunction() {
    let whole = rendered(.tall, reflectionsDB: 0, seconds: 6)
    #expect(whole == rendered(.tall, reflectionsDB: 0, blockSize: 77, seconds: 6))
    let start = 100_003
    #expect(
      Array(whole[start...].prefix(48000)) == rendered(.tall, reflectionsDB: 0, from: start, seconds: 1))
  }

  @Test(
    "a clock without a place is 1.5 m ahead, a watch 60 cm",
    arguments: [(ClockKind.mantel, 1.5), (.tall, 1.5), (.watch, 0.6)])
  func place(kind: ClockKind, metres: Double) {
    var clock = Clock()
    clock.kind = kind
    func frames(_ place: SourcePosition?) -> [StereoFrame] {
      let mix = Rendering.mix(clock, seconds: 10, place: place, output: .headphones)
      return Rendering.frames(mix, count: 96000)
    }
    let usual = frames(nil)
    #expect(usual == frames(SourcePosition(.init(distanceMetres: metres))))
    #expect(usual != frames(SourcePosition(.init(distanceMetres: 0.3))))
  }
}
