import TingleDSP
import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

/// The preset library and the trigger names of this process.
enum PresetContext {
  static let library = PresetLibrary(
    environment: Environment.variables, executable: FileSystem.destination(ofLink: "/proc/self/exe"))

  static var presetNames: [String] { library.entries().map(\.name) }

  static var triggerNames: [String] { Catalogue.triggers.map { $0.name } }

  /// The parameter names of a layer with this trigger.
  static func parameterNames(ofTrigger name: String) -> [String] {
    func names<T: Trigger>(_ type: T.Type) -> [String] { T.parameters.map(\.name) }
    return (Catalogue.trigger(named: name).map { names($0) } ?? [])
      + LayerSettings.parameters.map(\.name)
  }

  /// Caches presets and folder listings.
  static let cache = PresetCache(library)

  /// Whether a word names a sound file: by its extension, or because a file exists and no preset has that
  /// name.
  static func isSoundFile(_ word: String) -> Bool {
    if (try? FileFormat.container(ofPath: word)) != nil { return true }
    return !PresetLibrary.isYAML(word) && FileSystem.exists(word)
      && !library.contains(name: word)
  }
}
