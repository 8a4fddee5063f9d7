/// Paper, foil or wrapping crinkled slowly by a hand.
public struct Crinkle: Trigger {
  public typealias Voice = CrinkleVoice

  /// What is crinkled.
  public var material = Material.paper
  /// What the hand does with it.
  public var gesture = CrinkleGesture.mixed
  /// Snaps per second while the hand moves.
  public var snapsPerSecond = 80.0
  /// How hard, in decibels: louder, and with it more snaps.
  public var intensityDB = 0.0
  /// How much is taken off the highest snaps, as by a gentle hand farther off: 0 nothing, 1 up to 24 dB.
  public var softness = 0.5
  /// How long the hand rests between its doings, 1 as a calm hand does; 0 goes on without a pause.
  public var rest = 1.0
  /// How stiff the sheet is, 1 the material's own; stiffer is brighter and cracks harder.
  public var stiffness = 1.0
  /// How large the sheet is, 1 a hand's breadth or two; larger ones are lower and ring longer.
  public var size = 1.0
  /// 0 fresh, 1 much handled: limp, full of small creases, without loud cracks.
  public var age = 0.2

  public init() {}

  public static let name = "crinkle"
  public static let summary = "a sheet crinkled by a slow hand: clustered snaps of very different strength"
  public var calibrationDB: Double { 11.5 + material.calibrationDB + gesture.calibrationDB }
  public static let parameters: [Parameter<Crinkle>] = [
    .choice("material", \.material, "what is crinkled"),
    .choice("gesture", \.gesture, "what the hand does; mixed is all of it in turn"),
    .number("pace", \.snapsPerSecond, 2...2000, .perSecond, "snaps while the hand moves"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard; harder has more snaps too"),
    .number("softness", \.softness, 0...1, .none, "how gentle the hand is with the highest snaps"),
    .number("rest", \.rest, 0...2, .none, "pauses between doings; 0 goes on without any"),
    .number("stiffness", \.stiffness, 0.25...4, .none, "of the sheet; stiffer is brighter and cracks harder"),
    .number("size", \.size, 0.25...4, .none, "of the sheet; larger is lower and rings longer"),
    .number("age", \.age, 0...1, .none, "0 fresh, 1 limp from much handling"),
  ]

  /// Some seconds of doing, some of rest.
  public var timing: Timing {
    Timing(slotSeconds: 8, jitter: 0.35, tailSeconds: SheetMotion.longestTailSeconds + 0.5)
  }
}
