import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Modal bank")
struct ModalBankTests {
  @Test(
    "a mode is a cosine with its frequency and damping", arguments: [120.0, 1000, 9000],
    [44100.0, 48000, 96000])
  func mode(hz: Double, rate: Double) {
    var bank = ModalBank<2>()
    let damping = 60.0
    bank.set(3, frequencyHz: hz, dampingPerSecond: damping, gain: 0.5, floor: 1e-6, sampleRate: rate)
    let signal = (0..<Int(0.2 * rate)).map { _ in bank.next().x }
    #expect(abs(signal[0] - 0.5) < 1e-4)
    for (n, value) in signal.enumerated() where n % 97 == 0 {
      let t = Double(n) / rate
      let expected = 0.5 * exp(-damping * t) * cos(2 * .pi * hz * t)
      #expect(abs(Double(value) - expected) < 0.004, "at \(t) s")
    }
  }

  @Test("a bank is silent after its last mode has decayed")
  func dying() {
    var bank = ModalBank<2>()
    bank.set(0, frequencyHz: 500, dampingPerSecond: 100, gain: 1, floor: 1e-5, sampleRate: 48000)
    bank.set(8, frequencyHz: 5000, dampingPerSecond: 1000, gain: 1, floor: 1e-5, sampleRate: 48000)
    #expect(!bank.isSilent)
    // ln(10⁵) / 100 = 115 ms.
    bank.elapse(frames: Int(0.114 * 48000))
    #expect(!bank.isSilent)
    bank.elapse(frames: Int(0.002 * 48000))
    #expect(bank.isSilent)
    #expect(bank.next() == .zero)
  }

  @Test("balance applies in the same way to single frames and blocks")
  func balance() {
    var single = ModalBank<2>()
    for k in 0..<12 {
      single.set(
        k, frequencyHz: 300 + 500 * Double(k), dampingPerSecond: 40, gain: 0.1,
        balance: Double(k % 5) / 4 - 0.5,
        floor: 1e-6, sampleRate: 48000)
    }
    var many = single
    var block = [SIMD2<Float>](repeating: .zero, count: 101)
    var span = block.mutableSpan
    many.add(to: &span, in: 0..<101)
    for frame in block {
      let expected = single.next()
      #expect(abs(frame.x - expected.x) < 1e-6 && abs(frame.y - expected.y) < 1e-6)
    }
    var right = ModalBank<1>()
    right.set(0, frequencyHz: 500, dampingPerSecond: 10, gain: 1, balance: 1, floor: 1e-6, sampleRate: 48000)
    let first = right.next()
    #expect(first.x == 0 && abs(first.y - 1.4142) < 1e-3)
  }

  @Test("modes below the floor or above 0.45 of the sample rate stay silent")
  func silence() {
    var bank = ModalBank<1>()
    bank.set(0, frequencyHz: 22000, dampingPerSecond: 10, gain: 1, floor: 1e-5, sampleRate: 44100)
    bank.set(1, frequencyHz: 500, dampingPerSecond: 10, gain: 1e-6, floor: 1e-5, sampleRate: 44100)
    #expect(bank.isSilent)
  }
}
