import TingleDSP
import TingleSupport
import Yams

/// The YAML beneath a preset, with places for messages.
extension PresetParser {
  typealias Pair = YAMLText.Pair

  func compose(_ text: String) throws -> Node {
    guard let node = try YAMLText.compose(text, file: file) else {
      throw UserError(
        .data, at: YAMLText.place(of: nil, in: file),
        "the preset is empty; it needs 'layers:' or a 'bed:'")
    }
    return node
  }

  func mapping(_ node: Node, _ what: String) throws -> [Pair] {
    let remedy =
      what == Self.whole
      ? "'extends: NAME' begins with another preset"
      : "write the keys themselves, or extend a preset ('extends:')"
    return try YAMLText.pairs(of: node, what, file: file, insteadOfMerging: remedy)
  }

  func scalar(_ node: Node, _ what: String) throws -> String {
    try YAMLText.scalar(node, what, file: file)
  }

  func error(_ node: Node?, _ message: String) -> UserError {
    UserError(.data, at: YAMLText.place(of: node, in: file), message)
  }

  /// Texts can be empty, or say themselves why they cannot.
  func isText<Root>(_ parameter: Parameter<Root>) -> Bool {
    if case .text = parameter.kind { true } else { false }
  }

  /// What messages call the preset as a whole.
  static let whole = "a preset"
}
