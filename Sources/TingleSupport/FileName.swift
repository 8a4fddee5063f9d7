/// File names as text and as bytes.
///
/// Linux takes any bytes for a name, but a Swift string holds Unicode only. A byte that is not part of valid UTF-8 becomes one of
/// the private-use characters U+EF80 ... U+EFFF (byte 0x80 ... 0xFF, as in MirBSD's OPTU encoding), and that byte again when the
/// file is opened. Where those characters themselves occur in a name, their three bytes are treated the same way. So every name
/// keeps its bytes on the way from the command line, the environment or a folder to the system.
public enum FileName {
  private static let escapes: ClosedRange<UInt32> = 0xEF80...0xEFFF

  /// A name as text.
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

  /// The text of a C string.
  public static func text(_ string: UnsafePointer<CChar>) -> String {
    var length = 0
    while string[length] != 0 { length += 1 }
    return text(UnsafeRawBufferPointer(start: string, count: length))
  }

  /// A name as the system takes it.
  public static func bytes(_ text: String) -> [UInt8] {
    guard !isUTF8(text) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      escapes.contains(scalar.value) ? [UInt8(scalar.value & 0xFF)] : Array(String(scalar).utf8)
    }
  }

  /// Whether every byte of a name or word is part of valid UTF-8.
  public static func isUTF8(_ text: String) -> Bool {
    !text.unicodeScalars.contains { escapes.contains($0.value) }
  }

  /// Text for people: bytes that are not UTF-8 appear as `\xE9`.
  public static func shown(_ text: String) -> String {
    guard !isUTF8(text) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if escapes.contains(scalar.value) {
        shown += "\\x" + String(scalar.value & 0xFF, radix: 16, uppercase: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// The words of the command line.
  public static var arguments: [String] {
    (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map { text($0) } }
  }
}
