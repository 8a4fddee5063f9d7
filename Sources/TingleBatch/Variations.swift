import Foundation
import TinglePresets
import TingleSupport

/// Presets, and the ways in which each of them is varied: a job for every combination.
public struct Variations: Sendable {
  /// Values that replace a preset's own.
  public struct Override: Sendable {
    /// What `{set}` stands for; its number if it has no name.
    public var name: String?
    /// Paths and values: `layers.tap.level`, `-12 dB`.
    public var values: [(path: String, value: String)]

    /// Values.
    public init(name: String? = nil, values: [(path: String, value: String)]) {
      self.name = name
      self.values = values
    }
  }

  /// Names, paths, folders, or patterns with `*`, `?` and `[...]`.
  public var presets: [String] = []
  /// Empty for the preset's own.
  public var seeds: [UInt64] = []
  /// As they are written; empty for the preset's own.
  public var durations: [String] = []
  /// wav, flac, ogg, opus, mp3.
  public var formats: [String] = []
  /// Empty for the preset as it is.
  public var overrides: [Override] = []
  /// Other options of `tingle render`; nil for one without a value.
  public var options: [(name: String, value: String?)] = []
  /// How the files are called: `{preset}-{seed}.{ext}`.
  public var name: String?
  /// Where it is written, for messages.
  public var place: SourceLocation?

  /// Nothing yet.
  public init() {}

  /// Seeds as people write them: `3`, `1..10`, `1,4,7..9`.
  /// - Throws: `UserError` (usage) for anything else.
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
        throw UserError(.usage, "'\(part)' are no seeds; write \(hint)")
      }
    }
  }

  /// The jobs.
  /// - Parameters:
  ///   - folder: where the files go.
  ///   - presets: where presets are found.
  /// - Throws: `UserError`.
  public func lines(in folder: String, _ presets: PresetCache) throws -> [JobLine] {
    let template = try NameTemplate(name ?? usualName)
    let formats = self.formats.isEmpty ? ["wav"] : self.formats
    let options = self.options.flatMap { ["--\($0.name)"] + ($0.value.map { [$0] } ?? []) }
    var lines: [JobLine] = []
    for reference in try references(presets) {
      let preset = try placed { try presets.preset(reference) }
      for (number, override) in (overrides.isEmpty ? [Override(values: [])] : overrides).enumerated() {
        let set = override.values.flatMap { ["--set", "\($0.path)=\($0.value)"] }
        for duration in durations.isEmpty ? [nil] : durations.map(Optional.some) {
          let length = duration ?? Quantity.describe(preset.mix.durationSeconds, .seconds)
          let ending = (duration.map { ["--duration", $0] } ?? []) + set + options
          for seed in seeds.isEmpty ? [nil] : seeds.map(Optional.some) {
            for format in formats {
              let file = template.filled { hole in
                switch hole {
                case .preset: preset.name
                case .seed: "\(seed ?? preset.mix.seed)"
                case .duration: length
                case .format, .ext: format
                case .set: override.name ?? "\(number + 1)"
                }
              }
              let beginning = [reference] + (seed.map { ["--seed", "\($0)"] } ?? [])
              let output = ["-o", folder == "." ? file : "\(folder)/\(file)"]
              lines.append(JobLine(beginning + ending + output, at: place))
            }
          }
        }
      }
    }
    return lines
  }

  private var usualName: String {
    "{preset}" + (overrides.count > 1 ? "-{set}" : "") + (durations.count > 1 ? "-{duration}" : "")
      + (seeds.isEmpty ? "" : "-{seed}") + ".{ext}"
  }

  /// Patterns and folders become the presets that they stand for.
  private func references(_ cache: PresetCache) throws -> [String] {
    try presets.flatMap { word -> [String] in
      let found = cache.expanded(word)
      guard !found.isEmpty else {
        let isFolder = FileSystem.exists(word)
        throw UserError(
          .noInput, at: place,
          isFolder ? "the folder '\(word)' holds no presets" : "no preset is called '\(word)'")
      }
      return found
    }
  }

  /// Whatever is wrong with a preset is wrong where the plan names it, unless it has a place of its own.
  private func placed<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as UserError where error.location == nil && place != nil {
      throw UserError(error.kind, at: place, error.message)
    }
  }
}
