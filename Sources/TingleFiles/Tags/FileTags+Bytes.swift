import Foundation
import TingleSupport

extension FileTags {
  /// A part of a file; nil where the file is shorter.
  static func bytes(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
    let bytes = Descriptor.bytes(of: descriptor, at: range.lowerBound, count: range.count)
    return bytes?.count == range.count ? bytes : nil
  }

  /// Writes the provenance's key over the key that is at a place.
  /// - Returns: false if that fails, with `errno`.
  static func rename(_ descriptor: Int32, _ place: Int) -> Bool {
    let key = Array(provenanceKey.utf8)
    return pwrite(descriptor, key, key.count, off_t(place)) == key.count
  }
}
