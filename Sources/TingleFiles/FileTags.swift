import CSndFile
import Foundation
import TingleSupport

/// What a file tells of its making.
public struct FileTags: Sendable, Equatable {
  /// The preset's title.
  public var title: String
  /// The program and its version.
  public var software: String
  /// How the file was made, for people.
  public var comment: String
  /// How the file was made, as data, in a field of its own: empty for none.
  public var provenance: String

  /// Tags.
  public init(title: String, software: String, comment: String, provenance: String = "") {
    self.title = title
    self.software = software
    self.comment = comment
    self.provenance = provenance
  }

  /// The provenance's key in FLAC, Ogg and MP3; in WAV it is an INFO item `TNGL`.
  static let provenanceKey = "TINGLE"
  /// libsndfile has fixed keys. FLAC and Ogg files get the provenance under one of the same length, which is then renamed.
  static let standInKey = "ARTIST"

  /// The tags of a file that libsndfile can read; nil for anything else.
  public init?(ofFile path: String) {
    guard let descriptor = try? InputFile.open(path) else { return nil }
    var info = SF_INFO()
    defer { close(descriptor) }
    guard let file = sf_open_fd(descriptor, Int32(SFM_READ), &info, Int32(SF_FALSE)) else { return nil }
    defer { sf_close(file) }
    func text(_ key: Int) -> String { sf_get_string(file, Int32(key)).map { String(cString: $0) } ?? "" }
    self.init(
      title: text(SF_STR_TITLE), software: text(SF_STR_SOFTWARE), comment: text(SF_STR_COMMENT),
      provenance: Self.provenance(file, info, descriptor) ?? "")
  }

  private static func provenance(_ file: OpaquePointer, _ info: SF_INFO, _ descriptor: Int32) -> String? {
    let type = Int(info.format) & Int(SF_FORMAT_TYPEMASK)
    if [SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_RF64].contains(where: { Int($0) == type }) {
      return WAVTags.provenance(file)
    }
    switch type {
    case Int(SF_FORMAT_FLAC): return FLACTags.comments(descriptor)?.comments[provenanceKey]
    case Int(SF_FORMAT_OGG): return OggTags.comments(descriptor)?[provenanceKey]
    case Int(SF_FORMAT_MPEG): return MP3Tags.provenance(descriptor)
    default: return nil
    }
  }

  /// Gives them to a file that is begun.
  func set(in file: OpaquePointer?, _ format: FileFormat) {
    // An MP3 has them before its sound.
    guard format.container != .mp3 else { return }
    sf_set_string(file, Int32(SF_STR_TITLE), title)
    sf_set_string(file, Int32(SF_STR_SOFTWARE), software)
    sf_set_string(file, Int32(SF_STR_COMMENT), comment)
    guard !provenance.isEmpty else { return }
    if format.container == .wav {
      WAVTags.set(provenance, in: file)
    } else {
      sf_set_string(file, Int32(SF_STR_ARTIST), provenance)
    }
  }
}
