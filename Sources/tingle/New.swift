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

  func run() throws {
    // What is wrong with it is said now rather than later.
    _ = try Shelf.library.preset(from)
    let source = try Shelf.library.text(of: from)
    let text = """
      # From '\(source.name)'. `tingle play \(name)` plays it, `tingle presets check \(name)` says what is wrong with it,
      # `tingle triggers` lists what can be set, and `tingle presets schema` is for editors.

      """
    print(
      try Shelf.library.save(
        text + source.text, as: name, overwrite: force, hint: ", or replace it with --force"))
  }
}
