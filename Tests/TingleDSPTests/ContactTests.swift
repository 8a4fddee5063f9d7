import Foundation
import Measure
import Testing
import TingleDSP

@Suite("Brushing and stroking")
struct ContactTests {
  private static let models: [(String, ContactModel)] =
    BrushMaterial.allCases.map { ($0.rawValue, $0.model) }
    + StrokeMaterial.allCases.map { ($0.rawValue, $0.model) }

  /// Renders a hand that moves at a constant speed.
  private func steady(_ model: ContactModel, speed: Double, pressure: Double = 1, seconds: Double = 8)
    -> [Float]
  {
    let rate = 48000.0
    var contact = Contact(
      Contact.Prepared(model, levelDB: 0, draws: Draws(seed: 1), sampleRate: rate), draws: Draws(seed: 2))
    let state = HandMotion.State(speed: speed, pressure: pressure)
    var signal: [Float] = []
    var block = [SIMD2<Float>](repeating: .zero, count: 256)
    for _ in 0..<Int(seconds * rate) / 256 {
      for k in block.indices { block[k] = .zero }
      var span = block.mutableSpan
      contact.render(into: &span, from: state, to: state)
      signal += block.map(\.x)
    }
    return signal
  }

  @Test(
    "a faster stroke is louder and brighter on every material; more pressure is louder",
    arguments: models.map(\.0))
  func speed(material: String) throws {
    let model = try #require(Self.models.first { $0.0 == material }?.1)
    let sounds = [0.1, 0.25, 0.5, 1, 1.6].map { steady(model, speed: $0) }
    let levels = sounds.map(Statistics.levelDB)
    for (slow, fast) in zip(levels, levels.dropFirst()) { #expect(fast > slow + 2) }
    let centroids = sounds.map { Spectrum($0, sampleRate: 48000).centroidHz(in: 60...16000) }
    for (slow, fast) in zip(centroids, centroids.dropFirst()) { #expect(fast > slow) }
    #expect(centroids.last! > 1.2 * centroids.first!)
    #expect(Statistics.levelDB(steady(model, speed: 1, pressure: 1.6)) > levels[3] + 1)
  }

  @Test("the contact is silent at turning points", arguments: ["hair", "fabric", "skin", "beard"])
  func turns(material: String) throws {
    let (manner, model): (HandMotion.Manner, ContactModel) =
      if let brush = BrushMaterial(rawValue: material) {
        (brush.manner, brush.model)
      } else {
        try (
          #require(StrokeMaterial(rawValue: material)).manner,
          #require(StrokeMaterial(rawValue: material)).model
        )
      }
    var dice = Dice(Draws(seed: 5))
    var motion = HandMotion(manner, spanSeconds: 9, speed: 1, rest: 1, dice: &dice)
    var contact = Contact(
      Contact.Prepared(model, levelDB: 0, draws: Draws(seed: 1), sampleRate: 48000), draws: Draws(seed: 2))
    var state = HandMotion.State()
    var block = [SIMD2<Float>](repeating: .zero, count: 256)
    var moving: [Double] = []
    var turning: [Double] = []
    var still = 0
    for k in 1...1700 {
      let next = motion.state(at: Double(k) * 256 / 48000)
      for k in block.indices { block[k] = .zero }
      var span = block.mutableSpan
      contact.render(into: &span, from: state, to: next)
      state = next
      let power = block.reduce(0.0) { $0 + Double($1.x * $1.x) } / 256
      still = next.speed < 0.01 ? still + 1 : 0
      if next.speed > 0.8 { moving.append(power) }
      // Earlier grains have decayed.
      if still > 5 { turning.append(power) }
    }
    #expect(moving.count > 50 && turning.count > 30)
    #expect(10 * log10(Statistics.mean(turning) + 1e-20) < 10 * log10(Statistics.mean(moving)) - 40)
  }

  @Test("the stroke rate is within a factor of 0.6 to 1.6 of the setting")
  func pace() {
    for strokes in [0.3, 0.5, 0.8] {
      var brush = Brush()
      (brush.strokesPerSecond, brush.rest) = (strokes, 0)
      let signal = Rendering.mono(brush, seconds: 90, sampleRate: 48000)
      let levels = Statistics.envelope(signal, sampleRate: 48000, hopSeconds: 0.05)
      let mean = Statistics.mean(levels)
      var count = 0
      var silent = 5
      for level in levels {
        if level > 0.02 * mean {
          if silent >= 2 { count += 1 }
          silent = 0
        } else {
          silent += 1
        }
      }
      #expect((0.6...1.6).contains(Double(count) / 90 / strokes), "\(strokes): \(count)")
    }
  }
}
