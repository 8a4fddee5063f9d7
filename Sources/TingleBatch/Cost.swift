import TingleFiles
import TingleMix

/// An estimate of a job's rendering time and file size.
///
/// It orders jobs, divides a plan into shards, and fills the table of `tingle batch --dry-run`.
public struct Cost: Sendable {
  /// Core time in nanoseconds.
  public let nanoseconds: Double
  /// File size in bytes.
  public let bytes: Double

  /// Estimates the cost of a job.
  public init(_ job: Job) {
    let mix = job.preset.mix
    let layers = mix.layers.map { layer in
      let isPoint = type(of: layer.trigger).sourceExtent == .point
      let isMoving = layer.place.map { !$0.motion.isStill } ?? false
      let spatializer = !isPoint || mix.output == .speakers ? 0 : isMoving ? Self.moving : Self.still
      return Self.layer + spatializer
    }
    // With a rotation or a schedule, only the layers whose turn it is are rendered.
    let count = Double(max(1, mix.layers.count))
    var activeShare = mix.rotation.map { min(1, Double($0.atOnce + 1) / count) } ?? 1
    if let schedule = mix.schedule {
      let scheduled = Double(schedule.layerNames.count)
      let atOnce = Double(schedule.entries.map(\.layers.count).reduce(0, +)) / Double(schedule.entries.count)
      activeShare = (count - scheduled + atOnce) / count
    }
    let render =
      layers.reduce(0, +) * activeShare + (mix.room == nil ? 0 : Self.room) + Self.master
      + (mix.master.startleLU == nil ? 0 : Self.startleGuard)
    let file = Self.file(job.format)
    let measuredSeconds = mix.master.loudnessLUFS == nil ? 0 : min(2 * job.durationSeconds, 640)
    nanoseconds =
      Double(job.frames.count) * (render + Self.meter + file.nanoseconds)
      + measuredSeconds * 48000 * render + Self.start
    bytes =
      file.bytesPerSample.map { $0 * Double(job.channels * job.frames.count) }
      ?? file.bitsPerSecond / 8 * job.durationSeconds * Double(job.channels) / 2
  }

  // Nanoseconds per job: layers are prepared three times, twice of them to measure loudness.
  private static let start = 5e7
  // Measured nanoseconds per frame on one core.
  private static let layer = 15.0
  private static let still = 6.5
  private static let moving = 12.0
  private static let room = 10.5
  private static let master = 6.0
  private static let startleGuard = 7.0
  private static let meter = 20.0

  private static func file(_ format: FileFormat) -> (
    nanoseconds: Double, bytesPerSample: Double?, bitsPerSecond: Double
  ) {
    let bytesPerSample: [FileFormat.Depth: Double] = [.int16: 2, .int24: 3, .float: 4]
    let depth = format.depth ?? .int24
    return switch format.container {
    case .wav: (4, bytesPerSample[depth], 0)
    case .flac: (30, bytesPerSample[depth].map { $0 - 1.4 }, 0)
    case .ogg: (150, nil, 260_000)
    case .opus: (200, nil, 190_000)
    case .mp3: (150, nil, 230_000)
    }
  }
}
