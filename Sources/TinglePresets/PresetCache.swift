import Synchronization

/// Caches the presets, folders and patterns of a library: each is read once.
public final class PresetCache: Sendable {
  private struct Contents {
    var presets: [String: Preset] = [:]
    var expansions: [String: [String]] = [:]
  }

  private let library: PresetLibrary
  private let contents = Mutex(Contents())

  /// An empty cache.
  public init(_ library: PresetLibrary) { self.library = library }

  /// Reads a preset, or returns the one that was read before.
  /// - Throws: `UserError`.
  public func preset(_ reference: String) throws -> Preset {
    if let preset = contents.withLock({ $0.presets[reference] }) { return preset }
    let preset = try library.preset(reference)
    contents.withLock { $0.presets[reference] = preset }
    return preset
  }

  /// Expands a batch argument as `PresetLibrary.expanded` does.
  package func expanded(_ reference: String) -> [String] {
    if let found = contents.withLock({ $0.expansions[reference] }) { return found }
    let found = library.expanded(reference)
    contents.withLock { $0.expansions[reference] = found }
    return found
  }
}
