import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Bubbles")
struct BubblesTests {
  private func bubble(
    radiusMetres: Double, rise: Double = 0, rate: Double = 48000, seconds: Double = 0.6
  ) -> [Float] {
    var bubbles = Bubbles<2>(sampleRate: rate)
    bubbles.add(radiusMetres: radiusMetres, amplitude: 1, rise: rise, balance: 0, delayFrames: 100)
    var signal: [Float] = []
    var block = [SIMD2<Float>](repeating: .zero, count: 256)
    for _ in 0..<Int(seconds * rate) / 256 {
      for k in block.indices { block[k] = .zero }
      var span = block.mutableSpan
      bubbles.render(into: &span)
      signal += block.map(\.x)
    }
    return signal
  }

  /// The pitch in hertz, from the first to the last upward zero crossing.
  private func pitch(_ signal: ArraySlice<Float>, rate: Double) -> Double {
    var crossings: [Double] = []
    for k in signal.indices.dropFirst() where signal[k - 1] < 0 && signal[k] >= 0 {
      let before = Double(signal[k - 1])
      crossings.append(Double(k) - Double(signal[k]) / (Double(signal[k]) - before))
    }
    return Double(crossings.count - 1) / (crossings.last! - crossings.first!) * rate
  }

  @Test(
    "pitch and damping follow Minnaert and van den Doel at all sample rates",
    arguments: [0.4e-3, 0.8e-3, 1.5e-3, 3e-3, 6e-3], [44100.0, 48000, 96000])
  func theory(radius: Double, rate: Double) {
    let signal = bubble(radiusMetres: radius, rate: rate)
    let hz = 3 / radius
    let damping = 0.13 / radius + 0.0072 / Foundation.pow(radius, 1.5)
    // From the onset to a level of -40 dB.
    let length = Int(4.6 / damping * rate)
    let ringing = signal[100..<min(signal.count, 100 + length)]
    #expect(abs(pitch(ringing, rate: rate) / hz - 1) < 0.05)
    // The level falls by 8.686 α decibels per second.
    let period = max(8, Int(rate / hz))
    let levels = stride(from: 100, to: 100 + length - period, by: period).map { start in
      Statistics.levelDB(Array(signal[start..<start + period]))
    }
    let slope = Statistics.slope(levels.indices.map { Double($0 * period) / rate }, levels)
    #expect(abs(-slope / (8.686 * damping) - 1) < 0.05)
    #expect(signal[..<100].allSatisfy { $0 == 0 })
  }

  @Test("a bubble near the surface rises in pitch, a deep one does not")
  func rise() {
    let signal = bubble(radiusMetres: 3e-3, rise: 0.15)
    let early = pitch(signal[100..<2000], rate: 48000)
    let late = pitch(signal[2000..<3500], rate: 48000)
    let damping = Bubbles<2>.dampingPerSecond(radiusMetres: 3e-3)
    #expect(
      abs(late / early - (1 + 0.15 * damping * 2650 / 48000) / (1 + 0.15 * damping * 950 / 48000)) < 0.05)
    let deep = bubble(radiusMetres: 3e-3)
    #expect(abs(pitch(deep[2000..<3500], rate: 48000) / pitch(deep[100..<2000], rate: 48000) - 1) < 0.01)
  }

  @Test("it is over when the last bubble has decayed by 60 dB, and silent afterwards")
  func over() {
    var bubbles = Bubbles<2>(sampleRate: 48000)
    #expect(bubbles.isOver)
    bubbles.add(radiusMetres: 1e-3, amplitude: 1, rise: 0, balance: 0, delayFrames: 0)
    bubbles.add(radiusMetres: 3e-3, amplitude: 1, rise: 0, balance: 0, delayFrames: 100)
    func render() -> [SIMD2<Float>] {
      var block = [SIMD2<Float>](repeating: .zero, count: 32)
      var span = block.mutableSpan
      bubbles.render(into: &span)
      return block
    }
    var frames = 0
    while !bubbles.isOver, frames < 48000 {
      _ = render()
      frames += 32
    }
    // 60 dB are 6.91 nepers. The larger bubble decays more slowly.
    let end = 100 + 6.91 / Bubbles<2>.dampingPerSecond(radiusMetres: 3e-3) * 48000
    #expect((end - 32...end + 64).contains(Double(frames)), "\(frames)")
    #expect(render().allSatisfy { $0 == .zero })
  }
}
