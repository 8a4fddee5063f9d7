/// Air, hands, a brush or a shell at the ears of the listener.
public struct Ear: Trigger {
  public typealias Voice = EarVoice

  /// What happens at the ears.
  public var kind = EarKind.blowing
  /// The rate of puffs, hands or strokes, per second.
  public var gesturesPerSecond = 0.3
  /// The force of the breath or of the hand, in decibels; a stronger breath is brighter.
  public var intensityDB = 0.0
  /// How far a sound stays at one ear: 0 for both ears, 1 for one ear alone.
  public var separation = 0.8
  /// The attenuation of high frequencies, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "ear"
  public static let summary = "at the ears: soft blowing, cupping hands, a brush, the air in a seashell"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.calibrationDB }
  public var continuity: Continuity { kind.isContinuous ? .continuous : .intermittent }
  public static let parameters: [Parameter<Ear>] = [
    .choice("kind", \.kind, "what happens at the ears"),
    .number("pace", \.gesturesPerSecond, 0.05...1, .perSecond, "the rate of puffs, hands or strokes"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels,
      "the force of the breath or the hand; a stronger breath is brighter"),
    .number(
      "separation", \.separation, 0...1, .none, "how far a sound stays at one ear; 0 for both ears alike"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies"),
  ]

  /// A voice for each puff, for each run of strokes, or for a section of a continuous sound.
  public var timing: Timing {
    switch kind {
    case .blowing: Timing(slotSeconds: 1 / gesturesPerSecond, jitter: 0.25, tailSeconds: 0.3)
    case .brushing: Timing(slotSeconds: 9, jitter: 0.1, tailSeconds: 2)
    case .cupping, .seashell: Timing(slotSeconds: 12, jitter: 0.2, tailSeconds: Self.crossfadeSeconds)
    }
  }

  static let crossfadeSeconds = 1.0
}
