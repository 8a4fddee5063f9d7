/// The comments of a FLAC, Ogg Vorbis or Opus file: fields `KEY=value` in UTF-8 (Xiph's "Vorbis comment" header, without
/// the signature that a codec puts before it).
struct VorbisComments {
  /// A field's place in the bytes.
  struct Field {
    let key: Range<Int>
    let value: Range<Int>
  }

  private let bytes: [UInt8]
  private let fields: [Field]

  /// Reads as many fields as there are; what is cut off or broken is left out.
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
    // The encoder's name, and how many fields there are.
    if entry() != nil, number() != nil {
      while let field = entry() {
        guard let sign = bytes[field].firstIndex(of: UInt8(ascii: "=")) else { continue }
        fields.append(Field(key: field.lowerBound..<sign, value: sign + 1..<field.upperBound))
      }
    }
    self.fields = fields
  }

  /// The place of the first field of a key, whatever its case.
  func field(_ key: String) -> Field? {
    fields.first { String(decoding: bytes[$0.key], as: UTF8.self).uppercased() == key }
  }

  /// The first value of a key.
  subscript(key: String) -> String? { field(key).map { String(decoding: bytes[$0.value], as: UTF8.self) } }
}
