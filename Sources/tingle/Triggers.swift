import ArgumentParser
import Foundation
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle triggers`: every trigger with its parameters, from the declarations that read and check them.
struct Triggers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the triggers and their parameters.",
    discussion: "A layer takes its trigger's parameters and those that every layer has.")

  @Argument(help: "Only this trigger.", completion: Choices.triggers)
  var trigger: String?

  func run() throws {
    if let trigger, Catalogue.trigger(named: trigger) == nil {
      let hint = RenamedWord.hint(for: trigger, .trigger, among: PresetContext.triggerNames)
      throw ValidationError("unknown trigger '\(trigger)'\(hint)")
    }
    for type in Catalogue.triggers where trigger == nil || type.name == trigger { try describe(type) }
    try StandardOutput.print("every layer  beside its trigger's own parameters")
    try list(LayerSettings.parameters, of: LayerSettings(name: "", trigger: Noise()))
  }

  private func describe<T: Trigger>(_ type: T.Type) throws {
    try StandardOutput.print("\(T.name)  \(T.summary)")
    try list(T.parameters, of: T())
    try StandardOutput.print("")
  }

  private func list<Root>(_ parameters: [Parameter<Root>], of root: Root) throws {
    for parameter in parameters {
      try StandardOutput.print(
        "  " + DisplayText.padded(parameter.name, to: 14)
          + "\(parameter.summary) (\(parameter.accepts)\(standard(parameter, of: root)))")
    }
  }

  private func standard<Root>(_ parameter: Parameter<Root>, of root: Root) -> String {
    let value = parameter.written(in: root)
    return value.isEmpty ? "" : "; default \(value)"
  }
}
