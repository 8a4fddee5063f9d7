extension [UInt8] {
  /// A number in bytes, the lowest first; higher bytes are cut off.
  static func littleEndian(_ value: Int, count: Int = 4) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// A number in four bytes, the highest first; higher bytes are cut off.
  static func bigEndian(_ value: Int) -> [UInt8] { littleEndian(value).reversed() }
}
