import Synchronization

/// A library whose presets, folders and patterns are each read once.
public final class PresetCache: Sendable {
  private struct Known {
    var presets: [String: Preset] = [:]
    var expansions: [String: [String]] = [:]
  }

  private let library: PresetLibrary
  private let known = Mutex(Known())

  /// Nothing is read yet.
  public init(_ library: PresetLibrary) { self.library = library }

  /// A preset.
  /// - Throws: `UserError`.
  public func preset(_ reference: String) throws -> Preset {
    if let preset = known.withLock({ $0.presets[reference] }) { return preset }
    let preset = try library.preset(reference)
    known.withLock { $0.presets[reference] = preset }
    return preset
  }

  /// The presets that a word of a batch stands for, as `PresetLibrary.expanded`.
  package func expanded(_ reference: String) -> [String] {
    if let found = known.withLock({ $0.expansions[reference] }) { return found }
    let found = library.expanded(reference)
    known.withLock { $0.expansions[reference] = found }
    return found
  }
}
