import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Envelopes")
struct EnvelopeTests {
  @Test("curves begin and end at nothing, and peak where they should")
  func curves() {
    for curve in [Curves.bell, Curves.minimumJerkSpeed] {
      #expect(curve(0) == 0 && curve(1) == 0 && curve(-1) == 0 && curve(2) == 0)
      #expect(abs(curve(0.5) - 1) < 1e-12)
      #expect(abs(curve(0.3) - curve(0.7)) < 1e-12)
    }
    #expect(Curves.step(0) == 0 && Curves.step(1) == 1 && abs(Curves.step(0.5) - 0.5) < 1e-12)
    // A hand at rest has no acceleration either.
    #expect(Curves.minimumJerkSpeed(0.01) < 0.002)
    for t in stride(from: 0.0, through: 1, by: 0.1) {
      let (a, b) = Curves.equalPower(t)
      #expect(abs(a * a + b * b - 1) < 1e-12)
    }
  }

  @Test("a decay falls 8.69 dB per time constant, an attack takes its time", arguments: [44100.0, 96000])
  func decay(rate: Double) {
    var decay = Decay(level: 1, timeConstantSeconds: 0.01, sampleRate: rate)
    let values = (0..<Int(0.03 * rate)).map { _ in Double(decay.next()) }
    #expect(values[0] == 1)
    #expect(abs(20 * log10(values[Int(0.02 * rate)]) + 17.37) < 0.05)
    var envelope = AttackDecay(attackSeconds: 0.005, decaySeconds: 0.02, sampleRate: rate)
    let shape = (0..<Int(0.1 * rate)).map { _ in Double(envelope.next()) }
    let top = shape.firstIndex { $0 >= 1 }!
    #expect(abs(Double(top + 1) / rate - 0.005) < 0.0002)
    #expect(abs(shape[top + Int(0.02 * rate)] - exp(-1)) < 0.01)
  }

  @Test("the Ornstein-Uhlenbeck process has a deviation of 1 and forgets at its rate")
  func ornsteinUhlenbeck() {
    var dice = Dice(Draws(seed: 1))
    var process = OrnsteinUhlenbeck(correlationSeconds: 0.12, tickSeconds: 0.01, dice: &dice)
    let values = (0..<60_000).map { _ in
      process.step(&dice)
      return process.value
    }
    #expect(abs(Statistics.deviation(values) - 1) < 0.06)
    let lagged = Statistics.correlation(Array(values.dropLast(12)), Array(values.dropFirst(12)))
    #expect(abs(lagged - exp(-1)) < 0.05)
  }

  @Test("a drift is a function of time: 1/f, deviation 1, and the same whenever it is asked")
  func drift() {
    let drift = Drift(Draws(seed: 2), slowestSeconds: 400, octaves: 8)
    let values = (0..<(1 << 16)).map { drift.value(at: Double($0)) }
    #expect(abs(Statistics.deviation(values) - 1) < 0.12)
    #expect(drift.value(at: 25_000) == values[25_000])
    #expect(drift.value(at: 1e7).isFinite && drift.value(at: -50).isFinite)
    let spectrum = Spectrum(values.map(Float.init), sampleRate: 1, size: 1 << 13)
    let slow = spectrum.densityDB(in: 0.0025...0.005)
    let fast = spectrum.densityDB(in: 0.04...0.08)
    // Four octaves at 3 dB; value noise is a little rough.
    #expect((-18.0...(-8.0)).contains(fast - slow))
  }
}
