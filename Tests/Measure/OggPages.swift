/// The page checksums of an Ogg stream (RFC 3533: CRC-32 with polynomial 0x04C11DB7).
enum OggPages {
  private static let table: [UInt32] = (0..<256).map { value in
    (0..<8).reduce(UInt32(value) << 24) { sum, _ in sum << 1 ^ (sum & 0x8000_0000 != 0 ? 0x04C1_1DB7 : 0) }
  }

  /// Replaces the checksum of every page by that of its contents.
  static func restoreChecksums(_ bytes: inout [UInt8]) {
    var start = 0
    while start + 27 <= bytes.count {
      guard bytes[start..<start + 4].elementsEqual("OggS".utf8) else {
        start += 1
        continue
      }
      let segments = Int(bytes[start + 26])
      let table = bytes[(start + 27)...].prefix(segments)
      let end = min(bytes.count, start + 27 + segments + table.reduce(0) { $0 + Int($1) })
      for k in 22..<26 { bytes[start + k] = 0 }
      let sum = bytes[start..<end].reduce(UInt32(0)) { $0 << 8 ^ Self.table[Int(UInt8($0 >> 24) ^ $1)] }
      for k in 0..<4 { bytes[start + 22 + k] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * k)) }
      start = max(end, start + 27)
    }
  }
}
