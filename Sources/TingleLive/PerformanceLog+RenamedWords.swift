import TinglePresets

/// Presets in logs of earlier versions, in which some words have other names.
extension PerformanceLog {
  /// Parses the preset of an entry.
  /// - Throws: `UserError` (`data`).
  static func preset(_ text: String) throws -> Preset {
    func parse(_ text: String) throws -> Preset {
      try PresetParser.parse(text, name: "performance", file: "the log")
    }
    do { return try parse(text) } catch {
      guard let preset = try? parse(withCurrentWords(text)) else { throw error }
      return preset
    }
  }

  /// Replaces the words of earlier versions in a preset of `PresetWriter`, which writes one key per line.
  package static func withCurrentWords(_ text: String) -> String {
    let source = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var lines: [String] = []
    var (section, trigger) = ("", "")
    for (index, line) in source.enumerated() {
      let indent = line.prefix { $0 == " " }
      guard let colon = line.firstIndex(of: ":") else {
        lines.append(line)
        continue
      }
      let key = String(line[indent.endIndex..<colon])
      let value = line[colon...].dropFirst().drop { $0 == " " }
      switch (section, indent.count) {
      case (_, 0):
        (section, trigger) = (key, "noise")
        lines.append(line)
      case ("layers", 2):
        trigger = key
        lines.append(line)
        // The name of a layer without a key `trigger` is its trigger.
        let isNamedAfterTrigger = !source[index...].dropFirst().prefix(1).contains {
          $0.hasPrefix("    trigger:")
        }
        if isNamedAfterTrigger, let new = RenamedWord.replacement(for: key, .trigger) {
          lines.append("    trigger: \(new)")
        }
      case ("bed", 2), ("layers", 4):
        if key == "trigger" { trigger = String(value) }
        // Factors then, a flow and a volume now: the usual ones take their place.
        if trigger == "water", key == "pace" || key == "size", Double(value) != nil { continue }
        lines.append("\(indent)\(current(key, String(value), ofTrigger: trigger))")
      case ("master", 2) where key == "startle" && Double(value) != nil: lines.append("\(line) LU")
      default: lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A key of a layer and its value in the current words and units.
  private static func current(_ key: String, _ value: String, ofTrigger trigger: String) -> String {
    switch (trigger, key) {
    case (_, "trigger"): "trigger: \(RenamedWord.replacement(for: value, .trigger) ?? value)"
    case (_, "place"): "place: \(value.replacing("motion: brush-past", with: "motion: pass-by"))"
    case ("room", "pace") where Double(value) != nil: "pace: \(value)/min"
    case ("scissors", "slowness"): "speed: \(1 / (Double(value) ?? 1))"
    default: "\(RenamedWord.replacement(for: key, .parameter(trigger: trigger)) ?? key): \(value)"
    }
  }
}
