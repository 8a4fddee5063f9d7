/// The 64-bit FNV-1a hash: G. Fowler, L. C. Noll and K.-P. Vo, "The FNV non-cryptographic hash algorithm",
/// draft-eastlake-fnv (2011).
enum FNV1a {
  /// The hash of a sequence of bytes.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
