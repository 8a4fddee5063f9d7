import Foundation
import TingleDSP
import TingleMix

/// Writes a preset as YAML: all keys that differ from their defaults. Parsing the text gives the same preset.
public enum PresetWriter {
  public static func text(_ preset: Preset) -> String {
    let plain = Preset(name: preset.name, purpose: preset.purpose)
    var lines: [String] = []
    for parameter in Preset.parameters {
      // The length follows from the script.
      if parameter.name == "duration", preset.script != nil, preset.followsScript { continue }
      if let value = written(parameter, of: preset, unlike: plain) {
        lines.append("\(parameter.name): \(value)")
      } else if parameter.name == "for" {
        lines.append("for: \(preset.purpose.rawValue)")
      }
    }
    if !preset.tags.isEmpty { lines.append("tags: [\(preset.tags.map(quoted).joined(separator: ", "))]") }
    if let program = preset.mix.rotation {
      let pairs = pairs(LayerRotation.parameters, of: program, unlike: LayerRotation())
      lines += ["", pairs.isEmpty ? "program:" : "program: {\(pairs.joined(separator: ", "))}"]
    }
    if let schedule = preset.mix.schedule { lines += [""] + written(schedule, preset.mix.layers.map(\.name)) }
    let bed = preset.mix.layers.first { $0.name == "bed" }
    lines += ["", bed == nil ? "bed: none" : "bed:"]
    if let bed { lines += layer(bed, needsTrigger: !(bed.trigger is Noise)).map { "  " + $0 } }
    let others = preset.mix.layers.filter { $0.name != "bed" }
    if !others.isEmpty { lines += ["", "layers:"] }
    for other in others {
      lines.append("  \(quoted(other.name)):")
      lines += layer(other, needsTrigger: type(of: other.trigger).name != other.name).map { "    " + $0 }
    }
    if let script = preset.script { lines += [""] + written(script) }
    let master = pairs(Master.parameters, of: preset.mix.master, unlike: plain.mix.master)
    if !master.isEmpty { lines += ["", "master:"] + master.map { "  " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of a script: a literal block, or in quotes if a block would not keep the text.
  private static func written(_ script: PresetScript) -> [String] {
    var body = script.text.split(separator: "\n", omittingEmptySubsequences: false)
    let isBlock =
      script.text.unicodeScalars.allSatisfy {
        $0 == "\n" || 0x20...0x7E ~= $0.value
          || 0xA0...0xD7FF ~= $0.value && $0.value != 0x2028
            && $0.value != 0x2029
          || 0x1F300...0x1FAFF ~= $0.value
      } && body.first?.first?.isWhitespace == false && !body.contains { $0.last == " " }
    guard isBlock else { return ["script: \(quoted(script.text))"] }
    // The indicator states how many line ends the text has at its end.
    var indicator = "-"
    if body.last == "" {
      body.removeLast()
      indicator = body.last == "" ? "+" : ""
    }
    return ["script: |\(indicator)"] + body.map { $0.isEmpty ? "" : "  \($0)" }
  }

  /// The lines of a schedule, without layers that the preset no longer has.
  private static func written(_ schedule: LayerSchedule, _ layers: [String]) -> [String] {
    var settings = ScheduleSettings()
    settings.crossfadeSeconds = schedule.crossfadeSeconds
    let keys = pairs(ScheduleSettings.parameters, of: settings, unlike: ScheduleSettings())
    let scenes = schedule.entries.map { entry in
      var scene = SceneSettings()
      if entry.startSeconds < 0 {
        scene.beforeEndSeconds = -entry.startSeconds
      } else {
        scene.afterSeconds = entry.startSeconds
      }
      let time = pairs(SceneSettings.parameters, of: scene, unlike: SceneSettings())
      let present = entry.layers.filter(layers.contains).map(quoted)
      let names = "layers: [\(present.joined(separator: ", "))]"
      return "    - {\((time + [names]).joined(separator: ", "))}"
    }
    return ["program:"] + keys.map { "  " + $0 } + ["  scenes:"] + scenes
  }

  private static func layer(_ settings: LayerSettings, needsTrigger: Bool) -> [String] {
    func own<T: Trigger>(_ trigger: T) -> [String] { pairs(T.parameters, of: trigger, unlike: T()) }
    let trigger = needsTrigger ? ["trigger: \(type(of: settings.trigger).name)"] : []
    var unchanged = LayerSettings(
      name: settings.name, trigger: settings.trigger, role: PresetParser.role(of: settings.name))
    unchanged.levelDB = .nan
    var keys = pairs(LayerSettings.parameters, of: settings, unlike: unchanged)
    keys.removeAll { $0.hasPrefix("place:") }
    if let place = settings.place { keys.append("place: {\(written(place).joined(separator: ", "))}") }
    return trigger + own(settings.trigger) + keys
  }

  /// The pairs of a `place` mapping. A path in words would lose its waypoints.
  private static func written(_ place: SourcePosition) -> [String] {
    let whole = pairs(SourcePosition.parameters, of: place, unlike: nil).filter {
      !place.motion.isStill || !($0.hasPrefix("motion:") || $0.hasPrefix("period:"))
    }
    guard case .path(let path) = place.motion else { return whole }
    let waypoints = path.all.map { waypoint in
      "{\(pairs(SourcePosition.Path.Waypoint.parameters, of: waypoint, unlike: nil).joined(separator: ", "))}"
    }
    let period = whole.filter { $0.hasPrefix("period:") }
    return period + ["path: [\(waypoints.joined(separator: ", "))]"]
  }

  private static func pairs<Root>(_ parameters: [Parameter<Root>], of root: Root, unlike plain: Root?)
    -> [String]
  {
    // Some defaults follow from the parameters before: the usual flow of water from its kind.
    var known = plain
    return parameters.compactMap { parameter in
      defer { if known != nil { parameter.set(&known!, parameter.get(root)) } }
      return written(parameter, of: root, unlike: known).map { "\(parameter.name): \($0)" }
    }
  }

  /// A value as text; nil for a default, and for an empty text.
  private static func written<Root>(_ parameter: Parameter<Root>, of root: Root, unlike plain: Root?)
    -> String?
  {
    let value = parameter.get(root)
    if let plain, parameter.get(plain) == value { return nil }
    let text = parameter.written(in: root)
    switch (value, parameter.kind) {
    case (_, .text): return text.isEmpty ? nil : quoted(text)
    case (.number(let number), .number(_, let unit, _)):
      // Rounded for readability, unless that changes the number.
      if let read = try? Quantity.parse(text, as: unit), read != number {
        return "\(number)\(Quantity.spellings(of: unit)[0].name)"
      }
      return text
    default: return text
    }
  }

  /// A YAML scalar: plain if it cannot be mistaken for another type, else in double quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true && text.allSatisfy { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
    let reserved = ["none", "null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    if isPlain, text.last != " ", !reserved.contains(text.lowercased()) { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        String(format: "\\u%04X", scalar.value)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
