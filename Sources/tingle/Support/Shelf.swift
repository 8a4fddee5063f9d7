import Foundation
import TingleDSP
import TinglePresets

/// The presets and triggers that this program knows.
enum Shelf {
  static let library = PresetLibrary(
    environment: ProcessInfo.processInfo.environment,
    executable: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))

  static var triggerNames: [String] { Catalogue.triggers.map { $0.name } }
}
