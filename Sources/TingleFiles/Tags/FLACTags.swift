import Foundation

/// Where a FLAC file keeps its comments: a metadata block of type 4, uncompressed (RFC 9639, section 8).
enum FLACTags {
  /// The comments, and their place in the file.
  static func comments(_ descriptor: Int32) -> (comments: VorbisComments, offset: Int)? {
    guard let start = FileTags.bytes(descriptor, 0..<4), start == Array("fLaC".utf8) else { return nil }
    var offset = 4
    while let header = FileTags.bytes(descriptor, offset..<offset + 4) {
      let length = header[1...].reduce(0) { $0 << 8 | Int($1) }
      offset += 4
      if header[0] & 0x7F == 4 {
        return FileTags.bytes(descriptor, offset..<offset + length).map { (VorbisComments($0), offset) }
      }
      if header[0] & 0x80 != 0 { return nil }
      offset += length
    }
    return nil
  }

  /// Gives the field that libsndfile wrote under another key of the same length the provenance's key.
  /// - Returns: false if that fails, with `errno`.
  static func rename(_ descriptor: Int32) -> Bool {
    guard let (comments, offset) = comments(descriptor), let field = comments.field(FileTags.standInKey)
    else { return true }
    return FileTags.rename(descriptor, offset + field.key.lowerBound)
  }
}
