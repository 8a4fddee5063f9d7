import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Counter-based draws")
struct RandomTests {
  @Test("Squares gives the published sequence for the published key")
  func reference() {
    let key: UInt64 = 0x548c_9dec_bce6_5297
    let expected: [UInt64] = [0x36d8_8366_cee6_33a5, 0x9447_16e0_0e60_dfaa, 0xc8a8_f4e0_6786_54bf]
    #expect((0..<3).map { Squares.bits64(counter: $0, key: key) } == expected)
  }

  @Test("uniform draws pass a chi-squared test with 64 bins")
  func uniform() {
    let draws = Draws(seed: 5)
    var counts = [Int](repeating: 0, count: 64)
    let total = 64_000
    for k in 0..<total { counts[Int(draws.uniform(UInt64(k)) * 64)] += 1 }
    let chiSquared = counts.reduce(0.0) { $0 + pow(Double($1) - 1000, 2) / 1000 }
    // With 63 degrees of freedom, chi-squared is between 32 and 104 in 99.9 % of cases.
    #expect((32.0...104.0).contains(chiSquared))
  }

  @Test("streams, branches and neighbouring draws are uncorrelated")
  func independence() {
    let root = Draws(seed: 1)
    let streams = [
      root, root.branch(0), root.branch(1), root.branch("tap"), root.branch("tap").branch(0), Draws(seed: 2),
    ]
    let values = streams.map { stream in (0..<4000).map { stream.uniform(UInt64($0)) } }
    for a in 0..<values.count {
      for b in 0..<a { #expect(abs(Statistics.correlation(values[a], values[b])) < 0.06) }
    }
    let shifted = Statistics.correlation(Array(values[1].dropLast()), Array(values[1].dropFirst()))
    #expect(abs(shifted) < 0.06)
  }

  @Test("normal draws have mean 0, deviation 1 and the expected tails; quantiles match tables")
  func gaussian() {
    var dice = Dice(Draws(seed: 3))
    let values = (0..<100_000).map { _ in dice.gaussian() }
    #expect(abs(Statistics.mean(values)) < 0.015)
    #expect(abs(Statistics.deviation(values) - 1) < 0.01)
    let beyondTwo = Double(values.filter { abs($0) > 2 }.count) / 100_000
    #expect(abs(beyondTwo - 0.0455) < 0.003)
    #expect(abs(Distributions.normalQuantile(0.975) - 1.959963985) < 1e-7)
    #expect(abs(Distributions.normalQuantile(1e-6) + 4.753424309) < 1e-6)
  }

  @Test("exponential and Poisson draws have the requested mean; Poisson variance equals the mean")
  func counting() {
    var dice = Dice(Draws(seed: 4))
    let waits = (0..<50_000).map { _ in dice.exponential(mean: 0.3) }
    #expect(abs(Statistics.mean(waits) - 0.3) < 0.006)
    let counts = (0..<50_000).map { _ in Double(dice.poisson(mean: 1.6)) }
    #expect(abs(Statistics.mean(counts) - 1.6) < 0.025)
    #expect(abs(pow(Statistics.deviation(counts), 2) - 1.6) < 0.06)
  }

  @Test("bounded power laws have the requested exponent", arguments: [1.0, 1.1, 1.5, 1.7])
  func powerLaw(exponent: Double) {
    let highest = 1e4
    var dice = Dice(Draws(seed: 6))
    let energies = (0..<40_000).map { _ in dice.powerLaw(exponent: exponent, highest: highest) }
    #expect(energies.min()! >= 1 && energies.max()! <= highest * 1.000001)
    let meanLog = Statistics.mean(energies.map { log($0) })
    // Finds the exponent whose bounded power law has this mean logarithm, by bisection.
    func expectedMeanLog(_ a: Double) -> Double {
      let k = 1 - a
      let l = log(highest)
      if abs(k) < 1e-6 { return l / 2 }
      let e = exp(k * l)
      return (l * e) / (e - 1) - 1 / k
    }
    var (low, high) = (0.5, 3.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if expectedMeanLog(middle) > meanLog { low = middle } else { high = middle }
    }
    #expect(abs(low - exponent) < 0.03)
  }
}
