/// Things that come apart slowly: paper that is torn, tape that is peeled, velcro, a zipper.
public struct Tear: Trigger {
  public typealias Voice = TearVoice

  /// What comes apart.
  public var kind = TearKind.paper
  /// The rate of pulls, per second.
  public var pullsPerSecond = 0.25
  /// The force of the hand, in decibels.
  public var intensityDB = 0.0
  /// The speed of a pull relative to the usual one: a faster pull is shorter, louder and brighter.
  public var speed = 1.0
  /// The attenuation of high frequencies, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "tear"
  public static let summary = "things that come apart slowly: paper, sticky tape, velcro, a zipper"
  public var calibrationDB: Double { kind.calibrationDB }
  public static let parameters: [Parameter<Tear>] = [
    .choice("kind", \.kind, "what comes apart"),
    .number("pace", \.pullsPerSecond, 0.05...1, .perSecond, "the rate of pulls"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the hand"),
    .number("speed", \.speed, 0.4...2.5, .none, "the speed of a pull; a faster one is shorter and brighter"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies"),
  ]

  /// A pull for each slot.
  public var timing: Timing {
    Timing(slotSeconds: 1 / pullsPerSecond, jitter: 0.25, tailSeconds: TearVoice.longestSeconds / speed)
  }
}
