import CSndFile
import Foundation
import TingleSupport

/// The metadata of a sound file: title, software, comment and provenance.
public struct FileTags: Sendable, Equatable {
  /// The preset's title.
  public var title: String
  /// The program and its version.
  public var software: String
  /// How the file was made, as a readable sentence.
  public var comment: String
  /// How the file was made, as JSON in a field of its own; empty for none.
  public var provenance: String

  /// The chapters of the track in time order; empty for none.
  public var chapters: [Chapter] = []
  /// The length of the file in seconds, at which the last chapter ends.
  public var durationSeconds = 0.0

  /// A chapter: a title, and where it starts in the file.
  public struct Chapter: Sendable, Equatable {
    public let title: String
    public let startSeconds: Double

    /// A chapter.
    public init(title: String, startSeconds: Double) {
      (self.title, self.startSeconds) = (title, startSeconds)
    }
  }

  /// The largest number of chapters that are written.
  static let mostChapters = 200

  /// Creates tags.
  public init(title: String, software: String, comment: String, provenance: String = "") {
    self.title = title
    self.software = software
    self.comment = comment
    self.provenance = provenance
  }

  /// The key of the provenance in FLAC, Ogg and MP3; in WAV it is an INFO item `TNGL`.
  static let provenanceKey = "TINGLE"
  /// The key under which libsndfile, which supports only fixed keys, writes the provenance to FLAC and Ogg
  /// files. It has the same length as `provenanceKey`, which then overwrites it.
  static let placeholderKey = "ARTIST"

  /// Reads the tags of a file; nil if libsndfile cannot open it.
  public init?(ofFile path: String) {
    guard let descriptor = try? InputFile.open(path) else { return nil }
    var info = SF_INFO()
    defer { close(descriptor) }
    guard let file = SoundFileReader.open(descriptor, &info) else { return nil }
    defer { sf_close(file) }
    func text(_ key: Int) -> String { sf_get_string(file, Int32(key)).map { String(cString: $0) } ?? "" }
    self.init(
      title: text(SF_STR_TITLE), software: text(SF_STR_SOFTWARE), comment: text(SF_STR_COMMENT),
      provenance: Self.provenance(file, info, descriptor) ?? "")
    chapters = Self.chapters(file, info, descriptor)
  }

  private static func isWAV(_ info: SF_INFO) -> Bool {
    let type = Int(info.format) & Int(SF_FORMAT_TYPEMASK)
    return [SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_RF64].contains { Int($0) == type }
  }

  private static func chapters(_ file: OpaquePointer, _ info: SF_INFO, _ descriptor: Int32) -> [Chapter] {
    if isWAV(info) { return WAVChapters.read(file, sampleRate: Double(info.samplerate)) }
    switch Int(info.format) & Int(SF_FORMAT_TYPEMASK) {
    case Int(SF_FORMAT_FLAC): return FLACTags.comments(descriptor)?.comments.chapters ?? []
    case Int(SF_FORMAT_OGG): return OggTags.comments(descriptor)?.chapters ?? []
    default: return []
    }
  }

  private static func provenance(_ file: OpaquePointer, _ info: SF_INFO, _ descriptor: Int32) -> String? {
    if isWAV(info) { return WAVTags.provenance(file) }
    switch Int(info.format) & Int(SF_FORMAT_TYPEMASK) {
    case Int(SF_FORMAT_FLAC): return FLACTags.comments(descriptor)?.comments[provenanceKey]
    case Int(SF_FORMAT_OGG): return OggTags.comments(descriptor)?[provenanceKey]
    case Int(SF_FORMAT_MPEG): return MP3Tags.provenance(descriptor)
    default: return nil
    }
  }

  /// Sets the tags of a file that libsndfile writes; to be called before the first samples.
  func set(in file: OpaquePointer?, _ format: FileFormat, sampleRate: Int) {
    // In an MP3, `MP3Tags` writes them before the audio.
    guard format.container != .mp3 else { return }
    sf_set_string(file, Int32(SF_STR_TITLE), title)
    sf_set_string(file, Int32(SF_STR_SOFTWARE), software)
    sf_set_string(file, Int32(SF_STR_COMMENT), comment)
    if !chapters.isEmpty {
      if format.container == .wav {
        WAVChapters.set(chapters, in: file, sampleRate: Double(sampleRate))
      } else {
        sf_set_string(file, Int32(SF_STR_ALBUM), VorbisChapters(chapters).placeholder)
      }
    }
    guard !provenance.isEmpty else { return }
    if format.container == .wav {
      WAVTags.set(provenance, in: file)
    } else {
      sf_set_string(file, Int32(SF_STR_ARTIST), provenance)
    }
  }
}
