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
  public static var all: [Entry] {
    names.enumerated().compactMap { k, name in model(at: k).map { Entry(name: name, model: $0) } }
  }

  /// The shipped texture with a name, or nil.
  public static func model(named name: String) -> TextureModel? {
    names.firstIndex(of: name).flatMap(model(at:))
  }

  private static var names: [String] {
    (0..<Int(tingle_texture_count())).map { String(cString: tingle_texture(Int32($0)).name) }
  }

  private static func model(at index: Int) -> TextureModel? {
    let texture = tingle_texture(Int32(index))
    let bytes = UnsafeRawBufferPointer(start: texture.text, count: Int(texture.size))
    return try? TextureModel(text: String(decoding: bytes, as: UTF8.self))
  }
}
