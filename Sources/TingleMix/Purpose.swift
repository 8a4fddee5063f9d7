import TingleDSP

/// What a track is for. The purpose sets the defaults of the master, the bed and the playback timer, and the
/// targets that a track is checked against.
public enum Purpose: String, Choice {
  case sleep, awake

  /// The values that a preset for this purpose has unless it states others.
  public struct Defaults: Sendable {
    /// The integrated loudness of the track (EBU R 128).
    public let loudnessLUFS: Double
    /// The highest true peak, in dBTP.
    public let ceilingDB: Double
    /// The highest rise of the triggers over the bed; nil for no limit.
    public let startleLU: Double?
    public let fadeInSeconds: Double
    public let fadeOutSeconds: Double
    /// The time after which live playing stops; nil for the end of the track.
    public let timerSeconds: Double?
    /// The level of the bed in a preset that states none.
    public let bedLevelDB: Double
  }

  /// The defaults for this purpose.
  public var defaults: Defaults {
    switch self {
    case .sleep:
      Defaults(
        loudnessLUFS: -30, ceilingDB: -3, startleLU: 6, fadeInSeconds: 10, fadeOutSeconds: 60,
        timerSeconds: 5400, bedLevelDB: -10)
    case .awake:
      // The faint bed only avoids digital silence between triggers.
      Defaults(
        loudnessLUFS: -26, ceilingDB: -1, startleLU: nil, fadeInSeconds: 2, fadeOutSeconds: 10,
        timerSeconds: nil, bedLevelDB: -36)
    }
  }

  /// The bed of a preset that states none: brown noise.
  public var bed: LayerSettings {
    var noise = Noise()
    noise.colour = .brown
    return LayerSettings(name: "bed", trigger: noise, role: .bed, levelDB: defaults.bedLevelDB)
  }
}

extension Master {
  /// Sets loudness, ceiling, startle limit and fades to the defaults for a purpose; the gain stays.
  public mutating func applyDefaults(for purpose: Purpose) {
    let defaults = purpose.defaults
    (loudnessLUFS, ceilingDB, startleLU) = (defaults.loudnessLUFS, defaults.ceilingDB, defaults.startleLU)
    (fadeInSeconds, fadeOutSeconds) = (defaults.fadeInSeconds, defaults.fadeOutSeconds)
  }
}
