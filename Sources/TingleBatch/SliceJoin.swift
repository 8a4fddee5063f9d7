import TingleFiles
import TingleMix
import TingleSupport

/// The slices of a track, checked to be complete, and joined into one file.
public struct SliceJoin {
  /// A slice's file and its tags.
  private struct Part {
    let path: String
    let tags: FileTags
    let provenance: Provenance
    let slice: Slice
  }

  /// The length of the track in frames.
  public let frames: Int
  /// The sample rate in hertz.
  public let sampleRate: Int
  private let parts: [Part]

  /// Checks that files are all slices of one track.
  /// - Throws: `UserError` (noInput, data) that names the missing slice or the wrong file.
  public init(_ paths: [String]) throws {
    let parts = try paths.map(Self.part).sorted { $0.slice.number < $1.slice.number }
    guard let first = parts.first else { throw UserError(.usage, "no slices to join") }
    for part in parts.dropFirst() { try Self.check(part, matches: first) }
    for (part, next) in zip(parts, parts.dropFirst()) where part.slice == next.slice {
      throw UserError(.data, "'\(part.path)' and '\(next.path)' are both slice \(part.slice.text)")
    }
    let present = Set(parts.map(\.slice.number))
    let missing = (1...first.slice.count).filter { !present.contains($0) }
    guard missing.isEmpty else {
      let list = missing.prefix(8).map(String.init).joined(separator: ", ")
      throw UserError(
        .data,
        "\(missing.count) of \(first.slice.count) slices missing: \(list)\(missing.count > 8 ? " ..." : "")"
      )
    }
    self.parts = parts
    frames = first.provenance.trackFrames ?? 0
    sampleRate = first.provenance.sampleRate
  }

  private static func part(_ path: String) throws -> Part {
    let reader = try SoundFileReader(path)
    guard let tags = FileTags(ofFile: path), let provenance = Provenance(tags),
      let slice = provenance.slice, let trackFrames = provenance.trackFrames
    else {
      throw UserError(.data, "'\(path)' is not a slice; `tingle render --slice 1/4` renders one")
    }
    let expected = slice.frames(of: trackFrames).count
    guard reader.frames == expected else {
      let frames = reader.frames.map(String.init) ?? "an unknown number of"
      throw UserError(.data, "'\(path)' is incomplete: it has \(frames) frames, expected \(expected)")
    }
    return Part(path: path, tags: tags, provenance: provenance, slice: slice)
  }

  private static func check(_ part: Part, matches first: Part) throws {
    let (a, b) = (part.provenance, first.provenance)
    let difference: String? =
      a.version != b.version
      ? "version \(a.version) instead of \(b.version)"
      : a.seed != b.seed
        ? "seed \(a.seed) instead of \(b.seed)"
        : a.sampleRate != b.sampleRate
          ? "\(a.sampleRate) Hz instead of \(b.sampleRate) Hz"
          : a.slice?.count != b.slice?.count
            ? "slice \(part.slice.text) instead of one of \(first.slice.count)"
            : a.recipe != b.recipe || a.trackFrames != b.trackFrames ? "different track" : nil
    if let difference {
      throw UserError(.data, "'\(part.path)' does not match '\(first.path)': \(difference)")
    }
  }

  /// Writes the track: bit-identical to a render of the whole track.
  /// - Parameters:
  ///   - path: the file to write.
  ///   - format: the container and sample format.
  ///   - overwrite: whether an existing file can be replaced.
  ///   - progress: called with the number of frames written; an error that it throws stops the join.
  /// - Throws: `UserError`; no new file is left then.
  public func write(
    to path: String, _ format: FileFormat, overwrite: Bool, progress: (Int) throws -> Void = { _ in }
  ) throws {
    var provenance = parts[0].provenance
    if format.depth == .float, provenance.depth != .float {
      throw UserError(
        .usage, "these slices are not in float; omit --bits, or render the slices with --bits float")
    }
    (provenance.container, provenance.depth) = (format.container, format.depth)
    (provenance.slice, provenance.startFrame, provenance.frames) = (nil, 0, frames)
    var tags = FileTags(title: parts[0].tags.title, provenance: provenance)
    tags.durationSeconds = Double(frames) / Double(sampleRate)
    tags.chapters = parts.flatMap { part in
      let start = Double(part.provenance.startFrame) / Double(sampleRate)
      return part.tags.chapters.map {
        FileTags.Chapter(title: $0.title, startSeconds: start + $0.startSeconds)
      }
    }
    let writer = try SoundFileWriter(
      path: path, format: format, sampleRate: sampleRate, channels: provenance.channels,
      tags: tags, seed: provenance.seed,
      expectedFrames: frames, overwrite: overwrite)
    try writer.fill {
      var done = 0
      for part in parts {
        let reader = try SoundFileReader(part.path)
        try reader.read { frames in
          try writer.write(UnsafeBufferPointer(frames))
          done += frames.count
          try progress(done)
        }
        guard reader.readFrames == reader.frames else {
          throw UserError(.data, "'\(part.path)' \(reader.truncation ?? "is truncated")")
        }
      }
    }
  }
}
