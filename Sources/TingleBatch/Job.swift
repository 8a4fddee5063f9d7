import Foundation
import Synchronization
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// What is to be rendered, and into which file.
public struct Job: Sendable {
  /// What sounds; its output and room are the listener's, its loudness is found later.
  public var preset: Preset
  /// A SOFA file of the listener's own head.
  public var headPath: String?
  /// The part of the track, in seconds; all of it when nil.
  public var seconds: Range<Double>?
  /// A slice of the track, instead of a part.
  public var slice: Slice?
  /// In hertz.
  public var sampleRate = 48000
  /// 1 or 2.
  public var channels = 2
  /// What kind of file.
  public var format: FileFormat
  /// Where it goes.
  public var path: String
  /// The words that make it again, without the program's name, the file's and its format: `render`, `sleep`, `--seed`, `1`.
  public var words: [String]

  /// A job for the whole of a preset's track.
  public init(_ preset: Preset, words: [String], format: FileFormat, path: String) {
    self.preset = preset
    self.words = words
    self.format = format
    self.path = path
  }

  /// The frames of the track that are rendered.
  public var frames: Range<Int> {
    let rate = Double(sampleRate)
    if let seconds {
      return Int((seconds.lowerBound * rate).rounded())..<Int((seconds.upperBound * rate).rounded())
    }
    return slice?.frames(of: wholeFrames) ?? 0..<wholeFrames
  }

  /// Its length in seconds.
  public var durationSeconds: Double { Double(frames.count) / Double(sampleRate) }

  /// The mix as it is heard and as loud as it asks to be; finding that takes a while.
  /// - Parameter jobs: threads that listen.
  /// - Throws: `UserError` for a head that cannot be read.
  public func levelledMix(jobs: Int) throws -> Mix {
    var mix = preset.mix
    let head = try head
    mix.head = head?.measurements
    mix.isMono = channels == 1
    // The same track in several formats, or in slices, is listened to once.
    let key = Checksum.of(PresetWriter.text(preset) + (head?.checksum ?? "") + "\(channels)")
    if let gainDB = Self.foundGains.withLock({ $0[key] }) {
      mix.master.gainDB = gainDB
      return mix
    }
    let levelled = LoudnessTarget.levelled(mix, jobs: jobs)
    Self.foundGains.withLock { $0[key] = levelled.master.gainDB }
    return levelled
  }

  private static let foundGains = Mutex<[String: Double]>([:])

  /// Whose ears it is for; nil where it is for loudspeakers, or for a sphere's.
  var head: HRTFCache.Entry? {
    get throws { preset.mix.output == .headphones ? try HRTFCache.head(headPath) : nil }
  }

  /// Whether it is for headphones, and nobody's measured head is there to hear it with.
  public var misses: Bool {
    get throws { try preset.mix.output == .headphones && head == nil }
  }

  /// How its file is made, as the file's tags keep it.
  public var provenance: Provenance {
    get throws {
      var provenance = Provenance(
        presetName: preset.name, purpose: preset.purpose, recipe: try recipe, command: words,
        seed: preset.mix.seed, sampleRate: sampleRate, channels: channels)
      (provenance.container, provenance.depth) = (format.container, format.depth)
      (provenance.startFrame, provenance.frames) = (frames.lowerBound, frames.count)
      (provenance.wholeFrames, provenance.slice) = (wholeFrames, slice)
      return provenance
    }
  }

  /// Whether a file's tags say that it is the file this job would make, whatever version of the program made it.
  func matches(_ found: Provenance) throws -> Bool {
    if found.purpose == nil { return try matches010(found) }
    return try provenance.describesSameFile(as: found)
  }

  /// The command that makes the file again, but for its name: `tingle render sleep --seed 1 --rate 48000`
  public var command: String {
    ShellWords.line(["tingle"] + words + Provenance.options(sampleRate, channels, format.depth))
  }

  private var wholeFrames: Int { preset.mix.durationFrames(sampleRate: Double(sampleRate)) }

  /// The file's tags.
  public var tags: FileTags {
    get throws { FileTags(title: preset.title, provenance: try provenance) }
  }

  /// A hash of all that decides which samples come out, but for their depth and the part of the track.
  private var recipe: String {
    get throws {
      let parts = [PresetWriter.text(preset), try head?.checksum ?? "", "\(sampleRate)", "\(channels)"]
      return Checksum.of(parts.joined(separator: "\n"))
    }
  }
}
