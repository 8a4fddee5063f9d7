import ArgumentParser
import Foundation
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle triggers`: lists the triggers and their parameters, from the declarations that the parser uses.
struct TriggersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triggers",
    abstract: "List the triggers and their parameters.",
    discussion: "A layer accepts the parameters of its trigger and the common layer parameters.")

  @Argument(help: "Trigger to list. (default: all)", completion: Choices.triggers)
  var trigger: String?

  func run() throws {
    if let trigger, Catalogue.trigger(named: trigger) == nil {
      let hint = RenamedWord.hint(for: trigger, .trigger, among: PresetContext.triggerNames)
      throw ValidationError("unknown trigger '\(trigger)'\(hint)")
    }
    for type in Catalogue.triggers where trigger == nil || type.name == trigger { try describe(type) }
    try StandardOutput.print("Common layer parameters:")
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
          + "\(parameter.summary) (\(parameter.accepts)\(defaultValue(parameter, of: root)))")
    }
  }

  private func defaultValue<Root>(_ parameter: Parameter<Root>, of root: Root) -> String {
    let value = parameter.written(in: root)
    return value.isEmpty ? "" : "; default \(value)"
  }
}
