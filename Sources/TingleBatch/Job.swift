import Foundation
import Synchronization
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// A preset, the part of its track to render, and the file to write.
public struct Job: Sendable {
  /// The preset, with the output and room of the command line. Its gain is not yet adjusted to its loudness.
  public var preset: Preset
  /// The SOFA file of the listener's HRTF; nil for libmysofa's.
  public var hrtfPath: String?
  /// The part of the track in seconds; nil for the whole track.
  public var seconds: Range<Double>?
  /// The slice of the track; takes effect if `seconds` is nil.
  public var slice: Slice?
  /// The sample rate in hertz.
  public var sampleRate = 48000
  /// The number of channels: 1 or 2.
  public var channels = 2
  /// The container and sample format.
  public var format: FileFormat
  /// The file to write.
  public var path: String
  /// The arguments that reproduce the job, without program name, file name and format: `render`, `sleep`,
  /// `--seed`, `1`.
  public var words: [String]

  /// Creates a job that renders the whole track of a preset.
  public init(_ preset: Preset, words: [String], format: FileFormat, path: String) {
    self.preset = preset
    self.words = words
    self.format = format
    self.path = path
  }

  /// The frames of the track to render.
  public var frames: Range<Int> {
    let rate = Double(sampleRate)
    if let seconds {
      return Int((seconds.lowerBound * rate).rounded())..<Int((seconds.upperBound * rate).rounded())
    }
    return slice?.frames(of: trackFrames) ?? 0..<trackFrames
  }

  /// The length of the file in seconds.
  public var durationSeconds: Double { Double(frames.count) / Double(sampleRate) }

  /// The mix with its HRTF, and with the gain that brings it to its target loudness.
  ///
  /// Measuring the loudness takes about a second; the gain is cached.
  /// - Parameter jobs: the number of threads that measure.
  /// - Throws: `UserError` if the SOFA file cannot be read.
  public func levelledMix(jobs: Int) throws -> Mix {
    var mix = preset.mix
    let hrtf = try hrtf
    mix.head = hrtf?.measurements
    mix.isMono = channels == 1
    // Several formats or slices of one track share the measurement.
    let key = Checksum.of(PresetWriter.text(preset) + (hrtf?.checksum ?? "") + "\(channels)")
    if let gainDB = Self.gainCache.withLock({ $0[key] }) {
      mix.master.gainDB = gainDB
      return mix
    }
    let levelled = LoudnessTarget.levelled(mix, jobs: jobs)
    Self.gainCache.withLock { $0[key] = levelled.master.gainDB }
    return levelled
  }

  private static let gainCache = Mutex<[String: Double]>([:])

  /// The HRTF; nil for loudspeakers, and where no HRIR set is installed.
  var hrtf: HRTFCache.Entry? {
    get throws { preset.mix.output == .headphones ? try HRTFCache.entry(at: hrtfPath) : nil }
  }

  /// Whether the output is headphones and no HRIR set is installed, so that a spherical head model is used.
  public var lacksHRTF: Bool {
    get throws { try preset.mix.output == .headphones && hrtf == nil }
  }

  /// The provenance that is written to the file's tags.
  public var provenance: Provenance {
    get throws {
      var provenance = Provenance(
        presetName: preset.name, purpose: preset.purpose, recipe: try recipe, command: words,
        seed: preset.mix.seed, sampleRate: sampleRate, channels: channels)
      (provenance.container, provenance.depth) = (format.container, format.depth)
      (provenance.startFrame, provenance.frames) = (frames.lowerBound, frames.count)
      (provenance.trackFrames, provenance.slice) = (trackFrames, slice)
      return provenance
    }
  }

  /// Whether a file with this provenance is the file that the job would write; the program's version is
  /// ignored.
  func matches(_ existing: Provenance) throws -> Bool {
    if existing.purpose == nil { return try matches010(existing) }
    return try provenance.describesSameFile(as: existing)
  }

  /// The command that reproduces the file, without `-o`: `tingle render sleep --seed 1 --rate 48000`.
  public var command: String {
    ShellWords.line(["tingle"] + words + Provenance.options(sampleRate, channels, format.depth))
  }

  private var trackFrames: Int { preset.mix.durationFrames(sampleRate: Double(sampleRate)) }

  /// The tags to write to the file.
  public var tags: FileTags {
    get throws {
      var tags = FileTags(title: preset.title, provenance: try provenance)
      (tags.chapters, tags.durationSeconds) = (chapters, durationSeconds)
      return tags
    }
  }

  /// The chapters of the preset's script that start in this part of the track, in time of the file.
  private var chapters: [FileTags.Chapter] {
    let start = Double(frames.lowerBound) / Double(sampleRate)
    return (preset.script?.timetable.chapters ?? []).map {
      FileTags.Chapter(title: $0.title, startSeconds: $0.startSeconds - start)
    }.filter { 0..<durationSeconds ~= $0.startSeconds }
  }

  /// SHA-256 of everything that determines the samples, except bit depth and the part of the track.
  private var recipe: String {
    get throws {
      let parts = [PresetWriter.text(preset), try hrtf?.checksum ?? "", "\(sampleRate)", "\(channels)"]
      return Checksum.of(parts.joined(separator: "\n"))
    }
  }
}
