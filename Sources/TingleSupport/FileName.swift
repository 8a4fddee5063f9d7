/// Converts file names between bytes and text without loss.
///
/// A Linux file name is any sequence of bytes, but a Swift string holds only Unicode. A byte that is not part
/// of valid UTF-8 is encoded as a private-use character: 0x80 ... 0xFF as U+EF80 ... U+EFFF, as in MirBSD's
/// OPTU encoding. It is decoded to the byte when the name is passed to the system. If a name contains these
/// characters itself, their three UTF-8 bytes are encoded the same way. So names from the command line, the
/// environment and folders keep their bytes.
public enum FileName {
  private static let escapes: ClosedRange<UInt32> = 0xEF80...0xEFFF

  /// Encodes the bytes of a name as text.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), isUTF8(text) { return text }
    var text = String.UnicodeScalarView()
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var start = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded) where !escapes.contains(UTF8.decode(encoded).value):
        text.append(UTF8.decode(encoded))
        start += encoded.count
      case .valid(let encoded):
        encoded.forEach { text.append(escape($0)) }
        start += encoded.count
      case .error(let length):
        bytes[start..<start + length].forEach { text.append(escape($0)) }
        start += length
      case .emptyInput: return String(text)
      }
    }
  }

  private static func escape(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(0xEF00 + UInt32(byte))! }

  /// Encodes a C string as text.
  public static func text(_ string: UnsafePointer<CChar>) -> String {
    var length = 0
    while string[length] != 0 { length += 1 }
    return text(UnsafeRawBufferPointer(start: string, count: length))
  }

  /// Decodes a name to the bytes that the system uses.
  public static func bytes(_ text: String) -> [UInt8] {
    guard !isUTF8(text) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      escapes.contains(scalar.value) ? [UInt8(scalar.value & 0xFF)] : Array(String(scalar).utf8)
    }
  }

  /// Whether a name contains no encoded bytes, so that it is valid UTF-8.
  public static func isUTF8(_ text: String) -> Bool {
    !text.unicodeScalars.contains { escapes.contains($0.value) }
  }

  /// The text for output: bytes that are not UTF-8 are printed as `\xE9`.
  public static func printable(_ text: String) -> String {
    guard !isUTF8(text) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if escapes.contains(scalar.value) {
        result += "\\x" + String(scalar.value & 0xFF, radix: 16, uppercase: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// The command line's arguments, including the program's name.
  public static var arguments: [String] {
    (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map { text($0) } }
  }
}
