/// A sheet of paper, foil or wrapping that a hand crinkles slowly.
public struct Crinkle: Trigger {
  public typealias Voice = CrinkleVoice

  /// The material of the sheet.
  public var material = Material.paper
  /// The movement of the hand.
  public var gesture = CrinkleGesture.mixed
  /// The rate of snaps while the hand moves, per second.
  public var snapsPerSecond = 80.0
  /// The force of the hand, in decibels; more force is louder and makes more snaps.
  public var intensityDB = 0.0
  /// The attenuation of the strongest snaps, 0 ... 1: 0 is none, 1 is up to 24 dB.
  public var softness = 0.5
  /// A factor on the pauses between movements; 0 is without pauses.
  public var rest = 1.0
  /// The stiffness of the sheet, relative to the material; a stiffer sheet is brighter and has stronger
  /// snaps.
  public var stiffness = 1.0
  /// The size of the sheet; 1 is about two hands wide. A larger sheet is lower and rings longer.
  public var size = 1.0
  /// The wear of the sheet: 0 is fresh, 1 is limp, with many small creases and without strong snaps.
  public var age = 0.2

  public init() {}

  public static let name = "crinkle"
  public static let summary = "a sheet crinkled by a slow hand: snaps in clusters, from faint to strong"
  public var calibrationDB: Double { 9.9 + material.calibrationDB + gesture.calibrationDB }
  public static let parameters: [Parameter<Crinkle>] = [
    .choice("material", \.material, "the material of the sheet"),
    .choice("gesture", \.gesture, "the movement of the hand; mixed draws one for each voice"),
    .number("pace", \.snapsPerSecond, 2...2000, .perSecond, "the rate of snaps while the hand moves"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels,
      "the force of the hand; more force also makes more snaps"),
    .number("softness", \.softness, 0...1, .none, "the attenuation of the strongest snaps"),
    .number("rest", \.rest, 0...2, .none, "a factor on the pauses between movements; 0 for none"),
    .number(
      "stiffness", \.stiffness, 0.25...4, .none,
      "the stiffness of the sheet; stiffer is brighter, with stronger snaps"),
    .number("size", \.size, 0.25...4, .none, "the size of the sheet; larger is lower and rings longer"),
    .number("age", \.age, 0...1, .none, "the wear of the sheet: 0 fresh, 1 limp"),
  ]

  /// One voice every eight seconds: some seconds of movement, then a rest.
  public var timing: Timing {
    Timing(slotSeconds: 8, jitter: 0.35, tailSeconds: SheetMotion.longestTailSeconds + 0.5)
  }
}
