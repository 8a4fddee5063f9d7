import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Layer rotation")
struct LayerRotationTests {
  private func turns(
    of count: Int, hours: Double = 8, seed: UInt64 = 3, _ rotation: LayerRotation = LayerRotation()
  ) -> [[LayerRotation.Turn]] {
    rotation.turns(of: count, durationSeconds: hours * 3600, draws: Draws(seed: seed))
  }

  /// The number of layers that have a turn at a time, not counting those that fade out.
  private func present(_ turns: [[LayerRotation.Turn]], at seconds: Double, crossfade: Double = 20) -> Int {
    turns.filter { $0.contains { $0.start <= seconds && seconds < $0.end - crossfade } }.count
  }

  @Test("exactly `atOnce` of five layers play at any time of eight hours", arguments: [1, 2, 3])
  func atOnce(count: UInt64) {
    var rotation = LayerRotation()
    rotation.atOnce = count
    let all = turns(of: 5, rotation)
    for second in stride(from: 0.0, to: 8 * 3600, by: 7) {
      #expect(present(all, at: second) == Int(count), "at \(second)")
    }
  }

  @Test("turns last from three to eight minutes, and use most of that range")
  func lengths() {
    let lengths = turns(of: 5).joined().map { $0.end - $0.start - 20 }
    #expect(lengths.allSatisfy { (178.0...482).contains($0) })
    #expect(lengths.min()! < 230 && lengths.max()! > 420)
  }

  @Test("layers play about equally often, rest for at least two turns, and never repeat an order of ten")
  func orders() {
    let all = turns(of: 5)
    let order = all.enumerated().flatMap { layer, turns in turns.map { ($0.start, layer) } }
      .sorted { $0.0 < $1.0 }.map(\.1)
    let shares = (0..<5).map { layer in order.filter { $0 == layer }.count }
    #expect(shares.min()! * 2 > shares.max()!)
    for k in 2..<order.count { #expect(!order[k - 2..<k].contains(order[k])) }
    let rows = (0..<order.count - 9).map { Array(order[$0..<$0 + 10]) }
    #expect(Set(rows).count == rows.count)
    #expect(turns(of: 5, seed: 4) != all)
    #expect(turns(of: 2).isEmpty)
  }

  @Test("any start frame gives the same samples, also while a layer is silent")
  func exactness() {
    var layers = [LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -30)]
    for (k, name) in ["a", "b", "c", "d"].enumerated() {
      let trigger: any Trigger = k.isMultiple(of: 2) ? Tap() : Crinkle()
      layers.append(LayerSettings(name: name, trigger: trigger, levelDB: -6))
    }
    var mix = Mix(layers: layers, seed: 5, durationSeconds: 900)
    var rotation = LayerRotation()
    (rotation.shortestSeconds, rotation.longestSeconds, rotation.crossfadeSeconds) = (30, 60, 5)
    mix.rotation = rotation
    let count = 130 * 48000
    let whole = Rendering.frames(mix, from: 9_600_000, count: count)
    for later in stride(from: 96_000, to: count - 96_000, by: 607_777) {
      let part = Rendering.frames(mix, from: 9_600_000 + later, count: 48_000)
      #expect(PureFunctionTests.same(part, whole[later..<later + 48_000]), "from \(later)")
    }
  }

  @Test("a layer without a turn is silent")
  func absence() {
    var mix = Mix(
      layers: ["a", "b", "c"].map { LayerSettings(name: $0, trigger: Crinkle()) }, durationSeconds: 3600)
    mix.rotation = LayerRotation()
    mix.rotation?.atOnce = 1
    mix.output = .speakers
    var louder = mix
    louder.layers[0].levelDB = 12
    let plain = Rendering.frames(mix, from: 0, count: 720 * 48000, blockSize: 1 << 16)
    let other = Rendering.frames(louder, from: 0, count: 720 * 48000, blockSize: 1 << 16)
    // In some minutes the louder layer changes the mix, in others it does not.
    let changed = (0..<12).map { minute in
      plain[minute * 2_880_000..<(minute + 1) * 2_880_000]
        != other[minute * 2_880_000..<(minute + 1) * 2_880_000]
    }
    #expect(changed.contains(true) && changed.contains(false))
  }
}
