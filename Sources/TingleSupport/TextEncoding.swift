import Foundation

/// Decodes text files: UTF-8, with or without a byte order mark, with lines that end in LF, CR LF or CR.
public enum TextEncoding {
  /// Why and where bytes cannot be decoded.
  public struct DecodingError: Error, Equatable, Sendable {
    /// What is wrong and what would be right.
    public let reason: String
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The bytes without a byte order mark and with LF at the end of every line.
  public static func normalized(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let start = bytes.starts(with: mark) ? bytes.index(bytes.startIndex, offsetBy: 3) : bytes.startIndex
    let text = bytes[start...]
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    guard text.contains(carriageReturn) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isAfterReturn = false
    for byte in text {
      if byte != lineFeed || !isAfterReturn { result.append(byte == carriageReturn ? lineFeed : byte) }
      isAfterReturn = byte == carriageReturn
    }
    return result
  }

  /// Decodes UTF-8.
  /// - Throws: `DecodingError` for UTF-16, UTF-32, zero bytes and invalid UTF-8.
  public static func text(_ bytes: some Collection<UInt8>) throws(DecodingError) -> String {
    let normalized = try normalizedWithoutZeros(bytes)
    if let text = String(validating: normalized, as: UTF8.self) { return text }
    let invalid = firstInvalid(normalized)
    let hex = String(normalized[invalid], radix: 16, uppercase: true)
    throw error("the byte 0x\(hex) is not UTF-8; save the file as UTF-8", at: invalid, in: normalized)
  }

  /// Decodes a text that can contain file names: bytes that are not UTF-8 are encoded as in `FileName`.
  /// - Throws: `DecodingError` for UTF-16, UTF-32 and zero bytes.
  public static func textWithFileNames(_ bytes: some Collection<UInt8>) throws(DecodingError) -> String {
    FileName.text(try normalizedWithoutZeros(bytes))
  }

  private static func normalizedWithoutZeros(_ bytes: some Collection<UInt8>) throws(DecodingError) -> [UInt8]
  {
    if let name = wideEncoding(Array(bytes.prefix(4))) {
      throw DecodingError(
        reason: "this is \(name) text; save the file as UTF-8", line: 1, column: 1)
    }
    let normalized = normalized(bytes)
    if let zero = normalized.firstIndex(of: 0) {
      throw error("not a text file: it contains a zero byte", at: zero, in: normalized)
    }
    return normalized
  }

  /// Detects UTF-16 and UTF-32 by a byte order mark or by the zeros of a first ASCII character (YAML 1.2,
  /// 5.2).
  private static func wideEncoding(_ start: [UInt8]) -> String? {
    if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    switch start.map({ $0 == 0 }) {
    case [true, true, true, false], [false, true, true, true]: return "UTF-32"
    case [true, false, true, false], [false, true, false, true], [true, false], [false, true]:
      return "UTF-16"
    default: return nil
    }
  }

  /// The index of the first byte that is not valid UTF-8.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int {
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var start = 0
    while case .valid(let encoded) = parser.parseScalar(from: &iterator) { start += encoded.count }
    return min(start, bytes.count - 1)
  }

  private static func error(_ reason: String, at index: Int, in bytes: [UInt8]) -> DecodingError {
    let before = bytes[..<index]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[lineStart..<index], as: UTF8.self).unicodeScalars.count + 1
    return DecodingError(reason: reason, line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column)
  }
}

extension StringProtocol {
  /// The lines, separated by LF, CR LF or CR. To a Swift string, CR LF is one character, which a split at
  /// "\n" misses.
  public var textLines: [Substring] {
    var lines: [Substring] = []
    var start = startIndex
    var index = startIndex
    while index < endIndex {
      let byte = utf8[index]
      var next = utf8.index(after: index)
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        lines.append(Substring(self[start..<index]))
        if byte == UInt8(ascii: "\r"), next < endIndex, utf8[next] == UInt8(ascii: "\n") {
          next = utf8.index(after: next)
        }
        start = next
      }
      index = next
    }
    return lines + [Substring(self[start...])]
  }
}
