import Foundation

/// One-line JSON for tags, logs and sockets, with sorted keys, so that equal values have equal bytes.
public enum CompactJSON {
  /// Encodes a value made of texts, numbers, lists and keyed values.
  public static func encoded(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // JSON lacks infinity and NaN. Encoded as words, they cannot make the encoder throw.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try! encoder.encode(value)
  }

  /// Encodes a value as text.
  public static func text(_ value: some Encodable) -> String {
    String(decoding: encoded(value), as: UTF8.self)
  }
}
