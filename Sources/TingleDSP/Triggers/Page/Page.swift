/// Pages of a book or a magazine, turned slowly one after the other.
public struct Page: Trigger {
  public typealias Voice = PageVoice

  /// The rate of page turns, per second.
  public var pagesPerSecond = 6.0 / 60
  /// The speed of each turn; 1 takes about a second.
  public var speed = 1.0
  /// The force of the hand, in decibels; more force is louder and makes more snaps.
  public var intensityDB = 0.0
  /// The attenuation of the strongest snaps, 0 ... 1: 0 is none, 1 is up to 24 dB.
  public var softness = 0.5
  /// The stiffness of the paper: 0.4 for a thin old book, 1 for a magazine, 3 for card.
  public var stiffness = 1.0
  /// The size of the page: 0.5 for a notebook, 1 for a book, 3 for a newspaper.
  public var size = 1.0
  /// The wear of the paper: 0 is fresh, 1 is limp.
  public var age = 0.2

  public init() {}

  public static let name = "page"
  public static let summary =
    "page turns: a finger slides under the corner, the sheet lifts, buckles and falls"
  public var calibrationDB: Double { 8.6 }
  public static let parameters: [Parameter<Page>] = [
    .number("pace", \.pagesPerSecond, 0.5 / 60...40 / 60, .perSecond, "the rate of page turns"),
    .number("speed", \.speed, 0.3...3, .none, "the speed of each turn; 1 takes about a second"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels,
      "the force of the hand; more force also makes more snaps"),
    .number("softness", \.softness, 0...1, .none, "the attenuation of the strongest snaps"),
    .number(
      "stiffness", \.stiffness, 0.25...4, .none,
      "the stiffness of the paper: 0.4 thin old book, 1 magazine, 3 card"),
    .number("size", \.size, 0.25...4, .none, "the size of the page: 0.5 notebook, 1 book, 3 newspaper"),
    .number("age", \.age, 0...1, .none, "the wear of the paper: 0 fresh, 1 limp"),
  ]

  /// One page per slot. A slow turn can overlap the next one.
  public var timing: Timing {
    let longest = 5 + (1.8 + 1.4 * Maths.pow(size, 0.3)) / speed
    return Timing(slotSeconds: 1 / pagesPerSecond, jitter: 0.35, tailSeconds: longest)
  }
}
