import Testing
import TingleBatch
import TingleFiles
import TingleMix
import TinglePresets

@Suite("Slices and shards")
struct ShardTests {
  @Test(
    "slices cover a track without gap or overlap; their lengths differ by at most a frame",
    arguments: [1, 3, 7, 16])
  func slices(count: Int) throws {
    for whole in [count, 48_000, 1_382_400_000, 1_382_400_007] {
      let ranges = try (1...count).map { try #require(Slice($0, of: count)).frames(of: whole) }
      #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == whole)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(ranges.map(\.count).max()! - ranges.map(\.count).min()! <= 1)
    }
  }

  @Test("invalid slices are rejected", arguments: ["0/4", "5/4", "1", "1/0", "a/b", "1/2/3", "-1/2", ""])
  func noSlices(text: String) { #expect(Slice(text) == nil) }

  @Test(
    "every job of a plan is in one shard; the shards' costs differ by 0.5 % at most", arguments: [1, 2, 4, 7])
  func deal(count: Int) {
    // A thousand jobs with costs from 1 to 11.
    let jobs = 0..<1000
    let costs = jobs.map { 1 + Double(($0 * 7919) % 1000) / 100 }
    let shards = Shard.deal(costs, kinds: costs.map { _ in "" }, to: count)
    #expect(shards.flatMap { $0 }.sorted() == Array(jobs))
    let sums = shards.map { $0.reduce(0) { $0 + costs[$1] } }
    #expect(sums.max()! / sums.min()! < 1.005)
  }

  @Test(
    "of a thousand jobs, each shard has the same number of every preset's, within two", arguments: [1, 2, 4])
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
    // An error in the estimate of a preset's cost then affects all shards alike.
    for preset in presets {
      let numbers = parts.map { $0.count { $0.preset.name == preset.name } }
      #expect(numbers.max()! - numbers.min()! <= 2)
    }
  }
}
