import TingleFiles
import TingleMix
import TingleSupport

/// Slices of one track, put together again.
public struct SliceJoin {
  /// A slice, and what its tags say.
  private struct Part {
    let path: String
    let tags: FileTags
    let provenance: Provenance
    let slice: Slice
  }

  /// The frames of the whole.
  public let frames: Int
  /// In hertz.
  public let sampleRate: Int
  private let parts: [Part]

  /// Looks whether files are all slices of one track.
  /// - Throws: `UserError` (no input, data), naming the one that is not, or is not there.
  public init(_ paths: [String]) throws {
    let parts = try paths.map(Self.part).sorted { $0.slice.number < $1.slice.number }
    guard let first = parts.first else { throw UserError(.usage, "there are no slices to join") }
    for part in parts.dropFirst() { try Self.check(part, goesWith: first) }
    for (part, next) in zip(parts, parts.dropFirst()) where part.slice == next.slice {
      throw UserError(.data, "'\(part.path)' and '\(next.path)' are both slice \(part.slice.text)")
    }
    let there = Set(parts.map(\.slice.number))
    let missing = (1...first.slice.count).filter { !there.contains($0) }
    guard missing.isEmpty else {
      let list = missing.prefix(8).map(String.init).joined(separator: ", ")
      throw UserError(
        .data,
        "of \(first.slice.count) slices \(missing.count == 1 ? "one is" : "\(missing.count) are") missing: \(list)\(missing.count > 8 ? " ..." : "")"
      )
    }
    self.parts = parts
    frames = first.provenance.wholeFrames ?? 0
    sampleRate = first.provenance.sampleRate
  }

  private static func part(_ path: String) throws -> Part {
    let reader = try SoundFileReader(path)
    guard let tags = FileTags(ofFile: path), let provenance = Provenance(tags),
      let slice = provenance.slice, let whole = provenance.wholeFrames
    else {
      throw UserError(.data, "'\(path)' is no slice; `tingle render --slice 1/4` makes them")
    }
    let expected = slice.frames(of: whole).count
    guard reader.frames == expected else {
      let frames = reader.frames.map(String.init) ?? "an unknown number of"
      throw UserError(.data, "'\(path)' has \(frames) frames, but a whole one would have \(expected)")
    }
    return Part(path: path, tags: tags, provenance: provenance, slice: slice)
  }

  private static func check(_ part: Part, goesWith first: Part) throws {
    let (a, b) = (part.provenance, first.provenance)
    let difference: String? =
      a.version != b.version
      ? "it was made by version \(a.version), the first by \(b.version)"
      : a.seed != b.seed
        ? "its seed is \(a.seed), the first one's \(b.seed)"
        : a.sampleRate != b.sampleRate
          ? "it has \(a.sampleRate) Hz, the first \(b.sampleRate)"
          : a.slice?.count != b.slice?.count
            ? "it is one of \(part.slice.count), the first one of \(first.slice.count)"
            : a.recipe != b.recipe || a.wholeFrames != b.wholeFrames ? "it is of another track" : nil
    if let difference {
      throw UserError(.data, "'\(part.path)' does not belong to '\(first.path)': \(difference)")
    }
  }

  /// Writes the whole: the file that a render of the whole would have written, to the bit.
  /// - Parameters:
  ///   - progress: called with the frames done so far; what it throws ends the work.
  /// - Throws: `UserError`; there is then no new file.
  public func write(
    to path: String, _ format: FileFormat, overwrite: Bool, progress: (Int) throws -> Void = { _ in }
  ) throws {
    var provenance = parts[0].provenance
    if format.depth == .float, provenance.depth != .float {
      throw UserError(
        .usage, "these slices hold 24 bits, not floats; leave --bits out, or render them with --bits float")
    }
    (provenance.container, provenance.depth) = (format.container, format.depth)
    (provenance.slice, provenance.startFrame, provenance.frames) = (nil, 0, frames)
    let writer = try SoundFileWriter(
      path: path, format: format, sampleRate: sampleRate, channels: provenance.channels,
      tags: FileTags(title: parts[0].tags.title, provenance: provenance), seed: provenance.seed,
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
