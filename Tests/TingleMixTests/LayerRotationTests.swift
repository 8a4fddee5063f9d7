import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("The program")
struct ProgramTests {
  private func turns(
    of count: Int, hours: Double = 8, seed: UInt64 = 3, _ program: LayerRotation = LayerRotation()
  )
    -> [[LayerRotation.Turn]]
  {
    program.turns(of: count, durationSeconds: hours * 3600, draws: Draws(seed: seed))
  }

  /// How many have a turn at a time, fades aside.
  private func present(_ turns: [[LayerRotation.Turn]], at seconds: Double, crossfade: Double = 20) -> Int {
    turns.filter { $0.contains { $0.start <= seconds && seconds < $0.end - crossfade } }.count
  }

  @Test("as many sound at once as are asked for, all night long", arguments: [1, 2, 3])
  func atOnce(places: UInt64) {
    var program = LayerRotation()
    program.atOnce = places
    let all = turns(of: 5, program)
    for second in stride(from: 0.0, to: 8 * 3600, by: 7) {
      #expect(present(all, at: second) == Int(places), "at \(second)")
    }
  }

  @Test("every turn lasts three to eight minutes, and they differ")
  func lengths() {
    let lengths = turns(of: 5).joined().map { $0.end - $0.start - 20 }
    #expect(lengths.allSatisfy { (178.0...482).contains($0) })
    #expect(lengths.min()! < 230 && lengths.max()! > 420)
  }

  @Test("everybody has a turn, nobody two on end, and no order comes twice")
  func orders() {
    let all = turns(of: 5)
    let order = all.enumerated().flatMap { layer, turns in turns.map { ($0.start, layer) } }
      .sorted { $0.0 < $1.0 }.map(\.1)
    let shares = (0..<5).map { layer in order.filter { $0 == layer }.count }
    #expect(shares.min()! * 2 > shares.max()!)
    for k in 2..<order.count { #expect(!order[k - 2..<k].contains(order[k])) }
    // Not even ten in a row.
    let rows = (0..<order.count - 9).map { Array(order[$0..<$0 + 10]) }
    #expect(Set(rows).count == rows.count)
    #expect(turns(of: 5, seed: 4) != all)
    #expect(turns(of: 2).isEmpty)
  }

  @Test("a mix with a program is the same wherever it is begun, also in a layer's absence")
  func exactness() {
    var layers = [LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -30)]
    for (k, name) in ["a", "b", "c", "d"].enumerated() {
      let trigger: any Trigger = k.isMultiple(of: 2) ? Tap() : Crinkle()
      layers.append(LayerSettings(name: name, trigger: trigger, levelDB: -6))
    }
    var mix = Mix(layers: layers, seed: 5, durationSeconds: 900)
    var program = LayerRotation()
    (program.shortestSeconds, program.longestSeconds, program.crossfadeSeconds) = (30, 60, 5)
    mix.program = program
    let count = 130 * 48000
    let whole = Rendering.frames(mix, from: 9_600_000, count: count)
    for later in stride(from: 96_000, to: count - 96_000, by: 607_777) {
      let part = Rendering.frames(mix, from: 9_600_000 + later, count: 48_000)
      #expect(PureFunctionTests.same(part, whole[later..<later + 48_000]), "from \(later)")
    }
  }

  @Test("who has no turn is not heard")
  func absence() {
    var mix = Mix(
      layers: ["a", "b", "c"].map { LayerSettings(name: $0, trigger: Crinkle()) }, durationSeconds: 3600)
    mix.program = LayerRotation()
    mix.program?.atOnce = 1
    mix.output = .speakers
    var louder = mix
    louder.layers[0].levelDB = 12
    let plain = Rendering.frames(mix, from: 0, count: 720 * 48000, blockSize: 1 << 16)
    let other = Rendering.frames(louder, from: 0, count: 720 * 48000, blockSize: 1 << 16)
    // Minutes in which the louder one changes nothing, and minutes in which it does.
    let changed = (0..<12).map { minute in
      plain[minute * 2_880_000..<(minute + 1) * 2_880_000]
        != other[minute * 2_880_000..<(minute + 1) * 2_880_000]
    }
    #expect(changed.contains(true) && changed.contains(false))
  }
}
