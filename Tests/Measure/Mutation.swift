/// Breaks files as disks, networks and programs do, and in arbitrary ways.
public enum Mutation {
  private static let numbers: [UInt64] = [
    0, 1, 2, 3, 7, 8, 16, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFF0, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF,
    // Infinity and what is not a number.
    0x7F80_0000, 0x7FC0_0000, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000,
  ]

  /// One to eight changes, most of them in the header; an Ogg page's checksum is made right again, or no change would be
  /// looked at.
  public static func mutated(_ bytes: [UInt8], using generator: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) { change(&bytes, &generator) }
    if bytes.starts(with: "OggS".utf8), Int.random(in: 0..<8, using: &generator) > 0 {
      OggPages.restoreChecksums(&bytes)
    }
    return bytes
  }

  private static func change(_ bytes: inout [UInt8], _ generator: inout SplitMix) {
    guard bytes.count > 8 else { return }
    let header = min(bytes.count, Int.random(in: 0..<8, using: &generator) == 0 ? bytes.count : 160)
    let place = Int.random(in: 0..<header, using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2...6:
      let width = [1, 2, 4, 4, 8].randomElement(using: &generator)!
      let number = numbers.randomElement(using: &generator)!
      let isBig = Bool.random(using: &generator)
      // Numbers mostly stand at even places.
      let start = place & ~1
      for k in 0..<width where start + k < bytes.count {
        bytes[start + k] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (isBig ? width - 1 - k : k)))
      }
    case 7: bytes.removeLast(Int.random(in: 0..<bytes.count - 4, using: &generator))
    case 8: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...16, using: &generator)))
    default:
      let part = bytes[place..<min(bytes.count, place + Int.random(in: 1...64, using: &generator))]
      bytes.insert(contentsOf: part, at: Int.random(in: 0..<bytes.count, using: &generator))
    }
  }
}

/// The pages of an Ogg stream.
enum OggPages {
  private static let table: [UInt32] = (0..<256).map { value in
    (0..<8).reduce(UInt32(value) << 24) { sum, _ in sum << 1 ^ (sum & 0x8000_0000 != 0 ? 0x04C1_1DB7 : 0) }
  }

  /// Gives every page the checksum that goes with its content.
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
