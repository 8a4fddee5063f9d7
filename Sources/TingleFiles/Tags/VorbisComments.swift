/// The comments of a FLAC, Ogg Vorbis or Opus file: fields `KEY=value` in UTF-8 (Xiph's "Vorbis comment"
/// header, without the signature that a codec puts before it).
struct VorbisComments {
  /// The byte ranges of a field.
  struct Field {
    let key: Range<Int>
    let value: Range<Int>
  }

  let bytes: [UInt8]
  /// The offset of the number of fields; nil if the header is damaged.
  let countOffset: Int?
  private let fields: [Field]

  /// Parses the fields; truncated and damaged fields are skipped.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var fields: [Field] = []
    var position = 0
    func number() -> Int? {
      guard position + 4 <= bytes.count else { return nil }
      defer { position += 4 }
      return (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }
    func entry() -> Range<Int>? {
      guard let length = number(), length <= bytes.count - position else { return nil }
      defer { position += length }
      return position..<position + length
    }
    // The encoder's name and the number of fields precede the fields.
    let hasVendor = entry() != nil
    countOffset = hasVendor && position + 4 <= bytes.count ? position : nil
    if hasVendor, number() != nil {
      while let field = entry() {
        guard let equals = bytes[field].firstIndex(of: UInt8(ascii: "=")) else { continue }
        fields.append(Field(key: field.lowerBound..<equals, value: equals + 1..<field.upperBound))
      }
    }
    self.fields = fields
  }

  /// The first field with a key; the key's case is ignored.
  func field(_ key: String) -> Field? {
    fields.first { String(decoding: bytes[$0.key], as: UTF8.self).uppercased() == key }
  }

  /// The value of the first field with a key.
  subscript(key: String) -> String? { field(key).map { String(decoding: bytes[$0.value], as: UTF8.self) } }
}
