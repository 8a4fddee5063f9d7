import TinglePresets
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
    "dry": false,
  ]
  private static let keys = [
    "presets", "seeds", "durations", "formats", "set", "output", "folder", "jobs",
  ]

  /// Whether a text is a plan: it says which presets, or which jobs.
  public static func isPlan(_ text: String) -> Bool {
    guard case .mapping(let root)? = try? Yams.compose(yaml: text) else { return false }
    return root.keys.contains { ["presets", "preset", "jobs"].contains($0.string ?? "") }
  }

  /// Reads a plan.
  /// - Throws: `PresetError` (data), with its place.
  public init(_ text: String, file: String) throws {
    let reader = Reader(file: file)
    var common = Variations()
    var jobs: [Node]?
    for (key, value) in try reader.mapping(try reader.root(text), "a plan") {
      switch key.string {
      case "folder": folder = try reader.word(value, "folder")
      case "jobs": jobs = try reader.list(value)
      default: try reader.read(key, value, into: &common)
      }
    }
    guard let jobs else {
      entries = [common]
      return
    }
    entries = try jobs.map { node in
      var entry = common
      entry.place = reader.place(node)
      for (key, value) in try reader.mapping(node, "a job") {
        guard !["folder", "jobs"].contains(key.string) else {
          throw reader.error(key, "'\(key.string ?? "")' stands for the whole plan; put it at the beginning")
        }
        try reader.read(key, value, into: &entry)
      }
      guard !entry.presets.isEmpty else { throw reader.error(node, "this job names no presets") }
      return entry
    }
  }

  /// YAML with its places.
  private struct Reader {
    let file: String

    func root(_ text: String) throws -> Node {
      do {
        guard let node = try Yams.compose(yaml: text) else { throw PresetError(.data, "the plan is empty") }
        return node
      } catch let problem as YamlError {
        throw PresetError(
          .data, at: PresetError.Place(file: file, line: 1, column: 1), "this is not YAML: \(problem)")
      }
    }

    func read(_ key: Node, _ value: Node, into entry: inout Variations) throws {
      let name = key.string ?? ""
      switch name {
      case "presets", "preset":
        entry.presets = try words(value, name)
        if entry.place == nil { entry.place = place(value) }
      case "seeds", "seed":
        entry.seeds = try words(value, name).flatMap { word in
          do { return try Variations.seeds(word) } catch let problem as PresetError {
            throw error(value, problem.message)
          }
        }
      case "durations", "duration": entry.durations = try words(value, name)
      case "formats", "format": entry.formats = try words(value, name)
      case "output": entry.name = try word(value, name)
      case "set":
        entry.overrides = try list(value).map { node in
          var override = Variations.Override(values: [])
          for (path, value) in try mapping(node, "'set'") {
            let value = try word(value, path.string ?? "")
            if path.string == "name" {
              override.name = value
            } else {
              override.values.append((path.string ?? "", value))
            }
          }
          return override
        }
      default:
        guard let takesValue = Plan.options[name] else {
          let known = Plan.keys + Plan.options.keys.sorted()
          throw error(key, "unknown key '\(name)' in a plan\(Spelling.hint(for: name, among: known))")
        }
        let text = try word(value, name)
        entry.options.removeAll { $0.name == name }
        if takesValue {
          entry.options.append((name, text))
        } else if ["true", "yes"].contains(text) {
          entry.options.append((name, nil))
        }
      }
    }

    func mapping(_ node: Node, _ what: String) throws -> [(Node, Node)] {
      guard case .mapping(let mapping) = node else {
        throw error(node, "\(what) is a list of 'key: value' lines, and this is not")
      }
      return mapping.map { ($0.key, $0.value) }
    }

    /// What stands between brackets or after dashes; a single thing is a list of one.
    func list(_ node: Node) throws -> [Node] {
      guard case .sequence(let nodes) = node else { return [node] }
      return Array(nodes)
    }

    func words(_ node: Node, _ what: String) throws -> [String] { try list(node).map { try word($0, what) } }

    func word(_ node: Node, _ what: String) throws -> String {
      guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
        throw error(node, "\(what) takes a single value")
      }
      return scalar.string
    }

    func place(_ node: Node) -> PresetError.Place {
      PresetError.Place(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    func error(_ node: Node, _ message: String) -> PresetError {
      PresetError(.data, at: place(node), message)
    }
  }
}
