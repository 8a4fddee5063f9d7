import Foundation
import Synchronization
import TingleDSP
import TinglePresets

/// The presets and triggers that this program knows.
enum Shelf {
  static let library = PresetLibrary(
    environment: ProcessInfo.processInfo.environment,
    executable: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))

  static var presetNames: [String] { library.entries().map(\.name) }

  static var triggerNames: [String] { Catalogue.triggers.map { $0.name } }

  private static let read = Mutex<[String: Preset]>([:])

  /// A preset, read once.
  /// - Throws: `PresetError`.
  static func preset(_ reference: String) throws -> Preset {
    if let known = read.withLock({ $0[reference] }) { return known }
    let preset = try library.preset(reference)
    read.withLock { $0[reference] = preset }
    return preset
  }
}
