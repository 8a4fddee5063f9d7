import TingleDSP
import TingleMix
import TingleSupport
import Yams

/// Parses a preset's YAML into a `Preset`. Every key must be known, and every value must have its unit and
/// lie in its range; the first that does not is reported with its position.
public struct PresetParser {
  typealias Pair = YAMLReader.Pair

  let yaml: YAMLReader
  /// The lines of the file, for the indentation of a script.
  private let lines: [Substring]
  private let find: (String) throws -> Preset

  /// Parses a preset.
  /// - Parameters:
  ///   - text: YAML.
  ///   - name: the name of the preset.
  ///   - file: the path, for messages.
  ///   - find: returns the preset with the name in `extends:`.
  /// - Throws: `UserError`.
  public static func parse(
    _ text: String, name: String, file: String,
    extending find: @escaping (String) throws -> Preset = { throw Preset.missing($0) }
  ) throws -> Preset {
    try PresetParser(yaml: YAMLReader(file: file), lines: text.textLines, find: find).preset(text, name: name)
  }

  /// Changes one value of a preset.
  /// - Parameters:
  ///   - path: the keys from the root to the value: `layers.tap.level`, `master.loudness`, `duration`.
  ///   - text: the value as a preset would state it.
  /// - Throws: `UserError` (usage); the preset is then unchanged.
  public static func set(_ path: String, to text: String, in preset: inout Preset) throws {
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    do {
      if keys.count > 1, keys[0] == "layers" {
        let names = preset.mix.layers.map(\.name).filter { $0 != "bed" }
        guard names.contains(keys[1]) else {
          throw UserError(
            .usage,
            "'\(preset.name)' has no layer '\(keys[1])'"
              + (names.isEmpty ? "" : Spelling.hint(for: keys[1], among: names)))
        }
      }
      let root = keys.reversed().reduce(Node(text)) { Node([(Node($1), $0)]) }
      let parser = PresetParser(yaml: YAMLReader(file: path), lines: [], find: { throw Preset.missing($0) })
      var changed = preset
      try parser.fill(&changed, parser.mapping(root, rootOwner))
      guard keys[0] != "extends" else {
        throw UserError(.usage, "'extends' cannot be set; name the other preset instead")
      }
      guard !changed.mix.layers.isEmpty else {
        throw UserError(.usage, "no layer would be left")
      }
      preset = changed
    } catch let error as UserError {
      throw UserError(.usage, "--set \(path): \(error.message)")
    }
  }

  private func preset(_ text: String, name: String) throws -> Preset {
    guard let node = try YAMLText.compose(text, file: yaml.file) else {
      throw yaml.error(nil, "the preset is empty; add 'layers:' or 'bed:'")
    }
    let root = try mapping(node, Self.rootOwner)
    var preset = try base(root, name: name)
    try fill(&preset, root)
    guard !preset.mix.layers.isEmpty else {
      throw yaml.error(nil, "the preset has no layers; add 'layers:' or 'bed:'")
    }
    try checkSchedule(of: preset.mix, root.first { $0.key.text == "program" }?.value)
    if !root.contains(where: { $0.key.text == "bed" }), !preset.mix.hasBed {
      preset.mix.layers.insert(preset.purpose.bed, at: 0)
    }
    return preset
  }

  private func fill(_ preset: inout Preset, _ root: [Pair]) throws {
    let blocks = ["extends", "tags", "bed", "layers", "program", "master", "script"]
    // The purpose sets defaults, which all other keys override, wherever it is in the file.
    if let pair = root.first(where: { $0.key.text == "for" }) {
      try read([pair], Preset.parameters, into: &preset, Self.rootOwner)
      preset.applyDefaults(for: preset.purpose)
    }
    for (key, value) in root {
      switch key.text {
      case "extends", "for": break
      case "bed": try put(value, named: "bed", default: Noise.self, keyNode: key.node, into: &preset.mix)
      case "layers":
        for (key, value) in try mapping(value, "'layers'") {
          guard key.text != "bed" else {
            throw yaml.error(key.node, "a layer cannot be called 'bed'; use the key 'bed:' of the preset")
          }
          let kind = Catalogue.trigger(named: key.text)
          try put(value, named: key.text, default: kind, keyNode: key.node, into: &preset.mix)
        }
      case "tags": preset.tags = try yaml.items(of: value).map { try yaml.scalar($0, "a tag") }
      case "program": try program(value, into: &preset.mix)
      case "master":
        try read(mapping(value, "'master'"), Master.parameters, into: &preset.mix.master, "'master'")
      // The script needs the layers, wherever they are in the file.
      case "script": break
      default: try read([(key, value)], Preset.parameters, into: &preset, Self.rootOwner, others: blocks)
      }
    }
    let statesScript = root.contains { $0.key.text == "script" }
    if root.contains(where: { $0.key.text == "duration" }) {
      preset.followsScript = false
    } else if statesScript {
      preset.followsScript = true
    }
    if let pair = root.first(where: { $0.key.text == "script" }) {
      try script(pair.value, into: &preset)
    } else {
      try preset.directScript()
    }
  }

  /// The preset before its keys are applied: the defaults, or the preset that it extends.
  private func base(_ root: [Pair], name: String) throws -> Preset {
    var preset = Preset(name: name, purpose: .awake)
    if let extended = root.first(where: { $0.key.text == "extends" }) {
      let other = try yaml.scalar(extended.value, "extends")
      do {
        preset = try find(other)
      } catch let error as UserError where error.location == nil {
        throw yaml.error(extended.value, "extends: \(error.message)")
      }
      preset.name = name
    }
    preset.title = name
    return preset
  }

  /// Adds a layer, changes the layer with that name, or for `none` removes it.
  private func put(
    _ node: Node, named name: String, default kind: (any Trigger.Type)?, keyNode: Node, into mix: inout Mix
  ) throws {
    let index = mix.layers.firstIndex { $0.name == name }
    if case .scalar(let word) = node, word.string == "none" {
      if let index {
        mix.layers.remove(at: index)
      } else if name != "bed" {
        let hint = Spelling.hint(for: name, among: mix.layers.map(\.name))
        throw yaml.error(keyNode, "there is no layer '\(name)' to remove\(hint)")
      }
      return
    }
    let settings = try layer(
      node, named: name, default: kind, keyNode: keyNode, over: index.map { mix.layers[$0] })
    if let index {
      mix.layers[index] = settings
    } else {
      // The bed is the first layer.
      mix.layers.insert(settings, at: name == "bed" ? 0 : mix.layers.count)
    }
  }

  private func layer(
    _ node: Node, named name: String, default kind: (any Trigger.Type)?, keyNode: Node,
    over base: LayerSettings?
  ) throws -> LayerSettings {
    var pairs = node.null == nil ? try mapping(node, "layer '\(name)'") : []
    var kind = base.map { type(of: $0.trigger) } ?? kind
    let triggers = Catalogue.triggers.map { $0.name }
    if let k = pairs.firstIndex(where: { $0.key.text == "trigger" }) {
      let word = try yaml.scalar(pairs[k].value, "trigger")
      kind = Catalogue.trigger(named: word)
      guard kind != nil else {
        let hint = RenamedWord.hint(for: word, .trigger, among: triggers)
        throw yaml.error(pairs[k].value, "unknown trigger '\(word)'\(hint)")
      }
      pairs.remove(at: k)
    }
    guard let kind else {
      let near =
        RenamedWord.replacement(for: name, .trigger).map { "; the trigger '\(name)' is now '\($0)'" }
        ?? Spelling.suggestion(for: name, among: triggers).map { "; did you mean '\($0)'?" }
      throw yaml.error(
        keyNode,
        "layer '\(name)' has no trigger" + (near ?? "; add 'trigger:' with \(Quantity.list(triggers))"))
    }
    return try open(kind, name, pairs, node, over: base)
  }

  private func open<T: Trigger>(
    _ kind: T.Type, _ name: String, _ pairs: [Pair], _ node: Node, over base: LayerSettings?
  ) throws -> LayerSettings {
    var trigger = base?.trigger as? T ?? T()
    var settings = base ?? LayerSettings(name: name, trigger: trigger, role: Self.role(of: name))
    let own = T.parameters.map(\.name)
    for pair in pairs {
      if own.contains(pair.key.text) {
        try read([pair], T.parameters, into: &trigger, "'\(name)'")
      } else if pair.key.text == "place", case .mapping = pair.value {
        settings.place = try place(pair.value)
      } else {
        try read(
          [pair], LayerSettings.parameters, into: &settings, "'\(name)'", others: own + ["trigger"],
          kind: .parameter(trigger: T.name))
      }
    }
    let folder = FileSystem.folder(of: yaml.file)
    if let (key, reason) = trigger.convertText(changedFrom: base?.trigger, in: folder) {
      throw yaml.error(pairs.first { $0.key.text == key }?.value ?? node, "\(key): \(reason)")
    }
    settings.trigger = trigger
    return settings
  }

  /// The default role of a layer: the key `bed:` is a bed, all keys under `layers:` are triggers.
  static func role(of name: String) -> LayerRole { name == "bed" ? .bed : .trigger }

  /// Parses a `place` that is a mapping.
  private func place(_ node: Node) throws -> SourcePosition {
    var place = SourcePosition()
    var waypoints: [SourcePosition.Path.Waypoint] = []
    for pair in try mapping(node, "'place'") {
      guard pair.key.text == "path" else {
        try read([pair], SourcePosition.parameters, into: &place, "'place'", others: ["path"])
        continue
      }
      guard case .sequence(let nodes) = pair.value else {
        throw yaml.error(
          pair.value, "a path is a list of waypoints, such as '- {at: 0s, azimuth: -60°, distance: 20cm}'")
      }
      for node in nodes {
        var waypoint = SourcePosition.Path.Waypoint(seconds: 0, position: place.position)
        try read(
          mapping(node, "a waypoint"), SourcePosition.Path.Waypoint.parameters, into: &waypoint, "a waypoint")
        if let reason = PlaceSpec.fault(of: waypoint, after: waypoints) { throw yaml.error(node, reason) }
        waypoints.append(waypoint)
      }
    }
    guard let last = waypoints.last else { return place }
    let shortest = last.seconds + PlaceSpec.shortestStepSeconds
    guard place.periodSeconds >= shortest else {
      let least = Quantity.describe(shortest, .seconds)
      throw yaml.error(
        node, "period: the return to the first waypoint takes at least 2s; use \(least) or more")
    }
    place.motion = .path(SourcePosition.Path(waypoints))
    return place
  }

  /// Reads the pairs into their parameters.
  /// - Parameters:
  ///   - owner: the name of the mapping, for messages.
  ///   - others: further known keys, for messages.
  ///   - kind: the kind of keys, for messages about renamed ones.
  func read<Root>(
    _ pairs: [Pair], _ parameters: [Parameter<Root>], into root: inout Root, _ owner: String,
    others: [String] = [], kind: RenamedWord.Kind? = nil
  ) throws {
    for (key, value) in pairs {
      guard let parameter = parameters.first(where: { $0.name == key.text }) else {
        let known = parameters.map(\.name) + others
        if value.null != nil, let pair = YAMLReader.correctedPair(key.text),
          known.contains(where: { pair.hasPrefix($0 + ":") })
        {
          throw yaml.error(key.node, "'\(key.text)' is not 'key: value'; write '\(pair)'")
        }
        let hint =
          kind.map { RenamedWord.hint(for: key.text, $0, among: known) }
          ?? Spelling.hint(for: key.text, among: known)
        throw yaml.error(key.node, "unknown key '\(key.text)' in \(owner)\(hint)")
      }
      let text = try yaml.scalar(value, parameter.name)
      guard !text.isEmpty || parameter.isText else {
        throw yaml.error(
          value, "\(parameter.name) has no value; write it after the colon, or leave the key out")
      }
      do {
        try parameter.read(text, into: &root)
      } catch {
        throw yaml.error(value, "\(parameter.name): \(error.reason)")
      }
    }
  }

  func mapping(_ node: Node, _ owner: String) throws -> [Pair] {
    let remedy =
      owner == Self.rootOwner
      ? "'extends: NAME' starts from another preset"
      : "write the keys themselves, or extend a preset ('extends:')"
    return try yaml.pairs(of: node, owner, insteadOfMerging: remedy)
  }

  /// The indentation of the first line with text after a line, in characters.
  func indentation(after line: Int) -> Int {
    let next = lines.dropFirst(line).first { !$0.allSatisfy(\.isWhitespace) }
    return next?.prefix { $0 == " " }.count ?? 0
  }

  /// The name of the outermost mapping, for messages.
  private static let rootOwner = "a preset"
}
