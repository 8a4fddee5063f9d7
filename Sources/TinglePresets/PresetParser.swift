import TingleDSP
import TingleMix
import TingleSupport
import Yams

/// Reads a preset's YAML: every key is known, every value has its unit and lies in its range, or the first that
/// does not is named with its place.
public struct PresetParser {
  let file: String
  private let find: (String) throws -> Preset

  /// Reads a preset.
  /// - Parameters:
  ///   - text: YAML.
  ///   - name: what the preset is called.
  ///   - file: the path, for messages.
  ///   - find: the preset that this one extends, by its name.
  /// - Throws: `UserError`.
  public static func parse(
    _ text: String, name: String, file: String,
    extending find: @escaping (String) throws -> Preset = { throw Preset.missing($0) }
  ) throws -> Preset {
    try PresetParser(file: file, find: find).preset(text, name: name)
  }

  /// Changes one value of a preset.
  /// - Parameters:
  ///   - path: its keys, from the outside in: `layers.tap.level`, `master.loudness`, `duration`.
  ///   - text: the value, as a preset would have it.
  /// - Throws: `UserError` (usage); the preset is then as it was.
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
      let parser = PresetParser(file: path, find: { throw Preset.missing($0) })
      var changed = preset
      try parser.fill(&changed, parser.mapping(root, whole))
      guard keys[0] != "extends" else {
        throw UserError(.usage, "a preset cannot be another while it is changed; name the other")
      }
      guard !changed.mix.layers.isEmpty else {
        throw UserError(.usage, "nothing would be left that sounds")
      }
      preset = changed
    } catch let error as UserError {
      throw UserError(.usage, "--set \(path): \(error.message)")
    }
  }

  private func preset(_ text: String, name: String) throws -> Preset {
    let root = try mapping(compose(text), Self.whole)
    var preset = try base(root, name: name)
    try fill(&preset, root)
    guard !preset.mix.layers.isEmpty else {
      throw UserError(
        .data, at: YAMLText.place(of: nil, in: file), "nothing would sound; add 'layers:' or a 'bed:'")
    }
    if !root.contains(where: { $0.key.text == "bed" }), !preset.mix.hasBed {
      preset.mix.layers.insert(preset.purpose.bed, at: 0)
    }
    return preset
  }

  private func fill(_ preset: inout Preset, _ root: [Pair]) throws {
    let blocks = ["extends", "tags", "bed", "layers", "program", "master"]
    // What it is for comes first, wherever it stands: the master's keys have the last word.
    for (key, value) in root.filter({ $0.key.text == "for" }) + root.filter({ $0.key.text != "for" }) {
      switch key.text {
      case "extends": break
      case "bed": try put(value, named: "bed", default: Noise.self, keyNode: key.node, into: &preset.mix)
      case "layers":
        for (key, value) in try mapping(value, "'layers'") {
          guard key.text != "bed" else {
            throw error(key.node, "a layer cannot be called 'bed'; write it as 'bed:'")
          }
          let kind = Catalogue.trigger(named: key.text)
          try put(value, named: key.text, default: kind, keyNode: key.node, into: &preset.mix)
        }
      case "tags": preset.tags = try tags(value)
      case "program": preset.mix.rotation = try program(value, over: preset.mix.rotation)
      case "master":
        try read(mapping(value, "'master'"), Master.parameters, into: &preset.mix.master, "'master'")
      default: try read([(key, value)], Preset.parameters, into: &preset, "a preset", others: blocks)
      }
    }
  }

  /// What a preset begins with: nothing, or the one that it extends.
  private func base(_ root: [Pair], name: String) throws -> Preset {
    var preset = Preset(name: name)
    preset.purpose = .awake
    if let extended = root.first(where: { $0.key.text == "extends" }) {
      let other = try scalar(extended.value, "extends")
      do {
        preset = try find(other)
      } catch let problem as UserError where problem.location == nil {
        throw error(extended.value, "extends: \(problem.message)")
      }
      preset.name = name
    }
    preset.title = name
    return preset
  }

  /// Words between brackets, or one.
  private func tags(_ node: Node) throws -> [String] {
    guard case .sequence(let nodes) = node else { return [try scalar(node, "tags")] }
    return try nodes.map { try scalar($0, "a tag") }
  }

  /// The turns that layers take; `none` lets all sound all the time.
  private func program(_ node: Node, over base: LayerRotation?) throws -> LayerRotation? {
    if case .scalar(let word) = node, word.string == "none" { return nil }
    var program = base ?? LayerRotation()
    if node.null == nil {
      try read(mapping(node, "'program'"), LayerRotation.parameters, into: &program, "'program'")
    }
    guard program.shortestSeconds <= program.longestSeconds else {
      let longest = Quantity.describe(program.longestSeconds, .seconds)
      throw error(node, "program: the shortest turn is longer than the longest; at most \(longest) would do")
    }
    guard program.crossfadeSeconds <= program.shortestSeconds / 2 else {
      let half = Quantity.describe(program.shortestSeconds / 2, .seconds)
      throw error(node, "program: the cross-fade fills the shortest turn; at most \(half) would do")
    }
    return program
  }

  /// Adds a layer, or changes the one of that name; `none` takes it away.
  private func put(
    _ node: Node, named name: String, default kind: (any Trigger.Type)?, keyNode: Node, into mix: inout Mix
  ) throws {
    let place = mix.layers.firstIndex { $0.name == name }
    if case .scalar(let word) = node, word.string == "none" {
      if let place {
        mix.layers.remove(at: place)
      } else if name != "bed" {
        let hint = Spelling.hint(for: name, among: mix.layers.map(\.name))
        throw error(keyNode, "there is no layer '\(name)' to leave out\(hint)")
      }
      return
    }
    let settings = try layer(
      node, named: name, default: kind, keyNode: keyNode, over: place.map { mix.layers[$0] })
    if let place {
      mix.layers[place] = settings
    } else {
      // The bed lies under everything else.
      mix.layers.insert(settings, at: name == "bed" ? 0 : mix.layers.count)
    }
  }

  private func layer(
    _ node: Node, named name: String, default kind: (any Trigger.Type)?, keyNode: Node? = nil,
    over base: LayerSettings?
  ) throws -> LayerSettings {
    var pairs = node.null == nil ? try mapping(node, "layer '\(name)'") : []
    var kind = base.map { type(of: $0.trigger) } ?? kind
    if let k = pairs.firstIndex(where: { $0.key.text == "trigger" }) {
      let word = try scalar(pairs[k].value, "trigger")
      kind = Catalogue.trigger(named: word)
      let known = Catalogue.triggers.map { $0.name }
      guard kind != nil else {
        let hint = RenamedWord.hint(for: word, .trigger, among: known)
        throw error(pairs[k].value, "unknown trigger '\(word)'\(hint)")
      }
      pairs.remove(at: k)
    }
    guard let kind else {
      let known = Catalogue.triggers.map { $0.name }
      let near =
        RenamedWord.replacement(for: name, .trigger).map { "; the trigger '\(name)' is now '\($0)'" }
        ?? Spelling.suggestion(for: name, among: known).map { "; did you mean '\($0)'?" }
      throw error(
        keyNode ?? node,
        "layer '\(name)' has no trigger" + (near ?? "; add 'trigger:' with \(Quantity.list(known))"))
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
    if let (key, reason) = trigger.refusalOfWords(before: base?.trigger) {
      throw error(pairs.first { $0.key.text == key }?.value ?? node, "\(key): \(reason)")
    }
    settings.trigger = trigger
    return settings
  }

  /// What a layer is where it stands: `bed:` is a bed, all under `layers:` are triggers unless they say otherwise.
  static func role(of name: String) -> LayerRole { name == "bed" ? .bed : .trigger }

  /// A place that is written key by key.
  private func place(_ node: Node) throws -> SourcePosition {
    var place = SourcePosition()
    var waypoints: [SourcePosition.Path.Waypoint] = []
    for pair in try mapping(node, "'place'") {
      guard pair.key.text == "path" else {
        try read([pair], SourcePosition.parameters, into: &place, "'place'", others: ["path"])
        continue
      }
      guard case .sequence(let nodes) = pair.value else {
        throw error(
          pair.value, "a path is a list of waypoints, such as '- {at: 0s, azimuth: -60°, distance: 20cm}'")
      }
      for node in nodes {
        var waypoint = SourcePosition.Path.Waypoint(seconds: 0, position: place.position)
        try read(
          mapping(node, "a waypoint"), SourcePosition.Path.Waypoint.parameters, into: &waypoint, "a waypoint")
        if let reason = PlaceSpec.refusal(of: waypoint, after: waypoints) { throw error(node, reason) }
        waypoints.append(waypoint)
      }
    }
    guard let last = waypoints.last else { return place }
    let shortest = last.seconds + PlaceSpec.shortestStepSeconds
    guard place.periodSeconds >= shortest else {
      throw error(
        node,
        "period: the way back takes 2s at least; \(Quantity.describe(shortest, .seconds)) or more would do")
    }
    place.motion = .path(SourcePosition.Path(waypoints))
    return place
  }

  /// Sets the parameters that `pairs` name.
  private func read<Root>(
    _ pairs: [Pair], _ parameters: [Parameter<Root>], into root: inout Root, _ owner: String,
    others: [String] = [], kind: RenamedWord.Kind? = nil
  ) throws {
    for (key, value) in pairs {
      guard let parameter = parameters.first(where: { $0.name == key.text }) else {
        let known = parameters.map(\.name) + others
        if value.null != nil, let pair = YAMLText.pair(in: key.text),
          known.contains(where: { pair.hasPrefix($0 + ":") })
        {
          throw error(key.node, "'\(key.text)' is not 'key: value'; write '\(pair)'")
        }
        let hint =
          kind.map { RenamedWord.hint(for: key.text, $0, among: known) }
          ?? Spelling.hint(for: key.text, among: known)
        throw error(key.node, "unknown key '\(key.text)' in \(owner)\(hint)")
      }
      let text = try scalar(value, parameter.name)
      guard !text.isEmpty || isText(parameter) else {
        throw error(value, "\(parameter.name) has no value; write it after the colon, or leave the key out")
      }
      do {
        try parameter.read(text, into: &root)
      } catch {
        throw self.error(value, "\(parameter.name): \(error.reason)")
      }
    }
  }
}
