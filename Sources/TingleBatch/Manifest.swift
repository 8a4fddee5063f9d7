import Foundation
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// What a batch made: each file, what it sounds like, and all that is needed to make it again.
public struct Manifest: Sendable, Codable, Equatable {
  /// A file.
  public struct Entry: Sendable, Codable, Equatable {
    /// Its path, from the manifest's folder.
    public var file: String
    /// Of its content, SHA-256 in hexadecimal digits.
    public var sha256: String
    public var bytes: Int
    /// The command that makes it again, but for its name; paths in it are as they were given, and begin where the batch
    /// was started.
    public var recipe: String
    public var tingleVersion: String
    public var preset: String
    public var seed: UInt64
    public var durationSeconds: Double
    /// Integrated (EBU R 128); nil for silence.
    public var loudnessLUFS: Double?
    /// Nil for silence.
    public var truePeakDBTP: Double?
    public var format: String
    public var bits: String?
    public var sampleRate: Int
    public var channels: Int
    /// The part of the track, in seconds, if it is not the whole.
    public var startSeconds: Double?
    public var endSeconds: Double?
    /// Which slice it is, if it is one: `3/16`.
    public var slice: String?
    /// A SOFA file, if the listener gave one: its absolute path. Version 0.1.0 wrote it as it was given.
    public var head: String?
    /// The preset as it was, YAML.
    public var presetText: String
  }

  /// Of this form.
  public var version = 1
  /// In the order of their names.
  public var files: [Entry]

  /// Its name in its folder.
  public static let name = "manifest.json"

  /// Of these files; of two entries for one, the later counts.
  init(_ entries: [Entry]) {
    let byName = Dictionary(entries.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
    files = byName.values.sorted { $0.file < $1.file }
  }

  /// Reads a folder's manifest; one without files where there is none.
  /// - Throws: `UserError` for one that cannot be read, `UserError` (data) for one that is broken.
  public init(folder: String) throws {
    let path = folder + "/" + Self.name
    guard FileSystem.exists(path) else {
      self.init([])
      return
    }
    let data = Data(TextEncoding.normalized(try InputFile.contents(path)))
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data), manifest.version == 1 else {
      throw UserError(
        .data, "'\(path)' is no manifest of a batch; move it away, and the next batch writes one")
    }
    self = manifest
  }

  /// - Throws: `UserError` (cannotCreate, inputOutput).
  func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let path = folder + "/" + Self.name
    let file = try AtomicFile(path: path, overwrite: true)
    try file.write(encoder.encode(self) + Data("\n".utf8))
    try file.commit()
  }
}

extension Manifest.Entry {
  /// For a file that was just made.
  init(_ job: Job, _ made: JobRun.RenderedJob, folder: String) throws {
    try self.init(job, sha256: made.sha256, bytes: made.bytes, made.reading, folder: folder)
  }

  /// - Parameter reading: what was measured.
  init(
    _ job: Job, sha256: String, bytes: Int, _ reading: LoudnessMeter.Measurement?, folder: String
  ) throws {
    func tenths(_ value: Double?) -> Double? {
      value.flatMap { $0.isFinite ? (10 * $0).rounded() / 10 : nil }
    }
    self.init(
      file: Self.relative(job.path, to: folder), sha256: sha256, bytes: bytes,
      recipe: job.command, tingleVersion: Provenance.thisVersion,
      preset: job.preset.name, seed: job.preset.mix.seed, durationSeconds: job.durationSeconds,
      loudnessLUFS: tenths(reading?.integratedLUFS), truePeakDBTP: tenths(reading?.truePeakDB),
      format: job.format.container.rawValue, bits: job.format.depth?.rawValue, sampleRate: job.sampleRate,
      channels: job.channels, startSeconds: job.seconds?.lowerBound, endSeconds: job.seconds?.upperBound,
      slice: job.slice?.text, head: job.headPath.map(FileSystem.absolute),
      presetText: PresetWriter.text(job.preset))
  }

  /// The job that makes the file again.
  /// - Throws: `UserError`, `UserError` for an entry that makes no sense.
  public func job(folder: String) throws -> Job {
    guard let container = FileFormat.Container(rawValue: format) else {
      throw UserError(.data, "'\(file)': the manifest names a format '\(format)' that is not known")
    }
    var preset = try PresetParser.parse(presetText, name: self.preset, file: "\(folder)/\(Manifest.name)")
    preset.mix.seed = seed
    var job = Job(
      preset, words: [recipe],
      format: try FileFormat(container, depth: bits.flatMap(FileFormat.Depth.init)),
      path: file.hasPrefix("/") ? file : "\(folder)/\(file)")
    job.headPath = head
    if let startSeconds, let endSeconds { job.seconds = startSeconds..<endSeconds }
    job.slice = slice.flatMap { Slice($0) }
    (job.sampleRate, job.channels) = (sampleRate, channels)
    return job
  }

  /// A path as seen from a folder, if it lies in it; else as it is from everywhere.
  static func relative(_ path: String, to folder: String) -> String {
    let whole = FileSystem.absolute(path)
    let base = FileSystem.absolute(folder) + "/"
    return whole.hasPrefix(base) ? String(whole.dropFirst(base.count)) : whole
  }
}
