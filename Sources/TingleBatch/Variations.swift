import Foundation
import TinglePresets
import TingleSupport

/// Presets and the values to vary: one job for every combination.
public struct Variations: Sendable {
  /// Values that replace those of a preset together.
  public struct ValueSet: Sendable {
    /// The name that replaces `{set}`; nil for the set's number.
    public var name: String?
    /// Key paths and values: `layers.tap.level`, `-12 dB`.
    public var values: [(path: String, value: String)]

    /// Creates a set.
    public init(name: String? = nil, values: [(path: String, value: String)]) {
      self.name = name
      self.values = values
    }
  }

  /// Preset names, paths, folders, or glob patterns with `*`, `?` and `[...]`.
  public var presets: [String] = []
  /// The seeds; empty for the preset's own.
  public var seeds: [UInt64] = []
  /// The track lengths as they are written, such as `1h`; empty for the preset's own.
  public var durations: [String] = []
  /// The formats: wav, flac, ogg, opus, mp3; empty for wav.
  public var formats: [String] = []
  /// The value sets; empty for the preset's own values.
  public var valueSets: [ValueSet] = []
  /// Further options of `tingle render`; the value is nil for a flag.
  public var options: [(name: String, value: String?)] = []
  /// The template of the file names, such as `{preset}-{seed}.{ext}`; nil for the default.
  public var name: String?
  /// The location in a plan, for messages.
  public var location: SourceLocation?

  /// Creates variations of no presets.
  public init() {}

  /// Parses seeds: `3`, `1..10`, `1,4,7..9`.
  /// - Throws: `UserError` (usage) for other text.
  public static func seeds(_ text: String) throws -> [UInt64] {
    try text.split(separator: ",").flatMap { part -> [UInt64] in
      let ends = part.replacing("..", with: "\u{0}").split(separator: "\u{0}").map {
        UInt64($0.trimmingCharacters(in: .whitespaces))
      }
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let only?, _) where !part.contains(".."): return [only]
      case (2, let first?, let last?) where first <= last && last - first < 1_000_000:
        return Array(first...last)
      default:
        let dash = part.wholeMatch(of: #/\s*(\d+)\s*[-–—]\s*(\d+)\s*/#)
        let hint = dash.map { "'\($0.output.1)..\($0.output.2)'" } ?? "3, 1..10, or 1,4,7..9"
        throw UserError(.usage, "'\(part)' is not a seed or a range of seeds; write \(hint)")
      }
    }
  }

  /// The jobs of all combinations.
  /// - Parameters:
  ///   - folder: the output folder.
  ///   - presets: resolves the preset names.
  /// - Throws: `UserError`.
  public func lines(in folder: String, _ presets: PresetCache) throws -> [JobLine] {
    let template = try NameTemplate(name ?? defaultName)
    let formats = self.formats.isEmpty ? ["wav"] : self.formats
    let options = self.options.flatMap { ["--\($0.name)"] + ($0.value.map { [$0] } ?? []) }
    var lines: [JobLine] = []
    for reference in try references(presets) {
      let preset = try addingLocation { try presets.preset(reference) }
      for (index, valueSet) in (valueSets.isEmpty ? [ValueSet(values: [])] : valueSets).enumerated() {
        let set = valueSet.values.flatMap { ["--set", "\($0.path)=\($0.value)"] }
        for duration in durations.isEmpty ? [nil] : durations.map(Optional.some) {
          let length = duration ?? Quantity.describe(preset.mix.durationSeconds, .seconds)
          let optionWords = (duration.map { ["--duration", $0] } ?? []) + set + options
          for seed in seeds.isEmpty ? [nil] : seeds.map(Optional.some) {
            for format in formats {
              let file = template.filled { placeholder in
                switch placeholder {
                case .preset: preset.name
                case .seed: "\(seed ?? preset.mix.seed)"
                case .duration: length
                case .format, .ext: format
                case .set: valueSet.name ?? "\(index + 1)"
                }
              }
              let presetWords = [reference] + (seed.map { ["--seed", "\($0)"] } ?? [])
              let output = ["-o", folder == "." ? file : "\(folder)/\(file)"]
              lines.append(JobLine(presetWords + optionWords + output, at: location))
            }
          }
        }
      }
    }
    return lines
  }

  private var defaultName: String {
    "{preset}" + (valueSets.count > 1 ? "-{set}" : "") + (durations.count > 1 ? "-{duration}" : "")
      + (seeds.isEmpty ? "" : "-{seed}") + ".{ext}"
  }

  /// The presets, with patterns and folders expanded.
  private func references(_ cache: PresetCache) throws -> [String] {
    try presets.flatMap { word -> [String] in
      let references = cache.expanded(word)
      guard !references.isEmpty else {
        let isFolder = FileSystem.exists(word)
        throw UserError(
          .noInput, at: location,
          isFolder ? "no presets in the folder '\(word)'" : "no preset matches '\(word)'")
      }
      return references
    }
  }

  /// Adds the location in the plan to errors that have none.
  private func addingLocation<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as UserError where error.location == nil && location != nil {
      throw UserError(error.kind, at: location, error.message)
    }
  }
}
