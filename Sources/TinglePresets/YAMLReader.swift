import TingleSupport
import Yams

/// Reads the nodes of one YAML file. Every error carries the file, the line and the column.
package struct YAMLReader: Sendable {
  /// A key of a mapping and its value.
  package typealias Pair = (key: Key, value: Node)

  /// A key as text, with the node it was read from.
  package struct Key {
    package let text: String
    package let node: Node
  }

  package let file: String

  package init(file: String) { self.file = file }

  /// The position of a node; the beginning of the file for nil.
  package func location(of node: Node?) -> SourceLocation {
    SourceLocation(file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
  }

  /// An error at a node.
  package func error(_ node: Node?, _ message: String) -> UserError {
    UserError(.data, at: location(of: node), message)
  }

  /// The pairs of a mapping in the order of the file.
  /// - Parameters:
  ///   - owner: the name of the mapping, for messages: `'layers'`.
  ///   - remedy: what to write instead of a merge key (`<<`), for messages.
  /// - Throws: `UserError` (data) for other nodes, duplicate keys and merge keys.
  package func pairs(of node: Node, _ owner: String, insteadOfMerging remedy: String) throws -> [Pair] {
    guard case .mapping(let mapping) = node else {
      throw error(node, "\(owner) \(Self.fault(ofMapping: node))")
    }
    var firsts: [String: Node] = [:]
    let pairs = try mapping.map { keyNode, value -> Pair in
      let key = Key(text: try scalar(keyNode, "a key"), node: keyNode)
      guard key.text != "<<" else {
        throw error(keyNode, "merging ('<<') is not supported; \(remedy)")
      }
      if let first = firsts.updateValue(keyNode, forKey: key.text) {
        throw YAMLText.duplicate(key.text, first: first.mark, second: keyNode.mark, file: file)
      }
      return (key, value)
    }
    for (pair, next) in zip(pairs, pairs.dropFirst()) where next.value.null != nil {
      guard let (first, rest) = Self.decimalComma(between: pair.value, and: next.key.node) else { continue }
      throw decimalComma(pair.key.text, first, rest, at: pair.value)
    }
    return pairs
  }

  /// The items of a sequence; a single node is a sequence of one.
  package func items(of node: Node) -> [Node] {
    guard case .sequence(let nodes) = node else { return [node] }
    return Array(nodes)
  }

  /// A scalar as text.
  /// - Parameter owner: the name of the value, for messages.
  /// - Throws: `UserError` (data) for other nodes and for tags.
  package func scalar(_ node: Node, _ owner: String) throws -> String {
    let other: String
    switch node {
    case .scalar(let scalar):
      let tag = scalar.tag.description
      guard !tag.hasPrefix("!") || tag == "!" else {
        throw error(node, "YAML tag '\(tag)' is not supported; put a value that begins with '!' in quotes")
      }
      return scalar.string
    case .sequence: other = "a list"
    default: other = "'key: value' lines"
    }
    throw error(node, "\(owner) takes a single value, not \(other)")
  }

  /// Recognizes a decimal comma within brackets or braces, where it separates two nodes: `{level: -6,5 dB}`.
  /// - Returns: the texts before and after the comma, or nil if the nodes are two values.
  package static func decimalComma(between node: Node, and next: Node) -> (first: String, rest: String)? {
    guard case .scalar(let value) = node, case .scalar(let next) = next,
      let mark = value.mark, let nextMark = next.mark,
      value.style == .plain, next.style == .plain, mark.line == nextMark.line,
      nextMark.column == mark.column + value.string.unicodeScalars.count + 1,
      value.string.last?.isNumber == true,
      value.string.allSatisfy({ $0.isNumber || "+-\u{2212}".contains($0) }),
      next.string.first?.isNumber == true
    else { return nil }
    return (value.string, next.string)
  }

  /// The error for a decimal comma.
  package func decimalComma(_ owner: String, _ first: String, _ rest: String, at node: Node) -> UserError {
    error(node, "\(owner): '\(first),\(rest)' has a decimal comma; write '\(first).\(rest)'")
  }

  /// Rewrites `level -6 dB` and `level:-6 dB` as `level: -6 dB`; nil for other texts.
  static func correctedPair(_ text: String) -> String? {
    guard let match = text.wholeMatch(of: #/([\w-]+)(?:\s*:|\s)\s*(\S.*)/#) else { return nil }
    return "\(match.output.1): \(match.output.2)"
  }

  private static func fault(ofMapping node: Node) -> String {
    let expected = "takes 'key: value' lines"
    switch node {
    case .sequence(let nodes):
      let key = nodes.first.flatMap { $0.string ?? $0.mapping?.first?.key.string } ?? "key"
      return "\(expected), not a list; write '\(key):' without the dash or bracket"
    case .scalar where node.null != nil: return "is empty; put 'key: value' lines below it, indented"
    default:
      let word = node.string ?? ""
      let remedy =
        Quantity.isNegation(word)
        ? "'none' leaves it out"
        : correctedPair(word).map { "write '\($0)'" } ?? "start them on the next line, indented"
      return "\(expected), not the single value '\(word)'; \(remedy)"
    }
  }
}
