/// The pages of a book or a magazine turned slowly, one after the other.
public struct Page: Trigger {
  public typealias Voice = PageVoice

  /// Pages turned per second.
  public var pagesPerSecond = 6.0 / 60
  /// The speed of each turn; 1 takes about a second.
  public var speed = 1.0
  /// How hard, in decibels: louder, and with it more snaps.
  public var intensityDB = 0.0
  /// How gentle the hand is with the highest snaps.
  public var softness = 0.5
  /// How stiff the paper is: 0.4 a thin, old book's, 1 a magazine's, 3 card.
  public var stiffness = 1.0
  /// How large the page is: 0.5 a notebook's, 1 a book's, 3 a newspaper's.
  public var size = 1.0
  /// 0 fresh, 1 limp from much reading.
  public var age = 0.2

  public init() {}

  public static let name = "page"
  public static let summary = "pages turned: a finger slides under, the sheet lifts, buckles and falls"
  public var calibrationDB: Double { 8.4 }
  public static let parameters: [Parameter<Page>] = [
    .number("pace", \.pagesPerSecond, 0.5 / 60...40 / 60, .perSecond, "pages turned"),
    .number("speed", \.speed, 0.3...3, .none, "of each turn; 1 takes about a second"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard; harder has more snaps too"),
    .number("softness", \.softness, 0...1, .none, "how gentle the hand is with the highest snaps"),
    .number("stiffness", \.stiffness, 0.25...4, .none, "0.4 a thin old book, 1 a magazine, 3 card"),
    .number("size", \.size, 0.25...4, .none, "0.5 a notebook, 1 a book, 3 a newspaper"),
    .number("age", \.age, 0...1, .none, "0 fresh, 1 limp from much reading"),
  ]

  /// A page to a slot. A slow hand can still be turning one when the next begins.
  public var timing: Timing {
    let longest = 4 + (1.8 + 1.4 * Maths.pow(size, 0.3)) / speed
    return Timing(slotSeconds: 1 / pagesPerSecond, jitter: 0.35, tailSeconds: longest)
  }
}
