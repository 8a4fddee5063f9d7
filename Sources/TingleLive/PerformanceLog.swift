import Foundation
import TingleMix
import TinglePresets
import TingleSupport

/// The log of a performance: each scene as a preset, with the frame at which it started. Rendering the log
/// gives the same samples bit for bit.
public struct PerformanceLog: Sendable {
  /// A scene and when it starts.
  struct Entry: Sendable, Codable {
    /// The frame of the performance at which the scene starts.
    var frame: Int
    /// The length of the cross-fade from the scene before, in frames.
    var crossfadeFrames: Int
    /// The frame of the track at frame 0 of the performance.
    var offsetFrames: Int
    /// The preset as YAML; nil while paused.
    var preset: String?
    /// The names of the silent layers.
    var muted: [String]
    /// The gain of the loudness target in decibels.
    var foundGainDB: Double
  }

  /// The sample rate in hertz.
  public let sampleRate: Double
  /// The name and the purpose of the first preset. Version 0.1.0 did not log the purpose.
  public internal(set) var presetName: String?
  public internal(set) var purpose: Purpose?
  /// The absolute path of the user's SOFA file; nil for the built-in HRTF. Version 0.1.0 logged the path as
  /// it was given on the command line.
  public var hrtf: String?
  /// The length in frames, and the frame at which the fade-out of a stop began; nil if the performance was
  /// not stopped.
  public var length = 0
  public var stoppedAt: Int?
  /// The number of frames that the recording lacks; a replay has them.
  public var lostFrames = 0
  /// Whether the log is complete; false if the player was killed.
  public internal(set) var isEnded = true
  var entries: [Entry] = []

  init(sampleRate: Double) { self.sampleRate = sampleRate }

  init(sampleRate: Double, first: Scene, offsetFrames: Int) {
    self.init(sampleRate: sampleRate)
    (presetName, purpose) = (first.preset.name, first.preset.purpose)
    add(first, at: 0, crossfadeFrames: 1, offsetFrames: offsetFrames)
  }

  /// Adds a scene.
  mutating func add(_ scene: Scene, at frame: Int, crossfadeFrames: Int, offsetFrames: Int) {
    var preset = scene.preset
    let mix = scene.mix
    if let mix {
      preset.mix = mix
      preset.mix.master.gainDB = scene.preset.mix.master.gainDB
      // The log states the length even if it follows from a script: a timer can change it.
      preset.followsScript = false
    }
    entries.append(
      Entry(
        frame: frame, crossfadeFrames: crossfadeFrames, offsetFrames: offsetFrames,
        preset: mix == nil ? nil : PresetWriter.text(preset),
        muted: mix?.layers.filter(\.isMuted).map(\.name) ?? [], foundGainDB: scene.loudnessGainDB))
  }

  /// The performance to be rendered.
  /// - Parameter head: the HRIR set with which it was played.
  /// - Throws: `UserError` for an invalid preset or an empty log.
  public func performance(head: HRIRSet?) throws -> Performance {
    let segments = try entries.map { entry in
      guard let text = entry.preset else { return PlaybackSegment(nil, offsetFrames: entry.offsetFrames) }
      var mix = try Self.preset(text).mix
      mix.master.gainDB += entry.foundGainDB
      if mix.output == .headphones { mix.head = head }
      for k in mix.layers.indices { mix.layers[k].isMuted = entry.muted.contains(mix.layers[k].name) }
      return PlaybackSegment(mix, offsetFrames: entry.offsetFrames)
    }
    guard let first = segments.first else { throw UserError(.data, "the log has no entries") }
    var performance = Performance(first, sampleRate: sampleRate)
    performance.lengthFrames = length
    performance.stoppedAt = stoppedAt
    performance.changes = zip(entries, segments).dropFirst().map {
      SegmentChange(at: $0.frame, to: $1, crossfadeFrames: max(1, $0.crossfadeFrames))
    }
    return performance
  }

  /// Whether every number is in the range that a player writes.
  var isPlausible: Bool {
    // A leap year of frames at the highest sample rate.
    let limit = 192_000 * 86_400 * 366
    return 8000...192_000 ~= sampleRate && 0...limit ~= length
      && 0...limit ~= stoppedAt ?? 0
      && entries.allSatisfy {
        0...limit ~= $0.frame && 0...Int(60 * sampleRate) ~= $0.crossfadeFrames
          && -limit...limit ~= $0.offsetFrames && ($0.preset == nil || $0.frame + $0.offsetFrames >= 0)
          && -200...200 ~= $0.foundGainDB
      }
      && zip(entries, entries.dropFirst()).allSatisfy { $0.frame <= $1.frame }
  }
}
