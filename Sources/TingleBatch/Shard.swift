/// One of several shares of a plan, each for one machine.
///
/// The division depends on the plan only, so machines need not communicate.
public struct Shard: Sendable, Equatable {
  /// The shard's number, from 1.
  public let number: Int
  /// The number of shards.
  public let count: Int

  /// Parses a shard such as `3/8`; nil if the text is not a shard.
  public init?(_ text: String) {
    guard let slice = Slice(text) else { return nil }
    (number, count) = (slice.number, slice.count)
  }

  /// Distributes jobs: the costliest first, each to the shard with the lowest total so far.
  ///
  /// Jobs of equal cost are ordered by kind, so every shard gets about as many jobs of each kind. An error in
  /// the cost estimate of a kind then affects all shards alike.
  /// - Parameters:
  ///   - costs: the cost of each job.
  ///   - kinds: the kind of each job, such as its preset: jobs of one kind share the error of the estimate.
  ///   - count: the number of shards.
  /// - Returns: for each shard, the indices of its jobs in ascending order.
  public static func deal(_ costs: [Double], kinds: [String], to count: Int) -> [[Int]] {
    var shards = [[Int]](repeating: [], count: count)
    var sums = [Double](repeating: 0, count: count)
    let order = costs.indices.sorted { (-costs[$0], kinds[$0], $0) < (-costs[$1], kinds[$1], $1) }
    for job in order {
      let cheapest = sums.indices.min { sums[$0] < sums[$1] }!
      shards[cheapest].append(job)
      sums[cheapest] += costs[job]
    }
    return shards.map { $0.sorted() }
  }

  /// The jobs of a plan that belong to this shard.
  public func part(of jobs: [Job]) -> [Job] {
    Self.deal(jobs.map { Cost($0).nanoseconds }, kinds: jobs.map(\.preset.name), to: count)[number - 1]
      .map { jobs[$0] }
  }
}
