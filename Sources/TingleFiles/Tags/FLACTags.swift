import Foundation

/// The Vorbis comments of a FLAC file: an uncompressed metadata block of type 4 (RFC 9639, section 8).
enum FLACTags {
  /// Reads the comments and their offset in the file.
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

  /// Replaces the placeholder that libsndfile wrote by the chapters.
  /// - Returns: false and `errno` on failure; true if there is no placeholder.
  static func write(_ chapters: VorbisChapters, _ descriptor: Int32) -> Bool {
    guard let (comments, offset) = comments(descriptor) else { return true }
    return chapters.write(to: descriptor, over: comments, at: offset)
  }

  /// Overwrites the key that libsndfile wrote by the provenance's key, which has the same length.
  /// - Returns: false and `errno` on failure; true if there is no such key.
  static func rename(_ descriptor: Int32) -> Bool {
    guard let (comments, offset) = comments(descriptor), let field = comments.field(FileTags.placeholderKey)
    else { return true }
    return FileTags.rename(descriptor, offset + field.key.lowerBound)
  }
}
