/// Fingers tapping on an object held close.
public struct Tap: Trigger {
  public typealias Voice = TapVoice

  /// What is tapped.
  public var surface = Surface.wood
  /// A second surface within the hand's reach, tapped every few phrases.
  public var otherSurface: Surface? = nil
  /// What taps.
  public var tool = Tool.nail
  /// How the fingers move.
  public var gesture = TapGesture.mixed
  /// Taps per second while the hand is tapping.
  public var tapsPerSecond = 5.0
  /// How hard, in decibels over a nominal tap; harder is brighter too.
  public var intensityDB = 0.0
  /// How much force, timing and place vary: 0 a metronome, 1 a hand, 2 a restless one.
  public var variation = 1.0
  /// How many hands tap, 1 or 2.
  public var hands = 1
  /// How much is heard of the hand between its taps: brushing touches and sliding; 0 nothing, 1 what a close
  /// microphone hears.
  public var handling = 1.0
  /// How large the object is, 1 the usual; twice the size sounds an octave lower.
  public var size = 1.0
  /// Which object of its kind; 0 leaves that to the seed, any other number is the same object in every mix.
  public var object: UInt64 = 0

  public init() {}

  public static let name = "tap"
  public static let summary = "fingers tapping on an object: single taps, rolls, flutters, slow exploring"
  public var calibrationDB: Double { -4.2 + tool.calibrationDB + gesture.calibrationDB }
  public static let parameters: [Parameter<Tap>] = [
    .choice("surface", \.surface, "what is tapped"),
    .choice("other-surface", \.otherSurface, "a second surface, tapped every few phrases"),
    .choice("tool", \.tool, "what taps"),
    .choice("gesture", \.gesture, "how the fingers move; mixed is all of them in turn"),
    .number("pace", \.tapsPerSecond, 0.3...12, .perSecond, "taps while the hand is tapping"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard; harder is brighter too"),
    .number("variation", \.variation, 0...2, .none, "0 a metronome, 1 a hand, 2 a restless hand"),
    .whole("hands", \.hands, 1...2, "how many hands tap"),
    .number("handling", \.handling, 0...2, .none, "touches and sliding between the taps; 0 has none"),
    .number("size", \.size, 0.25...4, .none, "of the object; twice the size is an octave lower"),
    .whole("object", \.object, 0...UInt64.max, "which of its kind: 0 any, a number always the same one"),
  ]

  /// Phrases of about twenty taps.
  public var timing: Timing {
    Timing(slotSeconds: min(16, max(3.5, 20 / tapsPerSecond)), jitter: 0.4, tailSeconds: 1)
  }
}
