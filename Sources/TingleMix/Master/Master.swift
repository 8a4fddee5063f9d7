/// The settings of the master section: gain, startle guard, fades and the limiter's ceiling.
public struct Master: Sendable, Equatable {
  /// The integrated loudness of the track (EBU R 128) in LUFS; nil to keep the loudness of its layers.
  /// Applied by measuring excerpts beforehand and setting `gainDB`. A `MixRenderer` ignores it, except as
  /// the startle guard's reference in a mix without a bed.
  public var loudnessLUFS: Double?
  /// The master gain in decibels.
  public var gainDB = 0.0
  /// The highest true peak, in decibels relative to full scale.
  public var ceilingDB = -1.0
  /// How far the momentary loudness of the triggers can rise over the bed's, in LU; nil for no limit.
  public var startleLU: Double?
  /// The length of the fade-in from silence, in seconds.
  public var fadeInSeconds = 2.0
  /// The length of the fade-out to silence, in seconds.
  public var fadeOutSeconds = 10.0

  /// The defaults: 0 dB gain, no startle guard, a ceiling of -1 dBTP, fade-in 2 s, fade-out 10 s.
  public init() {}
}
