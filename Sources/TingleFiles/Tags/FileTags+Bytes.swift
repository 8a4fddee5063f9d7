import Foundation
import TingleSupport

extension FileTags {
  /// Reads a range of a file; nil if the file is shorter.
  static func bytes(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
    let bytes = Descriptor.bytes(of: descriptor, at: range.lowerBound, count: range.count)
    return bytes?.count == range.count ? bytes : nil
  }

  /// Overwrites the key at an offset of a file by the provenance's key.
  /// - Returns: false and `errno` on failure.
  static func rename(_ descriptor: Int32, _ offset: Int) -> Bool {
    let key = Array(provenanceKey.utf8)
    return pwrite(descriptor, key, key.count, off_t(offset)) == key.count
  }
}
