import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Snap process")
struct SnapProcessTests {
  /// The snaps of a gesture over `seconds`, in voices of eight seconds; nil for a constant strain rate of 1.
  private func snaps(
    _ model: MaterialModel, _ gesture: CrinkleGesture?, perSecond: Double, seconds: Double
  ) -> [SnapProcess.Event] {
    var all: [SnapProcess.Event] = []
    let span = gesture == nil ? seconds : 8.0
    for voice in 0..<Int(seconds / span) {
      let draws = Draws(seed: UInt64(voice))
      var dice = Dice(draws.branch("hand"))
      var motion = SheetMotion(gesture ?? .fiddle, spanSeconds: span, rest: 1, dice: &dice)
      var process = SnapProcess(model, snapsPerSecond: perSecond, draws: draws)
      for tick in 0..<Int(span / SnapProcess.tickSeconds) {
        let now = Double(tick) * SnapProcess.tickSeconds
        process.strain(gesture == nil ? 1 : motion.rates(at: now).strain, at: now)
        while var event = process.next(before: now + SnapProcess.tickSeconds) {
          event.seconds += span * Double(voice)
          all.append(event)
        }
      }
    }
    return all.sorted { $0.seconds < $1.seconds }
  }

  /// The exponent of a bounded power law from 1 to `highest`: the maximum-likelihood estimate, by bisection.
  private func exponent(_ energies: [Double], highest: Double) -> Double {
    let mean = Statistics.mean(energies.map { log($0) })
    var (low, high) = (0.5, 3.0)
    for _ in 0..<60 {
      let k = 1 - (low + high) / 2
      // The mean of ln E under the power law; it falls with the exponent.
      let top = pow(highest, k)
      let expected = abs(k) < 1e-9 ? log(highest) / 2 : (top * log(highest)) / (top - 1) - 1 / k
      if expected > mean { low = (low + high) / 2 } else { high = (low + high) / 2 }
    }
    return (low + high) / 2
  }

  @Test("energies follow the power law of the material", arguments: Material.allCases)
  func energies(material: Material) {
    let model = material.model
    let energies = snaps(model, nil, perSecond: 200, seconds: 100).map(\.energy)
    #expect(energies.count > 15_000)
    #expect(abs(exponent(energies, highest: pow(10, model.energy.decades)) - model.energy.exponent) < 0.05)
    if material == .paper {
      let sorted = energies.sorted()
      let spreadDB = 10 * log10(sorted[sorted.count * 999 / 1000] / sorted[sorted.count / 10])
      #expect(spreadDB > 40)
    }
  }

  @Test("stiff sheets have a flatter energy distribution, old sheets a steeper one")
  func handled() {
    let model = Material.paper.model
    let usual = exponentOf(model)
    #expect(exponentOf(model.handled(stiffness: 4, size: 1, age: 0.2)) < usual - 0.05)
    #expect(exponentOf(model.handled(stiffness: 1, size: 1, age: 1)) > usual + 0.1)
  }

  private func exponentOf(_ model: MaterialModel) -> Double {
    exponent(
      snaps(model, nil, perSecond: 200, seconds: 60).map(\.energy), highest: pow(10, model.energy.decades))
  }

  @Test("the snap rate, children included, is within 12 % of the setting", arguments: [20.0, 400])
  func rate(perSecond: Double) {
    let count = Double(snaps(Material.paper.model, nil, perSecond: perSecond, seconds: 100).count)
    #expect(abs(count / 100 / perSecond - 1) < 0.12)
  }

  @Test("snaps are more clustered than a Poisson process")
  func clusters() {
    let times = snaps(Material.paper.model, .fiddle, perSecond: 60, seconds: 400).map(\.seconds)
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
    #expect(Statistics.deviation(gaps) / Statistics.mean(gaps) > 1.5)
    // Counts per 100 ms at a constant strain rate: variance over mean, which is 1 for a Poisson process.
    let steady = snaps(Material.paper.model, nil, perSecond: 60, seconds: 400).map(\.seconds)
    var counts = [Double](repeating: 0, count: 4000)
    for time in steady where time < 400 { counts[Int(time * 10)] += 1 }
    let dispersion = pow(Statistics.deviation(counts), 2) / Statistics.mean(counts)
    #expect(dispersion > 1.5)
  }

  @Test("a sheet at rest stops snapping within 1.3 s")
  func rest() {
    var process = SnapProcess(Material.cellophane.model, snapsPerSecond: 500, draws: Draws(seed: 1))
    var last = 0.0
    for tick in 0..<2000 {
      let now = Double(tick) * SnapProcess.tickSeconds
      process.strain(now < 1 ? 1 : 0, at: now)
      while let event = process.next(before: now + SnapProcess.tickSeconds) { last = event.seconds }
    }
    #expect((1.0...2.3).contains(last))
  }

  @Test("the mean snap rate of a gesture, rests included, matches the pace setting")
  func pace() {
    for (gesture, share) in [(CrinkleGesture.fiddle, 0.4...1.3), (.squeeze, 0.4...1.3), (.ball, 0.6...2)] {
      let peakPerSecond = 50 / CrinkleVoice.meanStrain
      let count = Double(snaps(Material.paper.model, gesture, perSecond: peakPerSecond, seconds: 240).count)
      #expect(share.contains(count / 240 / 50), "\(gesture) \(count / 240 / 50)")
    }
  }

  @Test("a squeeze mostly strains the sheet, rubbing and stroking mostly slide it")
  func gestures() {
    func share(_ gesture: CrinkleGesture) -> Double {
      var dice = Dice(Draws(seed: 3))
      var motion = SheetMotion(gesture, spanSeconds: 8, rest: 1, dice: &dice)
      var (strain, slide) = (0.0, 0.0)
      for tick in 0..<2000 {
        let rates = motion.rates(at: Double(tick) * 0.004)
        strain += rates.strain
        slide += rates.slide
      }
      return slide / strain
    }
    #expect(share(.squeeze) < 0.8)
    #expect(share(.rub) > 1.5 && share(.stroke) > 2)
  }
}
