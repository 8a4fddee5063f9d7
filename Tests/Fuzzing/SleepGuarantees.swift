import TingleDSP
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

/// Checks the guarantees of sleep presets: the targets of `tingle check` for loudness jumps, rises, contrast,
/// true peak, digital silence and loudness, with any triggers and settings.
public enum SleepGuarantees {
  static let metrics: [CheckMetric] = [.jump, .rise, .contrast, .truePeak, .silence, .integrated]
  private static let sampleRate = 48000.0
  private static let head = SOFAFile.standard()

  /// The metrics of a random preset that are out of range, as one message each.
  /// - Throws: `UserError` for an invalid preset.
  public static func violations(of preset: RandomPreset) throws -> [String] {
    try violations(
      ofYAML: preset.yaml, seconds: preset.measured.lowerBound > 0 ? preset.measured : nil,
      isMono: preset.isMono)
  }

  /// The metrics of a preset that are out of range, as one message each.
  /// - Parameters:
  ///   - text: the preset as YAML.
  ///   - seconds: the measured part of the track, outside of its fades; nil for the complete track.
  ///   - isMono: whether the mix is mono.
  /// - Throws: `UserError` for an invalid preset.
  public static func violations(ofYAML text: String, seconds: Range<Double>? = nil, isMono: Bool = false)
    throws
    -> [String]
  {
    var mix = try PresetParser.parse(text, name: "random", file: "random.yaml").mix
    mix.isMono = isMono
    mix.head = mix.output == .headphones ? head : nil
    // Few excerpts are sufficient: the loudness of long tracks is not checked.
    mix = LoudnessTarget.levelled(mix, jobs: 1, excerpts: 6)
    let measured = try measure(mix, seconds)
    return metrics.compactMap { metric in
      guard let value = measured[metric], let range = Purpose.sleep.targets.ranges[metric] else { return nil }
      // Rounded to the tenth that `tingle check` prints.
      return range.contains((value * 10).rounded() / 10)
        ? nil : "\(metric.rawValue) \((value * 100).rounded() / 100) is not in \(range)"
    }
  }

  /// Measures a part of a mix: true peak and loudness of all of it, the other metrics without the fades.
  private static func measure(_ mix: Mix, _ seconds: Range<Double>?) throws -> [CheckMetric: Double] {
    let isComplete = seconds == nil
    let part = seconds ?? 0..<mix.durationSeconds
    let frames = Int(part.lowerBound * sampleRate)..<Int(part.upperBound * sampleRate)
    let channels = mix.isMono ? 1 : 2
    let complete = SoundCheck(
      sampleRate: sampleRate, channels: channels, floorDB: Purpose.sleep.targets.floorDB)
    let withoutFades = SoundCheck(
      sampleRate: sampleRate, channels: channels, floorDB: Purpose.sleep.targets.floorDB)
    let fadeFrames = Int((isComplete ? 6 : 0) * sampleRate)
    var position = 0
    try Timeline(mix, sampleRate: sampleRate, frames: frames).render { piece in
      for start in stride(from: 0, to: piece.count, by: 1 << 14) {
        let part = UnsafeBufferPointer(piece.extracting(start..<min(piece.count, start + 1 << 14)))
        complete.add(part)
        if position >= fadeFrames, position + part.count <= frames.count - fadeFrames {
          withoutFades.add(part)
        }
        position += part.count
      }
    }
    var metrics = withoutFades.metrics
    metrics[.truePeak] = complete.metrics[.truePeak]
    metrics[.integrated] = isComplete ? complete.metrics[.integrated] : nil
    return metrics
  }
}
