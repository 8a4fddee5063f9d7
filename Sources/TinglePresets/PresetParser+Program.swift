import TingleDSP
import TingleMix
import Yams

extension PresetParser {
  /// Parses `program`: a rotation, or scenes. `none` means that all layers sound at all times.
  func program(_ node: Node, into mix: inout Mix) throws {
    if case .scalar(let word) = node, word.string == "none" {
      (mix.rotation, mix.schedule) = (nil, nil)
      return
    }
    let pairs = node.null == nil ? try mapping(node, "'program'") : []
    // Without scenes of its own, a cross-fade is that of the scenes that are there.
    let changesScenes =
      mix.schedule != nil && pairs.contains { $0.key.text == "cross-fade" } && pairs.count == 1
    if changesScenes || pairs.contains(where: { $0.key.text == "scenes" }) {
      mix.schedule = try schedule(pairs, over: mix.schedule)
      mix.rotation = nil
    } else {
      mix.rotation = try rotation(pairs, node, over: mix.rotation)
      mix.schedule = nil
    }
  }

  private func rotation(_ pairs: [Pair], _ node: Node, over base: LayerRotation?) throws -> LayerRotation {
    var rotation = base ?? LayerRotation()
    try read(pairs, LayerRotation.parameters, into: &rotation, "'program'", others: ["scenes"])
    guard rotation.shortestSeconds <= rotation.longestSeconds else {
      let longest = Quantity.describe(rotation.longestSeconds, .seconds)
      throw yaml.error(node, "program: 'shortest' is longer than 'longest' (\(longest))")
    }
    guard rotation.crossfadeSeconds <= rotation.shortestSeconds / 2 else {
      let half = Quantity.describe(rotation.shortestSeconds / 2, .seconds)
      throw yaml.error(node, "program: 'cross-fade' exceeds half of 'shortest'; use \(half) or less")
    }
    return rotation
  }

  private func schedule(_ pairs: [Pair], over base: LayerSchedule?) throws -> LayerSchedule {
    var settings = ScheduleSettings()
    if let base { settings.crossfadeSeconds = base.crossfadeSeconds }
    let others = pairs.filter { $0.key.text != "scenes" }
    try read(
      others, ScheduleSettings.parameters, into: &settings, "a 'program' with scenes", others: ["scenes"])
    var schedule = base ?? LayerSchedule()
    schedule.crossfadeSeconds = settings.crossfadeSeconds
    guard let scenes = pairs.first(where: { $0.key.text == "scenes" })?.value else { return schedule }
    guard case .sequence(let nodes) = scenes, !nodes.isEmpty else {
      throw yaml.error(scenes, "scenes is a list, such as '- {after: 1h, layers: [waves]}'")
    }
    schedule.entries = []
    for node in nodes {
      schedule.entries.append(try scene(node, begins: settings.begins, isFirst: schedule.entries.isEmpty))
    }
    return schedule
  }

  private func scene(_ node: Node, begins: String, isFirst: Bool) throws -> LayerSchedule.Entry {
    var settings = SceneSettings()
    var layers: [String] = []
    let pairs = try mapping(node, "a scene")
    for pair in pairs {
      if pair.key.text == "layers" {
        layers = try yaml.items(of: pair.value).map { try yaml.scalar($0, "a layer") }
      } else {
        try read([pair], SceneSettings.parameters, into: &settings, "a scene", others: ["layers"])
      }
    }
    // An empty list is a scene of the other layers alone.
    guard pairs.contains(where: { $0.key.text == "layers" }) else {
      throw yaml.error(node, "a scene has no layers; add 'layers: [NAME]'")
    }
    let times = pairs.filter { $0.key.text != "layers" }
    guard times.count < 2 else {
      throw yaml.error(times[1].key.node, "a scene has one time: 'after', 'at' or 'before-end'")
    }
    guard isFirst || !times.isEmpty else {
      throw yaml.error(
        node, "only the first scene has no time; add 'after: 1h', 'at: 23:30' or 'before-end: 1h'")
    }
    var start = settings.afterSeconds ?? 0
    if let seconds = settings.beforeEndSeconds { start = -seconds }
    if !settings.at.isEmpty {
      guard let first = ClockTime.minutes(begins) else {
        throw yaml.error(
          times[0].value, "at: a time of day needs 'begins' in 'program', the time at which the track starts")
      }
      let day = 24 * 60
      let minutes = (ClockTime.minutes(settings.at) ?? first) + day - first
      start = 60 * Double(minutes % day)
    }
    return LayerSchedule.Entry(startSeconds: start, layers: layers)
  }

  /// Checks that all layers of the scenes exist.
  func checkSchedule(of mix: Mix, _ node: Node?) throws {
    let names = mix.layers.map(\.name)
    for entry in mix.schedule?.entries ?? [] {
      for name in entry.layers where !names.contains(name) {
        throw yaml.error(
          node, "program: there is no layer '\(name)'\(Spelling.hint(for: name, among: names))")
      }
    }
  }
}

/// The keys of `program` with scenes, beside `scenes`.
struct ScheduleSettings: Sendable {
  var crossfadeSeconds = LayerSchedule().crossfadeSeconds
  var begins = ""

  static let parameters: [Parameter<ScheduleSettings>] = [
    .number(
      "cross-fade", \.crossfadeSeconds, 1...1800, .seconds, "the length of the cross-fades"),
    .text(
      "begins", \.begins, limit: 8, fault: ClockTime.fault,
      "the time of day at which the track starts, for scenes with `at`"),
  ]
}

/// The times of a scene: one of them is set.
struct SceneSettings: Sendable {
  var afterSeconds: Double?
  var beforeEndSeconds: Double?
  var at = ""

  static let parameters: [Parameter<SceneSettings>] = [
    .number(
      "after", \.afterSeconds, 0...86_400, .seconds, none: "none",
      "the start, counted from the start of the track"),
    .number(
      "before-end", \.beforeEndSeconds, 1...86_400, .seconds, none: "none",
      "the start, counted back from the end of the track"),
    .text("at", \.at, limit: 8, fault: ClockTime.fault, "the start, as a time of day; needs `begins`"),
  ]
}

/// A time of day, such as `23:30`.
enum ClockTime {
  /// The minutes since midnight; nil for any other text.
  static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }), let hours = Int(parts[0]),
      let minutes = Int(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return 60 * hours + minutes
  }

  /// What is wrong with a text, as the end of a sentence.
  static func fault(_ text: String) -> String? {
    minutes(text) == nil ? "'\(text)' is not a time of day, such as '23:30'" : nil
  }
}
