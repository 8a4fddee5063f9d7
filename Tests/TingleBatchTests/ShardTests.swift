import Testing
import TingleBatch
import TingleFiles
import TingleMix
import TinglePresets

@Suite("Slices and shards")
struct ShardTests {
  @Test(
    "slices cover a track without gap or overlap, and differ by a frame at most", arguments: [1, 3, 7, 16])
  func slices(count: Int) throws {
    for whole in [count, 48_000, 1_382_400_000, 1_382_400_007] {
      let ranges = try (1...count).map { try #require(Slice($0, of: count)).frames(of: whole) }
      #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == whole)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(ranges.map(\.count).max()! - ranges.map(\.count).min()! <= 1)
    }
  }

  @Test("what is no slice is none", arguments: ["0/4", "5/4", "1", "1/0", "a/b", "1/2/3", "-1/2", ""])
  func noSlices(text: String) { #expect(Slice(text) == nil) }

  @Test("a plan is dealt out whole, and evenly", arguments: [1, 2, 4, 7])
  func deal(count: Int) {
    // A thousand jobs of very different cost.
    let draws = 0..<1000
    let costs = draws.map { 1 + Double(($0 * 7919) % 1000) / 100 }
    let hands = Shard.deal(costs, kinds: costs.map { _ in "" }, to: count)
    #expect(hands.flatMap { $0 }.sorted() == Array(draws))
    let sums = hands.map { $0.reduce(0) { $0 + costs[$1] } }
    #expect(sums.max()! / sums.min()! < 1.005)
  }

  @Test(
    "a thousand one-minute jobs are shared out so that each machine has the same number of each preset's",
    arguments: [1, 2, 4])
  func thousand(count: Int) throws {
    let library = PresetLibrary(environment: [:], executable: nil)
    let presets = try library.entries().prefix(20).map { try library.preset($0.name) }
    var jobs: [Job] = []
    for seed in 1...50 {
      for var preset in presets {
        preset.mix.seed = UInt64(seed)
        preset.mix.durationSeconds = 60
        let path = "\(preset.name)-\(seed).wav"
        jobs.append(Job(preset, words: [], format: try FileFormat(.wav), path: path))
      }
    }
    let parts = try (1...count).map { try #require(Shard("\($0)/\(count)")).part(of: jobs) }
    #expect(Set(parts.flatMap { $0.map(\.path) }).count == 1000)
    let costs = parts.map { $0.reduce(0) { $0 + Cost($1).nanoseconds } }
    #expect(costs.max()! / costs.min()! < 1.05)
    // However wrong the estimate of a preset's cost is, each share has as many of it as the others, or one or two more or less.
    for preset in presets {
      let numbers = parts.map { $0.count { $0.preset.name == preset.name } }
      #expect(numbers.max()! - numbers.min()! <= 2)
    }
  }
}
