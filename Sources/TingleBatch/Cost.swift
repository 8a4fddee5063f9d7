import TingleFiles
import TingleMix

/// What a job will cost, roughly: enough to begin the long ones first, to share a plan out evenly, and to say how long it takes.
public struct Cost: Sendable {
  /// Nanoseconds of a core.
  public let nanoseconds: Double
  /// Bytes of its file.
  public let bytes: Double

  /// Of a job.
  public init(_ job: Job) {
    let mix = job.preset.mix
    let layers = mix.layers.map { layer in
      let isPlaced = type(of: layer.trigger).sourceExtent == .point
      let moving = layer.place.map { !$0.motion.isStill } ?? false
      let place = !isPlaced || mix.output == .speakers ? 0 : moving ? Self.moving : Self.still
      return Self.layer + place
    }
    // As many as take turns are heard; the others only wait.
    let heard = mix.rotation.map { min(1, Double($0.atOnce + 1) / Double(max(1, mix.layers.count))) } ?? 1
    let sound =
      layers.reduce(0, +) * heard + (mix.room == nil ? 0 : Self.room) + Self.master
      + (mix.master.startleLU == nil ? 0 : Self.guarding)
    let file = Self.file(job.format)
    let listened = mix.master.loudnessLUFS == nil ? 0 : min(2 * job.durationSeconds, 640)
    nanoseconds =
      Double(job.frames.count) * (sound + Self.meter + file.nanoseconds)
      + listened * 48000 * sound + Self.starting
    bytes =
      file.bytesPerSample.map { $0 * Double(job.channels * job.frames.count) }
      ?? file.bitsPerSecond / 8 * job.durationSeconds * Double(job.channels) / 2
  }

  // Preparing what sounds, and what sounds already when a track begins, three times: twice for its loudness.
  private static let starting = 5e7
  // Measured, in nanoseconds a frame of one core.
  private static let layer = 15.0
  private static let still = 6.5
  private static let moving = 12.0
  private static let room = 10.5
  private static let master = 6.0
  private static let guarding = 7.0
  private static let meter = 20.0

  private static func file(_ format: FileFormat) -> (
    nanoseconds: Double, bytesPerSample: Double?, bitsPerSecond: Double
  ) {
    let whole: [FileFormat.Depth: Double] = [.int16: 2, .int24: 3, .float: 4]
    let depth = format.depth ?? .int24
    return switch format.container {
    case .wav: (4, whole[depth], 0)
    case .flac: (30, whole[depth].map { $0 - 1.4 }, 0)
    case .ogg: (150, nil, 260_000)
    case .opus: (200, nil, 190_000)
    case .mp3: (150, nil, 230_000)
    }
  }
}

/// One of several machines that share a plan without talking to each other: all of them come to the same division.
public struct Shard: Sendable, Equatable {
  /// From 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// `3/8`; nil for what makes no sense.
  public init?(_ text: String) {
    guard let slice = Slice(text) else { return nil }
    (number, count) = (slice.number, slice.count)
  }

  /// Deals jobs out: the dearest first, each to whoever has least so far. Of equal ones, those of a kind follow one another: so
  /// everybody gets as many of each kind, and it matters little how wrong the estimate of its cost is.
  /// - Parameters:
  ///   - costs: of the jobs.
  ///   - kinds: what tells jobs apart whose costs may be estimated wrongly.
  /// - Returns: for each shard the numbers of its jobs, in their order.
  public static func deal(_ costs: [Double], kinds: [String], to count: Int) -> [[Int]] {
    var hands = [[Int]](repeating: [], count: count)
    var sums = [Double](repeating: 0, count: count)
    let order = costs.indices.sorted { (-costs[$0], kinds[$0], $0) < (-costs[$1], kinds[$1], $1) }
    for job in order {
      let least = sums.indices.min { sums[$0] < sums[$1] }!
      hands[least].append(job)
      sums[least] += costs[job]
    }
    return hands.map { $0.sorted() }
  }

  /// Its own part of a plan.
  public func part(of jobs: [Job]) -> [Job] {
    Self.deal(jobs.map { Cost($0).nanoseconds }, kinds: jobs.map(\.preset.name), to: count)[number - 1]
      .map { jobs[$0] }
  }
}
