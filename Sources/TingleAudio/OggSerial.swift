import COgg
import Foundation

/// libsndfile gives every Ogg stream a serial number by chance; here it becomes one that follows from the file's tags, so that the
/// same track is the same bytes.
enum OggSerial {
  /// Gives all pages of a file, which holds one stream, another serial number.
  static func rewrite(_ descriptor: Int32, seed: String, name: String) throws {
    // FNV-1a.
    let serial = seed.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0, let bytes = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      bytes != MAP_FAILED
    else { throw AudioError(.inputOutput, "cannot write '\(name)': \(String(cString: strerror(errno)))") }
    defer { munmap(bytes, size) }
    var place = 0
    while place + 27 <= size {
      let start = bytes.assumingMemoryBound(to: UInt8.self) + place
      let segments = Int(start[26])
      guard memcmp(start, "OggS", 4) == 0, place + 27 + segments <= size else { break }
      let body = (0..<segments).reduce(0) { $0 + Int(start[27 + $1]) }
      guard place + 27 + segments + body <= size else { break }
      for k in 0..<4 { start[14 + k] = UInt8(truncatingIfNeeded: serial >> UInt32(8 * k)) }
      var page = ogg_page(
        header: start, header_len: 27 + segments, body: start + 27 + segments, body_len: body)
      ogg_page_checksum_set(&page)
      place += 27 + segments + body
    }
  }
}
