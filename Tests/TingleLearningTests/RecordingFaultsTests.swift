import Foundation
import Testing
import TingleDSP
import TingleLearning

@Suite("Faults of recordings")
struct RecordingFaultsTests {
  private func noise(_ seconds: Double, seed: UInt64 = 1) -> [Float] {
    var noise = WhiteNoise(Draws(seed: seed))
    var low: Float = 0
    return (0..<Int(seconds * 48000)).map { _ in
      let value = noise.next()
      low += 0.2 * (value - low)
      return 0.1 * (value + 2 * low)
    }
  }

  private func faults(_ signal: [Float]) -> RecordingFaults { RecordingFaults(left: signal, right: signal) }

  @Test("noise has no faults")
  func clean() {
    let found = faults(noise(20))
    #expect(found.clippedShare == 0 && found.loopSeconds == nil && found.limitHz == nil)
    #expect(found.loudSeconds.isEmpty && found.melodyShare < 0.02)
  }

  @Test("clipped samples are counted")
  func clipped() {
    let found = faults(noise(20).map { max(-0.3, min(0.3, $0)) })
    #expect(found.clippedShare > 1e-4)
  }

  @Test("a loop is found, with its length")
  func loop() throws {
    let part = noise(7.3)
    let loop = try #require(faults(part + part + part).loopSeconds)
    #expect(abs(loop - 7.3) < 0.01)
  }

  @Test("the upper limit of a lossy format is found")
  func limit() throws {
    // Noise without anything above 15 kHz, by a long windowed sinc.
    let taps = (-200...200).map { i -> Float in
      let x = Double(i) * 2 * 15_000 / 48000
      let sinc = i == 0 ? 1 : sin(.pi * x) / (.pi * x)
      return Float(sinc * (0.5 + 0.5 * cos(.pi * Double(i) / 201)) * 2 * 15_000 / 48000)
    }
    let source = noise(10.1)
    let signal = (0..<480_000).map { k in
      var sum: Float = 0
      for t in 0..<taps.count { sum += taps[t] * source[k + t] }
      return sum
    }
    let limit = try #require(faults(signal).limitHz)
    #expect(abs(limit - 15_000) < 700, "\(limit)")
  }

  @Test("a single loud sound is found, with its time")
  func loud() throws {
    var signal = noise(20)
    for i in 480_000..<486_000 { signal[i] *= 12 }
    let found = faults(signal).loudSeconds
    let time = try #require(found.first)
    #expect(found.count == 1 && abs(time - 10) < 0.3)
  }

  @Test("a changing pitch is found; a hum is not one")
  func melody() {
    let bed = noise(10).map { (x: Float) -> Float in 0.1 * x }
    func tone(_ hertz: (Double) -> Double) -> [Float] {
      var turns = 0.0
      return bed.indices.map { i in
        turns += hertz(Double(i) / 48000) / 48000
        let partials = (1...3).map { Maths.sinCos(turns: turns * Double($0)).sin }
        return bed[i] + 0.1 * Float(partials[0] + partials[1] + partials[2])
      }
    }
    let melody = faults(
      tone { seconds in
        let step = (seconds * 2).rounded(.down).truncatingRemainder(dividingBy: 5)
        return 180 * Maths.exp2(step / 6)
      })
    #expect(melody.melodyShare > 0.3)
    #expect(faults(tone { _ in 120 }).melodyShare < 0.05)
  }
}
