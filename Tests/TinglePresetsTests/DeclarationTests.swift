import Testing
import TingleDSP
import TingleMix
import TinglePresets

@Suite("Declarations")
struct DeclarationTests {
  @Test(
    "every default, written as text, is parsed as the same value",
    arguments: Catalogue.triggers.map { $0.name })
  func defaults(name: String) throws {
    func check<T: Trigger>(_ type: T.Type) throws {
      for parameter in T.parameters {
        // The default of a text is empty, which is not accepted.
        if case .text = parameter.kind { continue }
        let written = parameter.written(in: T())
        let layer = try LayerSpec.parse("\(T.name):\(parameter.name)=\"\(written)\"")
        let read = try #require(layer.trigger as? T)
        #expect(parameter.written(in: read) == written, "\(parameter.name)")
        #expect(!parameter.summary.isEmpty)
      }
      #expect(Set(T.parameters.map(\.name)).count == T.parameters.count)
      #expect(Set(T.parameters.map(\.name)).isDisjoint(with: LayerSettings.parameters.map(\.name)))
    }
    for type in Catalogue.triggers where type.name == name { try check(type) }
  }

  @Test("trigger names are unique words")
  func names() {
    let names = Catalogue.triggers.map { $0.name }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLetter && $0.isLowercase } })
  }
}
