import CTextures

/// The textures that are part of the program, learned from recordings with a free licence.
public enum ShippedTextures {
  /// A shipped texture.
  public struct Entry: Sendable {
    /// The name that presets use.
    public let name: String
    /// What was learned, with the recording's credit.
    public let model: TextureModel
  }

  /// All shipped textures, by name.
  public static let all: [Entry] = (0..<Int(tingle_texture_count())).compactMap { k in
    let texture = tingle_texture(Int32(k))
    guard let start = texture.text, let name = texture.name else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(texture.size))
    guard let model = try? TextureModel(text: String(decoding: bytes, as: UTF8.self)) else { return nil }
    return Entry(name: String(cString: name), model: model)
  }

  /// The shipped texture with a name, or nil.
  public static func model(named name: String) -> TextureModel? { all.first { $0.name == name }?.model }
}
