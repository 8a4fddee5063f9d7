import TingleDSP
import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

/// The presets and triggers that this program knows.
enum PresetContext {
  static let library = PresetLibrary(
    environment: Environment.variables, executable: FileSystem.destination(ofLink: "/proc/self/exe"))

  static var presetNames: [String] { library.entries().map(\.name) }

  static var triggerNames: [String] { Catalogue.triggers.map { $0.name } }

  /// What can be set of a layer with this trigger.
  static func parameterNames(ofTrigger name: String) -> [String] {
    func names<T: Trigger>(_ type: T.Type) -> [String] { T.parameters.map(\.name) }
    return (Catalogue.trigger(named: name).map { names($0) } ?? [])
      + LayerSettings.parameters.map(\.name)
  }

  /// Presets and folders that were read.
  static let cache = PresetCache(library)

  /// Whether a word names a sound file, not a preset: by its extension, or because such a file exists and no preset
  /// is called so.
  static func isSoundFile(_ word: String) -> Bool {
    if (try? FileFormat.container(ofPath: word)) != nil { return true }
    return !PresetLibrary.isYAML(word) && FileSystem.exists(word)
      && !library.contains(name: word)
  }
}
