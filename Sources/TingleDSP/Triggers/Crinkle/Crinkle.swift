/// Paper, foil or wrapping crinkled slowly by a hand.
public struct Crinkle: Trigger {
  public typealias Voice = CrinkleVoice

  /// What is crinkled.
  public var material = Material.paper
  /// Snaps per second while the hand moves.
  public var snapsPerSecond = 80.0
  /// How hard, in decibels: louder, and with it more snaps.
  public var intensityDB = 0.0
  /// How gentle the hand is with the highest snaps: 0 lets them be, 1 keeps them 15 dB lower.
  public var softness = 0.3

  public init() {}

  public static let name = "crinkle"
  public static let summary = "a sheet crinkled by a slow hand: clustered snaps of very different strength"
  public static let calibrationDB = 5.5
  public static let parameters: [Parameter<Crinkle>] = [
    .choice("material", \.material, "what is crinkled"),
    .number("pace", \.snapsPerSecond, 2...500, .perSecond, "snaps while the hand moves"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard; harder has more snaps too"),
    .number("softness", \.softness, 0...1, .none, "how gentle the hand is with the highest snaps"),
  ]

  /// Some bouts of crinkling with rests between.
  public var timing: Timing {
    Timing(slotSeconds: 7, jitter: 0.35, tailSeconds: CrinkleGesture.longestTailSeconds + 0.5)
  }
}
