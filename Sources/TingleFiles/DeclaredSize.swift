/// How many bytes a sound file has by its own header: more than it really has when it was cut short.
enum DeclaredSize {
  /// A size that a program writes while it does not know better.
  private static let unknown = 0x7FFF_0000...0xFFFF_FFFF

  /// The size in the header of a WAV, RF64, W64, AIFF or AU file.
  /// - Parameter header: at least the first 32 bytes.
  /// - Returns: bytes; nil where the header has none, or one that stands for "unknown".
  static func bytes(in header: [UInt8]) -> Int? {
    guard header.count >= 32 else { return nil }
    func text(_ start: Int) -> String { String(decoding: header[start..<start + 4], as: UTF8.self) }
    func number(_ start: Int, _ count: Int, isBig: Bool = false) -> Int? {
      let bytes = header[start..<start + count]
      let value = (isBig ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return value == 0 || unknown.contains(Int(clamping: value)) || value > UInt64(Int.max / 2)
        ? nil : Int(value)
    }
    switch text(0) {
    case "RIFF": return number(4, 4).map { $0 + 8 }
    case "RIFX", "FORM": return number(4, 4, isBig: true).map { $0 + 8 }
    case "RF64", "BW64": return text(12) == "ds64" ? number(20, 8).map { $0 + 8 } : nil
    case "riff": return number(16, 8)
    case ".snd", "dns.":
      let isBig = text(0) == ".snd"
      guard let offset = number(4, 4, isBig: isBig), let data = number(8, 4, isBig: isBig) else { return nil }
      return offset + data
    default: return nil
    }
  }
}
