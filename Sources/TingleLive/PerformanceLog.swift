import Foundation
import TingleMix
import TinglePresets
import TingleSupport

/// What was played, in a form that can be kept: each scene as a preset, and when it began. From it the same performance is made
/// again, to the bit.
public struct PerformanceLog: Sendable {
  /// A scene, from a frame on.
  struct Entry: Sendable, Codable {
    var frame: Int
    var crossfadeFrames: Int
    /// The track's frame that is heard at the performance's frame 0.
    var offsetFrames: Int
    /// The preset's text; nil for a pause.
    var preset: String?
    /// Layers that are silent.
    var muted: [String]
    /// What brought the whole to its loudness.
    var foundGainDB: Double
  }

  public let sampleRate: Double
  /// With which preset it began, and what that is for; nil in logs of version 0.1.0.
  public internal(set) var presetName: String?
  public internal(set) var purpose: Purpose?
  /// A SOFA file, if the listener gave one: an absolute path. In logs of version 0.1.0 it is as it was given.
  public var hrtf: String?
  /// In frames, and the frame from which it was faded out, if it was.
  public var length = 0
  public var stoppedAt: Int?
  /// The number of frames missing from the recording; a replay has them.
  public var lostFrames = 0
  /// Whether the player ended the log; one that was killed did not.
  public internal(set) var isEnded = true
  var entries: [Entry] = []

  init(sampleRate: Double) { self.sampleRate = sampleRate }

  init(sampleRate: Double, first: Scene, offsetFrames: Int) {
    self.init(sampleRate: sampleRate)
    (presetName, purpose) = (first.preset.name, first.preset.purpose)
    add(first, at: 0, crossfadeFrames: 1, offsetFrames: offsetFrames)
  }

  mutating func add(_ scene: Scene, at frame: Int, crossfadeFrames: Int, offsetFrames: Int) {
    var preset = scene.preset
    let mix = scene.mix
    if let mix {
      preset.mix = mix
      preset.mix.master.gainDB = scene.preset.mix.master.gainDB
    }
    entries.append(
      Entry(
        frame: frame, crossfadeFrames: crossfadeFrames, offsetFrames: offsetFrames,
        preset: mix == nil ? nil : PresetWriter.text(preset),
        muted: mix?.layers.filter(\.isMuted).map(\.name) ?? [], foundGainDB: scene.foundGainDB))
  }

  /// What can be played again.
  /// - Parameter head: whose ears it was played for.
  /// - Throws: `UserError` for a log that is broken.
  public func performance(head: HRIRSet?) throws -> Performance {
    let takes = try entries.map { entry in
      guard let text = entry.preset else { return PlaybackSegment(nil, offsetFrames: entry.offsetFrames) }
      var mix = try PresetParser.parse(text, name: "performance", file: "the log").mix
      mix.master.gainDB += entry.foundGainDB
      if mix.output == .headphones { mix.head = head }
      for k in mix.layers.indices { mix.layers[k].isMuted = entry.muted.contains(mix.layers[k].name) }
      return PlaybackSegment(mix, offsetFrames: entry.offsetFrames)
    }
    guard let first = takes.first else { throw UserError(.data, "the log holds nothing that was played") }
    var performance = Performance(first, sampleRate: sampleRate)
    performance.lengthFrames = length
    performance.stoppedAt = stoppedAt
    performance.changes = zip(entries, takes).dropFirst().map {
      SegmentChange(at: $0.frame, to: $1, crossfadeFrames: max(1, $0.crossfadeFrames))
    }
    return performance
  }

  /// Whether every number is one that a player could have written.
  var isPlausible: Bool {
    // A year of frames, at the highest rate there is.
    let most = 192_000 * 86_400 * 366
    return 8000...192_000 ~= sampleRate && 0...most ~= length
      && 0...most ~= stoppedAt ?? 0
      && entries.allSatisfy {
        0...most ~= $0.frame && 0...Int(60 * sampleRate) ~= $0.crossfadeFrames
          && -most...most ~= $0.offsetFrames && ($0.preset == nil || $0.frame + $0.offsetFrames >= 0)
          && -200...200 ~= $0.foundGainDB
      }
      && zip(entries, entries.dropFirst()).allSatisfy { $0.frame <= $1.frame }
  }
}
