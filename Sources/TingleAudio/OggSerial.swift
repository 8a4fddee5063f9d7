import COgg
import Foundation
import TingleSupport

/// libsndfile gives every Ogg stream a serial number by chance; here it becomes one that follows from the file's tags, so that the
/// same track is the same bytes.
enum OggSerial {
  /// Gives all pages of a file, which holds one stream, another serial number.
  /// - Throws: `FileError` (inputOutput).
  static func rewrite(_ file: AtomicFile, seed: String) throws {
    // FNV-1a.
    let serial = seed.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    var page = [UInt8](repeating: 0, count: longestPage)
    var place = 0
    while true {
      let count = try page.withUnsafeMutableBytes { try read(file, into: $0, at: place) }
      guard count >= 27, page.starts(with: Array("OggS".utf8)) else { break }
      let header = 27 + Int(page[26])
      guard header <= count else { break }
      let length = header + page[27..<header].reduce(0) { $0 + Int($1) }
      guard length <= count else { break }
      for k in 0..<4 { page[14 + k] = UInt8(truncatingIfNeeded: serial >> UInt32(8 * k)) }
      try page.withUnsafeMutableBytes { bytes in
        let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var page = ogg_page(
          header: start, header_len: header, body: start + header, body_len: length - header)
        ogg_page_checksum_set(&page)
        try write(UnsafeRawBufferPointer(rebasing: bytes[..<27]), to: file, at: place)
      }
      place += length
    }
  }

  /// The header, 255 sizes, and what they can say.
  private static let longestPage = 27 + 255 + 255 * 255

  private static func read(_ file: AtomicFile, into bytes: UnsafeMutableRawBufferPointer, at place: Int)
    throws
    -> Int
  {
    var done = 0
    while done < bytes.count {
      let count = pread(file.descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(place + done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError.writing(file.path, errno) }
      if count == 0 { break }
      done += count
    }
    return done
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: AtomicFile, at place: Int) throws {
    guard lseek(file.descriptor, off_t(place), SEEK_SET) >= 0 else {
      throw FileError.writing(file.path, errno)
    }
    try file.write(bytes)
  }
}
