import Foundation

/// The chapters of a FLAC, Ogg Vorbis or Opus file as Vorbis comments: `CHAPTER001=00:01:30.000` and
/// `CHAPTER001NAME=title`, which players read.
///
/// libsndfile supports only fixed keys: it writes one placeholder of the same length, which these fields
/// replace when the file is complete.
struct VorbisChapters {
  private static let placeholderKey = "ALBUM"
  private let fields: [[UInt8]]

  init(_ chapters: [FileTags.Chapter]) {
    fields = chapters.prefix(FileTags.mostChapters).enumerated().flatMap { k, chapter in
      let key = String(format: "CHAPTER%03d", k + 1)
      let title = chapter.title.prefix(120)
      return ["\(key)=\(Self.clock(chapter.startSeconds))", "\(key)NAME=\(title)"].map { Array($0.utf8) }
    }
  }

  private var byteCount: Int { fields.reduce(0) { $0 + 4 + $1.count } }

  /// A value that makes the placeholder's field as long as those of the chapters.
  var placeholder: String {
    String(repeating: "-", count: max(0, byteCount - 4 - Self.placeholderKey.utf8.count - 1))
  }

  /// Replaces the placeholder in a file.
  /// - Parameter offset: the offset of the comments in the file.
  /// - Returns: false and `errno` on failure; true if there is no placeholder of the right length.
  func write(to descriptor: Int32, over comments: VorbisComments, at offset: Int) -> Bool {
    guard let field = comments.field(Self.placeholderKey), let countOffset = comments.countOffset,
      field.value.upperBound - field.key.lowerBound + 4 == byteCount
    else { return true }
    let bytes = fields.flatMap { .littleEndian($0.count) + $0 }
    let count = [UInt8].littleEndian(comments.fieldCount + fields.count - 1)
    return pwrite(descriptor, bytes, bytes.count, off_t(offset + field.key.lowerBound - 4)) == bytes.count
      && pwrite(descriptor, count, 4, off_t(offset + countOffset)) == 4
  }

  private static func clock(_ seconds: Double) -> String {
    let milliseconds = Int((1000 * seconds).rounded())
    return String(
      format: "%02d:%02d:%02d.%03d", milliseconds / 3_600_000, milliseconds / 60_000 % 60,
      milliseconds / 1000 % 60, milliseconds % 1000)
  }

  /// The seconds of `00:01:30.000`.
  static func seconds(_ text: String) -> Double? {
    let parts = text.split(separator: ":").map { Double($0) }
    guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let rest = parts[2] else {
      return nil
    }
    return 3600 * hours + 60 * minutes + rest
  }
}

extension VorbisComments {
  /// The chapters; those without a time or a title are skipped.
  var chapters: [FileTags.Chapter] {
    (1...FileTags.mostChapters).compactMap { k in
      let key = String(format: "CHAPTER%03d", k)
      guard let seconds = self[key].flatMap(VorbisChapters.seconds), let title = self[key + "NAME"] else {
        return nil
      }
      return FileTags.Chapter(title: title, startSeconds: seconds)
    }
  }

  /// The number of fields that the header states.
  var fieldCount: Int {
    countOffset.map { offset in (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } } ?? 0
  }
}
