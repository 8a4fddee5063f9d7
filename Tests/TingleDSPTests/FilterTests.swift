import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Filters")
struct FilterTests {
  static let rates = [44100.0, 48000, 96000]

  @Test("a one-pole filter is 3 dB down at its cutoff and falls by 6 dB per octave", arguments: rates)
  func onePole(rate: Double) {
    var low = OnePole<Float>(cutoffHz: 500, sampleRate: rate)
    let lowPass = Transfer(sampleRate: rate) { low.lowPass($0) }
    #expect(abs(lowPass.levelDB(at: 500) + 3.01) < 0.05)
    #expect(abs(lowPass.levelDB(at: 50)) < 0.1)
    #expect(abs(lowPass.levelDB(at: 4000) - lowPass.levelDB(at: 2000) + 6) < 0.6)
    var high = OnePole<Float>(cutoffHz: 500, sampleRate: rate)
    let highPass = Transfer(sampleRate: rate) { high.highPass($0) }
    #expect(abs(highPass.levelDB(at: 500) + 3.01) < 0.05)
    #expect(abs(highPass.levelDB(at: 50) + 20) < 0.2)
  }

  @Test("biquads have the cutoff, slope and shelf gain of the cookbook", arguments: rates)
  func biquads(rate: Double) {
    func transfer(_ coefficients: BiquadCoefficients) -> Transfer {
      var filter = Biquad<Float>(coefficients)
      return Transfer(sampleRate: rate) { filter.process($0) }
    }
    let low = transfer(.lowPass(cutoffHz: 1000, q: 0.7071, sampleRate: rate))
    #expect(abs(low.levelDB(at: 1000) + 3.01) < 0.05)
    #expect(abs(low.levelDB(at: 4000) - low.levelDB(at: 2000) + 12) < 0.9)
    let high = transfer(.highPass(cutoffHz: 1000, q: 0.7071, sampleRate: rate))
    #expect(abs(high.levelDB(at: 1000) + 3.01) < 0.05)
    #expect(abs(high.levelDB(at: 250) - high.levelDB(at: 125) - 12) < 0.5)
    let shelf = transfer(.highShelf(cornerHz: 2000, gainDB: -6, sampleRate: rate))
    #expect(abs(shelf.levelDB(at: 100)) < 0.1 && abs(shelf.levelDB(at: 15000) + 6) < 0.2)
    let power = BiquadCoefficients.lowPass(cutoffHz: 1000, q: 0.7071, sampleRate: rate).power(
      turns: 3000 / rate)
    #expect(abs(10 * log10(power) - low.levelDB(at: 3000)) < 0.05)
  }

  @Test(
    "the state-variable filter has its cutoff and slopes, and is stable while the cutoff changes",
    arguments: rates)
  func stateVariable(rate: Double) {
    var filter = StateVariable<Float>(cutoffHz: 1000, q: 2, sampleRate: rate)
    let band = Transfer(sampleRate: rate) { filter.process($0).band }
    #expect(abs(band.levelDB(at: 1000)) < 0.05)
    var low = StateVariable<Float>(cutoffHz: 1000, q: 0.7071, sampleRate: rate)
    let lowPass = Transfer(sampleRate: rate) { low.process($0).low }
    #expect(abs(lowPass.levelDB(at: 1000) + 3.01) < 0.05)
    var high = StateVariable<Float>(cutoffHz: 1000, q: 0.7071, sampleRate: rate)
    let highPass = Transfer(sampleRate: rate) { high.process($0).high }
    #expect(abs(highPass.levelDB(at: 250) + 24.1) < 0.5)

    var moving = StateVariable<Float>(cutoffHz: 100, q: 20, sampleRate: rate)
    var noise = WhiteNoise(Draws(seed: 1))
    var highest: Float = 0
    for k in 0..<48000 {
      moving.tune(cutoffHz: k % 2 == 0 ? 40 : 18000, q: 20, sampleRate: rate)
      highest = max(highest, abs(moving.process(noise.next()).low))
    }
    #expect(highest < 50)
  }

  @Test(
    "a Klatt resonator peaks at its formant with the given bandwidth, and has unity gain at 0 Hz",
    arguments: rates)
  func klatt(rate: Double) {
    var resonator = KlattResonator(frequencyHz: 1500, bandwidthHz: 100, sampleRate: rate)
    let transfer = Transfer(sampleRate: rate) { resonator.process($0) }
    #expect(abs(transfer.levelDB(at: 1)) < 0.05)
    let peak = transfer.levelDB(at: 1500)
    #expect(peak > 20)
    #expect(abs(transfer.levelDB(at: 1550) - peak + 3) < 0.7)
    #expect(abs(transfer.levelDB(at: 1450) - peak + 3) < 0.7)
  }
}
