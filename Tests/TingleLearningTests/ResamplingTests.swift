import Foundation
import Testing
import TingleLearning

@Suite("Resampling")
struct ResamplingTests {
  @Test("a tone keeps its frequency and level", arguments: [8000.0, 44100, 96000])
  func tone(rate: Double) {
    let signal = (0..<Int(rate)).map { Float(sin(2 * .pi * 1000 * Double($0) / rate)) }
    let converted = Resampling.converted(signal, from: rate, to: 48000)
    #expect(abs(converted.count - 48000) <= 1)
    for k in 5000..<40_000 {
      #expect(abs(Double(converted[k]) - sin(2 * .pi * 1000 * Double(k) / 48000)) < 0.003)
    }
  }

  @Test("what is above the new limit is removed")
  func alias() {
    let signal = (0..<96_000).map { Float(sin(2 * .pi * 30_000 * Double($0) / 96_000)) }
    let converted = Resampling.converted(signal, from: 96_000, to: 48_000)
    #expect(converted[1000..<40_000].allSatisfy { abs($0) < 0.005 })
  }
}
