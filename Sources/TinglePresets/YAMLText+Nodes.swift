import TingleDSP
import TingleSupport
import Yams

/// Mappings, lists and values, each refused where another of them belongs.
extension YAMLText {
  /// A key of a mapping, and its value.
  package typealias Pair = (key: Key, value: Node)

  /// A key as text, with its place.
  package struct Key {
    /// As it is compared.
    package let text: String
    /// For its place.
    package let node: Node
  }

  /// The pairs of a mapping, in their order.
  /// - Parameters:
  ///   - what: its owner, for messages: `'layers'`.
  ///   - remedy: what to do in place of a merge key (`<<`).
  /// - Throws: `UserError` (data) for what is not a mapping, for keys that stand twice, and for merge keys.
  package static func pairs(
    of node: Node, _ what: String, file: String, insteadOfMerging remedy: String
  ) throws -> [Pair] {
    guard case .mapping(let mapping) = node else {
      throw UserError(.data, at: place(of: node, in: file), "\(what) \(refusal(ofMapping: node))")
    }
    var firsts: [String: Node] = [:]
    let pairs = try mapping.map { keyNode, value -> Pair in
      let key = Key(text: try scalar(keyNode, "a key", file: file), node: keyNode)
      guard key.text != "<<" else {
        throw UserError(
          .data, at: place(of: keyNode, in: file), "merging ('<<') is not supported; \(remedy)")
      }
      if let first = firsts.updateValue(keyNode, forKey: key.text) {
        throw duplicate(key.text, first: first.mark, second: keyNode.mark, file: file)
      }
      return (key, value)
    }
    for (pair, next) in zip(pairs, pairs.dropFirst()) where next.value.null != nil {
      guard let (first, rest) = decimalComma(between: pair.value, and: next.key.node) else { continue }
      throw decimalComma(pair.key.text, first, rest, at: pair.value, file: file)
    }
    return pairs
  }

  /// A decimal comma between brackets or braces separates two nodes: `{level: -6,5 dB}`.
  /// - Returns: the texts before and after the comma; nil where the nodes are two values.
  package static func decimalComma(between node: Node, and next: Node) -> (first: String, rest: String)? {
    guard case .scalar(let value) = node, case .scalar(let next) = next,
      let here = value.mark, let there = next.mark,
      value.style == .plain, next.style == .plain, here.line == there.line,
      there.column == here.column + value.string.unicodeScalars.count + 1,
      value.string.last?.isNumber == true,
      value.string.allSatisfy({ $0.isNumber || "+-\u{2212}".contains($0) }),
      next.string.first?.isNumber == true
    else { return nil }
    return (value.string, next.string)
  }

  /// The error for a decimal comma.
  package static func decimalComma(
    _ what: String, _ first: String, _ rest: String, at node: Node, file: String
  ) -> UserError {
    UserError(
      .data, at: place(of: node, in: file),
      "\(what): '\(first),\(rest)' has a decimal comma; write '\(first).\(rest)'")
  }

  /// A single value.
  /// - Throws: `UserError` (data).
  package static func scalar(_ node: Node, _ what: String, file: String) throws -> String {
    let other: String
    switch node {
    case .scalar(let scalar):
      let tag = scalar.tag.description
      guard !tag.hasPrefix("!") || tag == "!" else {
        throw UserError(
          .data, at: place(of: node, in: file),
          "'\(tag)' is a tag of YAML, which means nothing here; put a value that begins with '!' in quotes")
      }
      return scalar.string
    case .sequence: other = "a list"
    default: other = "'key: value' lines"
    }
    throw UserError(.data, at: place(of: node, in: file), "\(what) takes a single value, not \(other)")
  }

  /// `level -6 dB` and `level:-6 dB` as key and value.
  static func pair(in word: String) -> String? {
    guard let match = word.wholeMatch(of: #/([\w-]+)(?:\s*:|\s)\s*(\S.*)/#) else { return nil }
    return "\(match.output.1): \(match.output.2)"
  }

  private static func refusal(ofMapping node: Node) -> String {
    let lines = "takes 'key: value' lines"
    switch node {
    case .sequence(let nodes):
      let key = nodes.first.flatMap { $0.string ?? $0.mapping?.first?.key.string } ?? "key"
      return "\(lines), not a list; write '\(key):' without the dash or bracket"
    case .scalar where node.null != nil: return "is empty; put 'key: value' lines below it, indented"
    default:
      let word = node.string ?? ""
      let remedy =
        Quantity.isNegation(word)
        ? "'none' leaves it out"
        : pair(in: word).map { "write '\($0)'" } ?? "begin them on the next line, indented"
      return "\(lines), not the single value '\(word)'; \(remedy)"
    }
  }
}
