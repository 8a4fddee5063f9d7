import CMPG123
import Foundation

/// The tags of an MP3 file: ID3v2.3 with UTF-16 text, which all players read. libsndfile would pass UTF-8
/// text to LAME, which labels it as Latin-1.
enum MP3Tags {
  /// The ID3 tag that precedes the audio.
  static func bytes(_ tags: FileTags) -> [UInt8] {
    var frames = frame("TIT2", text(tags.title)) + frame("TSSE", text(tags.software))
    frames += frame("COMM", [utf16] + Array("eng".utf8) + string("") + terminator + string(tags.comment))
    if !tags.provenance.isEmpty {
      frames += frame(
        "TXXX", [utf16] + string(FileTags.provenanceKey) + terminator + string(tags.provenance))
    }
    frames += chapterFrames(tags.chapters, durationSeconds: tags.durationSeconds)
    // A synchsafe integer: seven bits per byte, so that the length never looks like an MPEG frame header.
    let length = (0..<4).reversed().map { UInt8(frames.count >> (7 * $0) & 0x7F) }
    return Array("ID3".utf8) + [3, 0, 0] + length + frames
  }

  /// A `CHAP` frame for each chapter and a `CTOC` frame that lists them (ID3v2 Chapter Frame Addendum 1.0).
  private static func chapterFrames(
    _ chapters: [FileTags.Chapter], durationSeconds: Double
  ) -> [UInt8] {
    let chapters = chapters.prefix(FileTags.mostChapters)
    guard !chapters.isEmpty else { return [] }
    func name(_ k: Int) -> [UInt8] { Array("ch\(k)".utf8) + [0] }
    func milliseconds(_ seconds: Double) -> [UInt8] { .bigEndian(Int((1000 * seconds).rounded())) }
    // Flags: the top-level table, in order.
    let contents = Array("toc".utf8) + [0, 3, UInt8(chapters.count)] + chapters.indices.flatMap(name)
    return chapters.enumerated().reduce(into: frame("CTOC", contents)) { frames, chapter in
      let start = milliseconds(chapter.element.startSeconds)
      let next = chapter.offset + 1
      let end = milliseconds(next < chapters.count ? chapters[next].startSeconds : durationSeconds)
      // The byte offsets are not used.
      frames += frame(
        "CHAP",
        name(chapter.offset) + start + end + [UInt8](repeating: 0xFF, count: 8)
          + frame("TIT2", text(chapter.element.title)))
    }
  }

  private static let utf16: UInt8 = 1
  private static let terminator: [UInt8] = [0, 0]

  private static func frame(_ name: String, _ content: [UInt8]) -> [UInt8] {
    Array(name.utf8) + .bigEndian(content.count) + [0, 0] + content
  }

  private static func text(_ text: String) -> [UInt8] { [utf16] + string(text) }

  /// Encodes text as UTF-16 with a byte order mark.
  private static func string(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  }

  /// Reads the provenance of a file, in any version of ID3v2. Changes the descriptor's position.
  static func provenance(_ descriptor: Int32) -> String? {
    mpg123_init()
    lseek(descriptor, 0, SEEK_SET)
    guard let handle = mpg123_new(nil, nil) else { return nil }
    defer { mpg123_delete(handle) }
    mpg123_param2(handle, Int32(MPG123_ADD_FLAGS.rawValue), Int(MPG123_QUIET.rawValue), 0)
    guard mpg123_open_fd(handle, descriptor) == MPG123_OK.rawValue else { return nil }
    // libmpg123 reads the tag when it searches for the first frame.
    mpg123_getformat(handle, nil, nil, nil)
    var tag: UnsafeMutablePointer<mpg123_id3v2>?
    guard mpg123_id3(handle, nil, &tag) == MPG123_OK.rawValue, let tag else { return nil }
    for k in 0..<tag.pointee.extras {
      let extra = tag.pointee.extra[k]
      if string(extra.description)?.uppercased() == FileTags.provenanceKey { return string(extra.text) }
    }
    return nil
  }

  private static func string(_ string: mpg123_string) -> String? { string.p.map { String(cString: $0) } }
}
