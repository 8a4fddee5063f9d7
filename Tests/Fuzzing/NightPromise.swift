import TingleDSP
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

/// What every preset for sleep promises, whatever it is made of: the targets of `tingle check` for jumps, rises, contrast, true
/// peak, digital silence and loudness.
public enum NightPromise {
  static let figures: [CheckMetric] = [.jump, .rise, .contrast, .truePeak, .silence, .integrated]
  private static let sampleRate = 48000.0
  private static let head = SOFAFile.standard()

  /// What a preset breaks, a line each; empty where it keeps all.
  /// - Throws: `UserError` for a preset that cannot be read.
  public static func broken(by preset: RandomPreset) throws -> [String] {
    try broken(
      byYAML: preset.yaml, seconds: preset.measured.lowerBound > 0 ? preset.measured : nil,
      isMono: preset.isMono)
  }

  /// What a preset breaks.
  /// - Parameters:
  ///   - seconds: the part of the track that is measured, entrance and exit not in it; all of it when nil.
  ///   - isMono: whether it is for one loudspeaker.
  /// - Throws: `UserError` for a preset that cannot be read.
  public static func broken(byYAML text: String, seconds: Range<Double>? = nil, isMono: Bool = false) throws
    -> [String]
  {
    var mix = try PresetParser.parse(text, name: "random", file: "random.yaml").mix
    mix.isMono = isMono
    mix.head = mix.output == .headphones ? head : nil
    // Long tracks by a few excerpts: their loudness is not asked for.
    mix = LoudnessTarget.levelled(mix, jobs: 1, excerpts: 6)
    let found = try measured(mix, seconds)
    return figures.compactMap { figure in
      guard let value = found[figure], let range = Targets.sleep.ranges[figure] else { return nil }
      // To the tenth that `tingle check` shows.
      return range.contains((value * 10).rounded() / 10)
        ? nil : "\(figure.rawValue) \((value * 100).rounded() / 100) is not in \(range)"
    }
  }

  /// The figures of the part that is measured: loudness and true peak of all of it, the others without entrance and exit.
  private static func measured(_ mix: Mix, _ seconds: Range<Double>?) throws -> [CheckMetric: Double] {
    let isWhole = seconds == nil
    let part = seconds ?? 0..<mix.durationSeconds
    let frames = Int(part.lowerBound * sampleRate)..<Int(part.upperBound * sampleRate)
    let channels = mix.isMono ? 1 : 2
    let all = SoundCheck(sampleRate: sampleRate, channels: channels, floorDB: Targets.sleep.floorDB)
    let inner = SoundCheck(sampleRate: sampleRate, channels: channels, floorDB: Targets.sleep.floorDB)
    let ramps = Int((isWhole ? 6 : 0) * sampleRate)
    var position = 0
    try Timeline(mix, sampleRate: sampleRate, frames: frames).render { piece in
      for start in stride(from: 0, to: piece.count, by: 1 << 14) {
        let part = UnsafeBufferPointer(piece.extracting(start..<min(piece.count, start + 1 << 14)))
        all.add(part)
        if position >= ramps, position + part.count <= frames.count - ramps { inner.add(part) }
        position += part.count
      }
    }
    var found = inner.figures
    found[.truePeak] = all.figures[.truePeak]
    found[.integrated] = isWhole ? all.figures[.integrated] : nil
    return found
  }
}
