/// Fingers that tap on an object near the ear.
public struct Tap: Trigger {
  public typealias Voice = TapVoice

  /// The surface of the object.
  public var surface = Surface.wood
  /// A second surface within the hand's reach, tapped every few phrases.
  public var otherSurface: Surface? = nil
  /// The tool that taps.
  public var tool = Tool.nail
  /// The pattern of the fingers.
  public var gesture = TapGesture.mixed
  /// The rate of taps within a phrase, per second.
  public var tapsPerSecond = 5.0
  /// The force, in decibels relative to a nominal tap; a harder tap is also brighter.
  public var intensityDB = 0.0
  /// The variation of force, timing and position: 0 is a metronome, 1 a hand, 2 a restless hand.
  public var variation = 1.0
  /// The number of hands, 1 or 2.
  public var hands = 1
  /// The level and number of touches and slides between the taps; 0 is none, 1 is what a close microphone
  /// picks up.
  public var handling = 1.0
  /// The size of the object; twice the size is an octave lower.
  public var size = 1.0
  /// The number of the object: the same object in every mix; 0 draws one from the seed.
  public var object: UInt64 = 0

  public init() {}

  public static let name = "tap"
  public static let summary = "fingers tapping on an object: single taps, rolls, flutters, slow exploring"
  public var calibrationDB: Double {
    -4.2 + surface.calibrationDB + tool.calibrationDB + gesture.calibrationDB
  }
  public static let parameters: [Parameter<Tap>] = [
    .choice("surface", \.surface, "the surface of the object"),
    .choice("other-surface", \.otherSurface, "a second surface, tapped every few phrases"),
    .choice("tool", \.tool, "the tool that taps"),
    .choice("gesture", \.gesture, "the pattern of the fingers; mixed draws one for each phrase"),
    .number("pace", \.tapsPerSecond, 0.3...12, .perSecond, "the rate of taps within a phrase"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force; a harder tap is also brighter"),
    .number(
      "variation", \.variation, 0...2, .none,
      "the variation of force and timing: 0 metronome, 1 hand, 2 restless"),
    .whole("hands", \.hands, 1...2, "the number of hands"),
    .number("handling", \.handling, 0...2, .none, "the touches and slides between the taps; 0 for none"),
    .number("size", \.size, 0.25...4, .none, "the size of the object; twice the size is an octave lower"),
    .whole("object", \.object, 0...UInt64.max, "the number of the object; 0 draws one from the seed"),
  ]

  /// A phrase of about twenty taps per slot.
  public var timing: Timing {
    Timing(slotSeconds: min(16, max(3.5, 20 / tapsPerSecond)), jitter: 0.4, tailSeconds: 1)
  }
}
