import Foundation
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// The contents of `manifest.json`: the files of a batch, with their measurements and all that is needed to
/// reproduce them.
public struct Manifest: Sendable, Codable, Equatable {
  /// One file of the batch.
  public struct Entry: Sendable, Codable, Equatable {
    /// The path, relative to the manifest's folder.
    public var file: String
    /// SHA-256 of the file in hexadecimal.
    public var sha256: String
    /// The file size in bytes.
    public var bytes: Int
    /// The command that reproduces the file, without `-o`. Its relative paths start at the folder in which
    /// the batch was run.
    public var recipe: String
    public var tingleVersion: String
    public var preset: String
    public var seed: UInt64
    public var durationSeconds: Double
    /// Integrated loudness (EBU R 128) in LUFS; nil for silence.
    public var loudnessLUFS: Double?
    /// True peak in dBTP; nil for silence.
    public var truePeakDBTP: Double?
    public var format: String
    public var bits: String?
    public var sampleRate: Int
    public var channels: Int
    /// The start and end of the rendered part in seconds; nil for the whole track.
    public var startSeconds: Double?
    public var endSeconds: Double?
    /// The slice, such as `3/16`; nil if the file is not a slice.
    public var slice: String?
    /// The absolute path of the SOFA file of `--hrtf`. Version 0.1.0 wrote the path as it was given.
    public var head: String?
    /// The preset as YAML.
    public var presetText: String
  }

  /// The version of the format.
  public var version = 1
  /// The files, sorted by path.
  public var files: [Entry]

  /// The file name of the manifest.
  public static let name = "manifest.json"

  /// Creates a manifest; of several entries for one file, the last is kept.
  init(_ entries: [Entry]) {
    let byName = Dictionary(entries.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
    files = byName.values.sorted { $0.file < $1.file }
  }

  /// Reads the manifest of a folder; empty if the folder has none.
  /// - Throws: `UserError` if the manifest cannot be read, with kind `data` if it is not valid.
  public init(folder: String) throws {
    let path = folder + "/" + Self.name
    guard FileSystem.exists(path) else {
      self.init([])
      return
    }
    let data = Data(TextEncoding.normalized(try InputFile.contents(path)))
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data), manifest.version == 1 else {
      throw UserError(
        .data, "'\(path)' is not a batch manifest; remove it, and the next batch writes a new one")
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
  /// Creates the entry of a file that was just rendered.
  init(_ job: Job, _ rendered: JobRun.RenderedJob, folder: String) throws {
    try self.init(job, sha256: rendered.sha256, bytes: rendered.bytes, rendered.loudness, folder: folder)
  }

  /// Creates an entry.
  init(
    _ job: Job, sha256: String, bytes: Int, _ loudness: LoudnessMeter.Measurement?, folder: String
  ) throws {
    func tenths(_ value: Double?) -> Double? {
      value.flatMap { $0.isFinite ? (10 * $0).rounded() / 10 : nil }
    }
    self.init(
      file: Self.relative(job.path, to: folder), sha256: sha256, bytes: bytes,
      recipe: job.command, tingleVersion: Provenance.currentVersion,
      preset: job.preset.name, seed: job.preset.mix.seed, durationSeconds: job.durationSeconds,
      loudnessLUFS: tenths(loudness?.integratedLUFS), truePeakDBTP: tenths(loudness?.truePeakDB),
      format: job.format.container.rawValue, bits: job.format.depth?.rawValue, sampleRate: job.sampleRate,
      channels: job.channels, startSeconds: job.seconds?.lowerBound, endSeconds: job.seconds?.upperBound,
      slice: job.slice?.text, head: job.hrtfPath.map(FileSystem.absolute),
      presetText: PresetWriter.text(job.preset))
  }

  /// The job that reproduces the file.
  /// - Throws: `UserError` for an entry that is not valid.
  public func job(folder: String) throws -> Job {
    guard let container = FileFormat.Container(rawValue: format) else {
      throw UserError(.data, "'\(file)': unknown format '\(format)' in the manifest")
    }
    var preset = try PresetParser.parse(presetText, name: self.preset, file: "\(folder)/\(Manifest.name)")
    preset.mix.seed = seed
    try preset.directScript()
    var job = Job(
      preset, words: [recipe],
      format: try FileFormat(container, depth: bits.flatMap(FileFormat.Depth.init)),
      path: file.hasPrefix("/") ? file : "\(folder)/\(file)")
    job.hrtfPath = head
    if let startSeconds, let endSeconds { job.seconds = startSeconds..<endSeconds }
    job.slice = slice.flatMap { Slice($0) }
    (job.sampleRate, job.channels) = (sampleRate, channels)
    return job
  }

  /// A path relative to a folder; an absolute path if it is outside of the folder.
  static func relative(_ path: String, to folder: String) -> String {
    let absolute = FileSystem.absolute(path)
    let base = FileSystem.absolute(folder) + "/"
    return absolute.hasPrefix(base) ? String(absolute.dropFirst(base.count)) : absolute
  }
}
