/// The file size that a sound file's header declares, which exceeds the real size if the file is truncated.
enum DeclaredSize {
  /// Sizes that programs write while the size is unknown.
  private static let unknown = 0x7FFF_0000...0xFFFF_FFFF

  /// Reads the size from the header of a WAV, RF64, W64, AIFF or AU file.
  /// - Parameter header: at least the first 32 bytes of the file.
  /// - Returns: the size in bytes; nil if the header has none or declares it as unknown.
  static func bytes(in header: [UInt8]) -> Int? {
    guard header.count >= 32 else { return nil }
    func text(_ start: Int) -> String { String(decoding: header[start..<start + 4], as: UTF8.self) }
    func number(_ start: Int, _ count: Int, isBigEndian: Bool = false) -> Int? {
      let bytes = header[start..<start + count]
      let value = (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return value == 0 || unknown.contains(Int(clamping: value)) || value > UInt64(Int.max / 2)
        ? nil : Int(value)
    }
    switch text(0) {
    case "RIFF": return number(4, 4).map { $0 + 8 }
    case "RIFX", "FORM": return number(4, 4, isBigEndian: true).map { $0 + 8 }
    case "RF64", "BW64": return text(12) == "ds64" ? number(20, 8).map { $0 + 8 } : nil
    case "riff": return number(16, 8)
    case ".snd", "dns.":
      let isBigEndian = text(0) == ".snd"
      guard let offset = number(4, 4, isBigEndian: isBigEndian),
        let data = number(8, 4, isBigEndian: isBigEndian)
      else { return nil }
      return offset + data
    default: return nil
    }
  }
}
