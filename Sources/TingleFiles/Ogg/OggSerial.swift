import COgg
import Foundation
import TingleSupport

/// libsndfile gives every Ogg stream a serial number by chance; here it becomes one that follows from the file's tags, so that the
/// same track is the same bytes.
enum OggSerial {
  /// Gives all pages of a file, which holds one stream, another serial number.
  /// - Throws: `UserError` (inputOutput).
  static func rewrite(_ file: AtomicFile, seed: String) throws {
    // FNV-1a.
    let serial = seed.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    var place = 0
    while let page = OggPage(try bytes(file, place, OggPage.mostHeaderBytes)[...]) {
      var bytes = try bytes(file, place, page.bytes)
      guard bytes.count == page.bytes else { break }
      for k in 0..<4 { bytes[14 + k] = UInt8(truncatingIfNeeded: serial >> UInt32(8 * k)) }
      try bytes.withUnsafeMutableBytes { bytes in
        let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var summed = ogg_page(
          header: start, header_len: page.headerBytes, body: start + page.headerBytes,
          body_len: page.bodyBytes)
        ogg_page_checksum_set(&summed)
        try write(UnsafeRawBufferPointer(rebasing: bytes[..<OggPage.fixedBytes]), to: file, at: place)
      }
      place += page.bytes
    }
  }

  private static func bytes(_ file: AtomicFile, _ place: Int, _ count: Int) throws -> [UInt8] {
    guard let bytes = Descriptor.bytes(of: file.descriptor, at: place, count: count) else {
      throw UserError.writing(file.path, errno)
    }
    return bytes
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: AtomicFile, at place: Int) throws {
    guard lseek(file.descriptor, off_t(place), SEEK_SET) >= 0 else {
      throw UserError.writing(file.path, errno)
    }
    try file.write(bytes)
  }
}
