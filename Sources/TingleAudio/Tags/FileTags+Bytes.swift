import Foundation

extension FileTags {
  /// A part of a file; nil where the file is shorter.
  static func bytes(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: range.count)
    return pread(descriptor, &bytes, range.count, off_t(range.lowerBound)) == range.count ? bytes : nil
  }

  /// Writes the provenance's key over the key that is at a place.
  /// - Returns: false if that fails, with `errno`.
  static func rename(_ descriptor: Int32, _ place: Int) -> Bool {
    let key = Array(provenanceKey.utf8)
    return pwrite(descriptor, key, key.count, off_t(place)) == key.count
  }
}
