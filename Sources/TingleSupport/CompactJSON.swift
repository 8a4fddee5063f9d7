import Foundation

/// JSON in one line, as tags, logs and sockets hold it: keys sorted, so that equal values have equal bytes.
public enum CompactJSON {
  /// A value of texts, numbers and lists of them.
  public static func encoded(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Infinity and NaN are the only values that JSON lacks. As words they cannot fail either.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try! encoder.encode(value)
  }

  /// The same as text.
  public static func text(_ value: some Encodable) -> String {
    String(decoding: encoded(value), as: UTF8.self)
  }
}
