import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Envelopes")
struct EnvelopeTests {
  @Test("bell and minimum-jerk curves are symmetric and peak at 1; crossfades keep the power")
  func curves() {
    for curve in [Curves.bell, Curves.minimumJerkSpeed] {
      #expect(curve(0) == 0 && curve(1) == 0 && curve(-1) == 0 && curve(2) == 0)
      #expect(abs(curve(0.5) - 1) < 1e-12)
      #expect(abs(curve(0.3) - curve(0.7)) < 1e-12)
    }
    #expect(Curves.step(0) == 0 && Curves.step(1) == 1 && abs(Curves.step(0.5) - 0.5) < 1e-12)
    // The acceleration of a minimum-jerk movement is 0 at both ends, so its speed starts flat.
    #expect(Curves.minimumJerkSpeed(0.01) < 0.002)
    for t in stride(from: 0.0, through: 1, by: 0.1) {
      let (a, b) = Curves.equalPower(t)
      #expect(abs(a * a + b * b - 1) < 1e-12)
    }
  }

  @Test("a decay falls by 8.69 dB per time constant", arguments: [44100.0, 96000])
  func decay(rate: Double) {
    var decay = Decay(level: 1, timeConstantSeconds: 0.01, sampleRate: rate)
    let values = (0..<Int(0.03 * rate)).map { _ in Double(decay.next()) }
    #expect(values[0] == 1)
    #expect(abs(20 * log10(values[Int(0.02 * rate)]) + 17.37) < 0.05)
  }

  @Test("the Ornstein-Uhlenbeck process has unit deviation and the requested correlation time")
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

  @Test("drift is a pure function of time with unit deviation and a 1/f spectrum")
  func drift() {
    let drift = Drift(Draws(seed: 2), slowestSeconds: 400, octaves: 8)
    let values = (0..<(1 << 16)).map { drift.value(at: Double($0)) }
    #expect(abs(Statistics.deviation(values) - 1) < 0.12)
    #expect(drift.value(at: 25_000) == values[25_000])
    #expect(drift.value(at: 1e7).isFinite && drift.value(at: -50).isFinite)
    let spectrum = Spectrum(values.map(Float.init), sampleRate: 1, size: 1 << 13)
    let slow = spectrum.densityDB(in: 0.0025...0.005)
    let fast = spectrum.densityDB(in: 0.04...0.08)
    // Four octaves at 3 dB give 12 dB; value noise only approximates 1/f.
    #expect((-18.0...(-8.0)).contains(fast - slow))
  }
}
