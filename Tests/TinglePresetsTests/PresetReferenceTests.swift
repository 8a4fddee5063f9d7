import Foundation
import Testing
import TinglePresets

@Suite("The preset reference")
struct PresetReferenceTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../Sources/TinglePresets/TinglePresets.docc/PresetReference.md")

  @Test("is what `make reference` writes")
  func isUpToDate() throws {
    let isUpToDate = try String(contentsOf: Self.page, encoding: .utf8) == PresetReference.markdown()
    #expect(isUpToDate, "run `make reference` and commit the result")
  }
}
