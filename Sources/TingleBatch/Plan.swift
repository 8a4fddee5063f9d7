import TingleDSP
import TingleFiles
import TinglePresets
import TingleSupport
import Yams

/// A batch described in YAML: presets and their variations.
public struct Plan: Sendable {
  /// The output folder; nil if the plan names none.
  public var folder: String?
  /// The jobs, each with the plan's common keys applied.
  public var entries: [Variations]

  /// The options of `tingle render` that a plan accepts as keys, and whether they take a value.
  private static let options = [
    "bits": true, "rate": true, "channels": true, "hrtf": true, "room": true, "fade-in": true,
    "fade-out": true, "text": true, "text-file": true, "start": true, "end": true, "speakers": false,
    "no-bed": false,
  ]
  private static let keys = [
    "presets", "seeds", "durations", "formats", "set", "output", "folder", "jobs",
  ]

  /// Parses a plan.
  /// - Returns: nil if the text is not a plan: it has none of the keys `presets`, `preset` and `jobs`.
  /// - Throws: `UserError` (data) with the location.
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
      entry.location = reader.yaml.location(of: node)
      for (key, value) in try reader.mapping(node, "a job") {
        guard !["folder", "jobs"].contains(key.text) else {
          throw reader.yaml.error(
            key.node, "'\(key.text)' applies to the whole plan; move it to the top level")
        }
        try reader.read(key, value, into: &entry)
      }
      guard !entry.presets.isEmpty else { throw reader.yaml.error(node, "this job has no presets") }
      return entry
    }
  }

  /// Reads YAML nodes; errors carry their location in the file.
  private struct Reader {
    let yaml: YAMLReader

    func read(_ key: YAMLReader.Key, _ value: Node, into entry: inout Variations) throws {
      let name = key.text
      switch name {
      case "presets", "preset":
        entry.presets = try words(value, name)
        if entry.location == nil { entry.location = yaml.location(of: value) }
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
        entry.valueSets = try yaml.items(of: value).map { node in
          var valueSet = Variations.ValueSet(values: [])
          for (path, value) in try mapping(node, "'set'") {
            let value = try word(value, path.text)
            if path.text == "name" {
              valueSet.name = value
            } else {
              valueSet.values.append((path.text, value))
            }
          }
          return valueSet
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
        of: node, what, insteadOfMerging: "write what all jobs have in common before 'jobs:'")
    }

    /// A boolean in any spelling of YAML 1.1.
    private func isOn(_ text: String, _ name: String, _ node: Node) throws -> Bool {
      switch text.lowercased() {
      case "true", "yes", "on", "y": return true
      case "false", "no", "off", "n": return false
      default: throw yaml.error(node, "\(name): '\(text)' is not true or false")
      }
    }

    func words(_ node: Node, _ what: String) throws -> [String] {
      try yaml.items(of: node).map { try word($0, what) }
    }

    /// A format in any case.
    private func format(_ node: Node, _ what: String) throws -> String {
      let format = try word(node, what).lowercased()
      let known = FileFormat.Container.allCases.map(\.rawValue)
      guard known.contains(format) else {
        throw yaml.error(
          node, "\(what): unknown format '\(format)'\(Spelling.hint(for: format, among: known))")
      }
      return format
    }

    /// A list of times. `[1,5h]` is reported as a decimal comma.
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

    /// A number with its unit; validated and returned as it is written.
    private func quantity(_ node: Node, _ what: String, _ unit: ParameterUnit) throws -> String {
      let text = try word(node, what)
      do throws(Quantity.ParseError) { _ = try Quantity.parse(text, as: unit) } catch {
        throw yaml.error(node, "\(what): '\(text)' \(error.reason)")
      }
      return text
    }

    func word(_ node: Node, _ what: String) throws -> String {
      let word = try yaml.scalar(node, what)
      guard !word.isEmpty else { throw yaml.error(node, "\(what) has no value; write one after the colon") }
      return word
    }
  }
}
