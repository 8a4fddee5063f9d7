import TingleMix
import TinglePresets
import TingleSupport

/// The state of a live session that undo restores: a preset with the user's changes, mutes, solos, pause and
/// timer.
struct Scene: Sendable {
  var preset: Preset
  /// The gain in decibels that brings the preset to its loudness target; added to the preset's own gain.
  var loudnessGainDB: Double
  var muted: Set<String> = []
  var soloed: Set<String> = []
  /// The timer that ends the track, if one is set.
  var timer: SleepTimer?
  /// The time of the track at which it is paused, in seconds; nil while it plays.
  var pausedAt: Double?
  /// The master gain in the preset's file, in decibels.
  private let presetGainDB: Double

  /// - Parameters:
  ///   - preset: the preset with the gain of its loudness target applied.
  ///   - original: the same preset without that gain.
  init(levelled preset: Preset, original: Preset) {
    self.preset = preset
    loudnessGainDB = preset.mix.master.gainDB - original.mix.master.gainDB
    presetGainDB = original.mix.master.gainDB
    self.preset.mix.master.gainDB = presetGainDB
  }

  /// The time at which the track ends, in seconds. A timer of the user's replaces the track's own end; a
  /// timer of the preset's can only shorten the track.
  var endSeconds: Double {
    let length = preset.mix.durationSeconds
    guard let timer else { return length }
    return timer.isFromPreset ? min(length, timer.atSeconds) : min(Self.maximumSeconds, timer.atSeconds)
  }

  /// The preset's own timer for playback that starts at a time of the track; nil if the preset has none, or
  /// the track ends before it.
  func presetTimer(startingAt seconds: Double) -> SleepTimer? {
    guard let after = preset.timerSeconds, seconds + after < preset.mix.durationSeconds else { return nil }
    return SleepTimer(
      atSeconds: seconds + after, fadeSeconds: preset.mix.master.fadeOutSeconds, isFromPreset: true)
  }

  /// The user's change of the master level, in decibels relative to the preset. It is kept when another
  /// preset is loaded.
  var masterOffsetDB: Double {
    get { preset.mix.master.gainDB - presetGainDB }
    set { preset.mix.master.gainDB = max(-60, min(24, presetGainDB + newValue)) }
  }

  /// The mix to be rendered; nil while the track is paused.
  var mix: Mix? {
    guard pausedAt == nil else { return nil }
    var mix = preset.mix
    mix.isMetered = true
    mix.master.gainDB += loudnessGainDB
    for k in mix.layers.indices { mix.layers[k].isMuted = isSilent(mix.layers[k]) }
    if let timer, !timer.isFromPreset || timer.atSeconds < mix.durationSeconds {
      mix.durationSeconds = max(1, endSeconds)
      mix.master.fadeOutSeconds = timer.fadeSeconds
      // A track that a timer ends has no wake-up ramp.
      mix.wakeSeconds = nil
    }
    return mix
  }

  /// Whether a layer is muted, or silent because others are soloed. A bed is not affected by solos.
  func isSilent(_ layer: LayerSettings) -> Bool {
    muted.contains(layer.name)
      || !soloed.isEmpty && !soloed.contains(layer.name) && layer.role == .trigger
  }

  /// The index of a layer in the mix.
  /// - Throws: `UserError` (`usage`) if the mix has no layer of this name.
  func index(of name: String) throws -> Int {
    if let index = preset.mix.layers.firstIndex(where: { $0.name == name }) { return index }
    let names = preset.mix.layers.map(\.name)
    throw UserError(.usage, "there is no layer '\(name)'\(Spelling.hint(for: name, among: names))")
  }
}
