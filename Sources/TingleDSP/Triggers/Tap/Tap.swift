/// Fingers tapping on an object held close.
public struct Tap: Trigger {
  public typealias Voice = TapVoice

  /// What is tapped.
  public var surface = Surface.wood
  /// What taps it.
  public var tool = Tool.nail
  /// Taps per second while the hand is tapping.
  public var tapsPerSecond = 2.5
  /// How hard, in decibels over a nominal tap; harder is brighter too.
  public var forceDB = 0.0
  /// How much force, timing and place vary: 0 a metronome, 1 a hand, 2 a restless one.
  public var variation = 1.0

  public init() {}

  public static let name = "tap"
  public static let summary = "fingers tapping on an object: single taps, rolls of four fingers, flutters"
  public static let calibrationDB = -8.5
  public static let parameters: [Parameter<Tap>] = [
    .choice("surface", \.surface, "what is tapped"),
    .choice("tool", \.tool, "what taps it"),
    .number("pace", \.tapsPerSecond, 0.3...8, .perSecond, "taps while the hand is tapping"),
    .number("force", \.forceDB, -18...12, .decibels, "how hard; harder is brighter too"),
    .number("variation", \.variation, 0...2, .none, "0 a metronome, 1 a hand, 2 a restless hand"),
  ]

  /// Phrases of about sixteen taps.
  public var timing: Timing {
    Timing(slotSeconds: min(16, max(3, 16 / tapsPerSecond)), jitter: 0.4, tailSeconds: 1)
  }
}
