/// Mutates file contents for fuzzing: random bytes and bits, boundary numbers, truncation, removal,
/// insertion.
public enum Mutation {
  private static let numbers: [UInt64] = [
    0, 1, 2, 3, 7, 8, 16, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFF0, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF,
    // Infinity and NaN, as float and double.
    0x7F80_0000, 0x7FC0_0000, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000,
  ]

  /// Applies one to eight mutations, most of them in the first 160 bytes. In an Ogg file the page checksums
  /// are usually corrected; otherwise every decoder rejects the page without parsing it.
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
    let index = Int.random(in: 0..<header, using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2...6:
      let width = [1, 2, 4, 4, 8].randomElement(using: &generator)!
      let number = numbers.randomElement(using: &generator)!
      let isBig = Bool.random(using: &generator)
      // Most numbers in headers are at even offsets.
      let start = index & ~1
      for k in 0..<width where start + k < bytes.count {
        bytes[start + k] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (isBig ? width - 1 - k : k)))
      }
    case 7: bytes.removeLast(Int.random(in: 0..<bytes.count - 4, using: &generator))
    case 8: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...16, using: &generator)))
    default:
      let part = bytes[index..<min(bytes.count, index + Int.random(in: 1...64, using: &generator))]
      bytes.insert(contentsOf: part, at: Int.random(in: 0..<bytes.count, using: &generator))
    }
  }
}
