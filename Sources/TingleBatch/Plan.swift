import TingleDSP
import TingleFiles
import TinglePresets
import TingleSupport
import Yams

/// Many renders, written down as YAML: presets, and how they are varied.
public struct Plan: Sendable {
  /// Where the files go, if it says so.
  public var folder: String?
  /// Each with what is said for all of them.
  public var entries: [Variations]

  /// Options of `tingle render` that a plan may give to all its jobs, and whether they have a value.
  private static let options = [
    "bits": true, "rate": true, "channels": true, "hrtf": true, "room": true, "fade-in": true,
    "fade-out": true, "text": true, "text-file": true, "start": true, "end": true, "speakers": false,
    "no-bed": false,
  ]
  private static let keys = [
    "presets", "seeds", "durations", "formats", "set", "output", "folder", "jobs",
  ]

  /// Reads a plan.
  /// - Returns: nil for a text that is none: it says neither which presets nor which jobs.
  /// - Throws: `UserError` (data), with its place.
  public init?(_ text: String, file: String) throws {
    guard let root = try? YAMLText.compose(text, file: file), Self.isPlan(root) else { return nil }
    try self.init(root, Reader(yaml: YAMLReader(file: file)))
  }

  private static func isPlan(_ root: Node) -> Bool {
    root.mapping?.keys.contains { ["presets", "preset", "jobs"].contains($0.string ?? "") } ?? false
  }

  private init(_ root: Node, _ reader: Reader) throws {
    var common = Variations()
    var jobs: [Node]?
    for (key, value) in try reader.mapping(root, "a plan") {
      switch key.text {
      case "folder": folder = try reader.word(value, "folder")
      case "jobs": jobs = reader.yaml.items(of: value)
      default: try reader.read(key, value, into: &common)
      }
    }
    guard let jobs else {
      entries = [common]
      return
    }
    entries = try jobs.map { node in
      var entry = common
      entry.place = reader.yaml.location(of: node)
      for (key, value) in try reader.mapping(node, "a job") {
        guard !["folder", "jobs"].contains(key.text) else {
          throw reader.yaml.error(
            key.node, "'\(key.text)' stands for the whole plan; put it at the beginning")
        }
        try reader.read(key, value, into: &entry)
      }
      guard !entry.presets.isEmpty else { throw reader.yaml.error(node, "this job names no presets") }
      return entry
    }
  }

  /// YAML with its places.
  private struct Reader {
    let yaml: YAMLReader

    func read(_ key: YAMLReader.Key, _ value: Node, into entry: inout Variations) throws {
      let name = key.text
      switch name {
      case "presets", "preset":
        entry.presets = try words(value, name)
        if entry.place == nil { entry.place = yaml.location(of: value) }
      case "seeds", "seed":
        entry.seeds = try words(value, name).flatMap { word in
          do { return try Variations.seeds(word) } catch let problem as UserError {
            throw yaml.error(value, problem.message)
          }
        }
      case "durations", "duration": entry.durations = try lengths(value, name)
      case "formats", "format": entry.formats = try yaml.items(of: value).map { try format($0, name) }
      case "output": entry.name = try word(value, name)
      case "set":
        entry.overrides = try yaml.items(of: value).map { node in
          var override = Variations.Override(values: [])
          for (path, value) in try mapping(node, "'set'") {
            let value = try word(value, path.text)
            if path.text == "name" {
              override.name = value
            } else {
              override.values.append((path.text, value))
            }
          }
          return override
        }
      default:
        guard let takesValue = Plan.options[name] else {
          let known = Plan.keys + Plan.options.keys.sorted()
          let hint = RenamedWord.hint(for: name, .planKey, among: known)
          throw yaml.error(key.node, "unknown key '\(name)' in a plan\(hint)")
        }
        let isTime = ["start", "end", "fade-in", "fade-out"].contains(name)
        let text = try isTime ? quantity(value, name, .seconds) : word(value, name)
        entry.options.removeAll { $0.name == name }
        if takesValue {
          entry.options.append((name, text))
        } else if try isOn(text, name, value) {
          entry.options.append((name, nil))
        }
      }
    }

    func mapping(_ node: Node, _ what: String) throws -> [YAMLReader.Pair] {
      try yaml.pairs(
        of: node, what, insteadOfMerging: "what all jobs have in common stands before 'jobs:'")
    }

    /// YAML 1.1 has several words for each of the two.
    private func isOn(_ text: String, _ name: String, _ node: Node) throws -> Bool {
      switch text.lowercased() {
      case "true", "yes", "on", "y": return true
      case "false", "no", "off", "n": return false
      default: throw yaml.error(node, "\(name): '\(text)' is neither true nor false")
      }
    }

    func words(_ node: Node, _ what: String) throws -> [String] {
      try yaml.items(of: node).map { try word($0, what) }
    }

    /// A format, in upper or lower case.
    private func format(_ node: Node, _ what: String) throws -> String {
      let format = try word(node, what).lowercased()
      let known = FileFormat.Container.allCases.map(\.rawValue)
      guard known.contains(format) else {
        throw yaml.error(node, "\(what): '\(format)' is not known\(Spelling.hint(for: format, among: known))")
      }
      return format
    }

    /// Times; a comma between brackets can have been meant as a decimal comma.
    private func lengths(_ node: Node, _ what: String) throws -> [String] {
      let nodes = yaml.items(of: node)
      for (node, next) in zip(nodes, nodes.dropFirst()) {
        guard let (first, rest) = YAMLReader.decimalComma(between: node, and: next),
          rest.last?.isNumber == false
        else { continue }
        throw yaml.decimalComma(what, first, rest, at: node)
      }
      return try nodes.map { try quantity($0, what, .seconds) }
    }

    /// A number with its unit, as it is written.
    private func quantity(_ node: Node, _ what: String, _ unit: ParameterUnit) throws -> String {
      let text = try word(node, what)
      do throws(Quantity.ParseError) { _ = try Quantity.parse(text, as: unit) } catch {
        throw yaml.error(node, "\(what): '\(text)' \(error.reason)")
      }
      return text
    }

    func word(_ node: Node, _ what: String) throws -> String {
      let word = try yaml.scalar(node, what)
      guard !word.isEmpty else { throw yaml.error(node, "\(what) has no value; write it after the colon") }
      return word
    }
  }
}
