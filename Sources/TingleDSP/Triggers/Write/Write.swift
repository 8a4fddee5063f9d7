/// Handwriting: the strokes of letters, words, and the lifts of the pen between them.
public struct Write: Trigger {
  public typealias Voice = WriteVoice

  /// The pen.
  public var pen = Pen.pencil
  /// The rate of letters while the hand writes, per second.
  public var lettersPerSecond = 2.0
  /// The force of the hand, in decibels.
  public var intensityDB = 0.0
  /// A factor on the pauses between words and lines.
  public var rest = 0.5
  /// The surface of the table under the paper.
  public var table = Surface.wood

  public init() {}

  public static let name = "write"
  public static let summary = "handwriting with a pencil, pen, brush or henna cone: letters, words, pauses"
  public var calibrationDB: Double { -26.7 }
  public static let parameters: [Parameter<Write>] = [
    .choice("pen", \.pen, "the pen"),
    .number("pace", \.lettersPerSecond, 0.2...6, .perSecond, "the rate of letters while the hand writes"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the hand"),
    .number("rest", \.rest, 0...4, .none, "a factor on the pauses between words and lines"),
    .choice("table", \.table, "the surface of the table under the paper"),
  ]

  /// Some words per slot.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 1.5) }
}
