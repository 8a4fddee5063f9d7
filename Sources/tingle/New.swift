import ArgumentParser
import Foundation
import TinglePresets

/// `tingle new`: a preset of one's own.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a preset of your own from another: a commented copy in your folder.",
    discussion: """
      Example:
        tingle new my-evening --from unwind
      """)

  @Argument(help: "What it is to be called: letters, digits and dashes.")
  var name: String

  @Option(
    help: "The preset it begins with.", completion: .custom { _, _, _ in Shelf.library.entries().map(\.name) }
  )
  var from = "sleep"

  @Flag(help: "Replace one of that name.")
  var force = false

  func validate() throws {
    guard !name.isEmpty, name.first != "-",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else {
      throw ValidationError("A preset's name has letters, digits and dashes: 'my-evening'.")
    }
  }

  func run() throws {
    // What is wrong with it is said now rather than later.
    _ = try Shelf.library.preset(from)
    let source = try Shelf.library.text(of: from)
    let path = "\(Shelf.library.ownFolder)/\(name).yaml"
    guard force || !FileManager.default.fileExists(atPath: path) else {
      throw ValidationError("'\(path)' exists; --force replaces it, or take another name.")
    }
    let text = """
      # From '\(source.name)'. `tingle play \(name)` plays it, `tingle presets check \(name)` says what is wrong with it,
      # `tingle triggers` lists what can be set, and `tingle presets schema` is for editors.

      """
    do {
      try FileManager.default.createDirectory(
        atPath: Shelf.library.ownFolder, withIntermediateDirectories: true)
      try Data((text + source.text).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw PresetError(.cannotCreate, "cannot write '\(path)': \(error.localizedDescription)")
    }
    print(path)
  }
}
