import COgg
import Foundation
import TingleSupport

/// Replaces the random serial number that libsndfile gives an Ogg stream by one derived from the file's tags,
/// so that the same track has the same bytes.
enum OggSerial {
  /// Sets the serial number and the checksum of all pages of a file with one stream.
  /// - Parameter seed: the text that the serial number is the FNV-1a hash of.
  /// - Throws: `UserError` (inputOutput).
  static func rewrite(_ file: AtomicFile, seed: String) throws {
    let serial = seed.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    var offset = 0
    while let page = OggPage(try bytes(file, offset, OggPage.maxHeaderBytes)[...]) {
      var bytes = try bytes(file, offset, page.bytes)
      guard bytes.count == page.bytes else { break }
      for k in 0..<4 { bytes[14 + k] = UInt8(truncatingIfNeeded: serial >> UInt32(8 * k)) }
      try bytes.withUnsafeMutableBytes { bytes in
        let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var raw = ogg_page(
          header: start, header_len: page.headerBytes, body: start + page.headerBytes,
          body_len: page.bodyBytes)
        ogg_page_checksum_set(&raw)
        try write(UnsafeRawBufferPointer(rebasing: bytes[..<OggPage.fixedBytes]), to: file, at: offset)
      }
      offset += page.bytes
    }
  }

  private static func bytes(_ file: AtomicFile, _ offset: Int, _ count: Int) throws -> [UInt8] {
    guard let bytes = Descriptor.bytes(of: file.descriptor, at: offset, count: count) else {
      throw UserError.writing(file.path, errno)
    }
    return bytes
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: AtomicFile, at offset: Int) throws {
    guard lseek(file.descriptor, off_t(offset), SEEK_SET) >= 0 else {
      throw UserError.writing(file.path, errno)
    }
    try file.write(bytes)
  }
}
