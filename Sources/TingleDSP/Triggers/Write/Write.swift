/// Somebody writing: letters as a hand draws them, words, and the lifts between.
public struct Write: Trigger {
  public typealias Voice = WriteVoice

  /// What one writes with.
  public var pen = Pen.pencil
  /// Letters per second while the hand writes.
  public var lettersPerSecond = 2.0
  /// How hard, in decibels.
  public var intensityDB = 0.0
  /// How long the hand pauses between words and lines, 1 as a calm hand does.
  public var rest = 1.0
  /// What the paper lies on.
  public var table = Surface.wood

  public init() {}

  public static let name = "write"
  public static let summary = "a pencil, pen, brush or henna cone writing: strokes, letters, words, lifts"
  public var calibrationDB: Double { -25.3 }
  public static let parameters: [Parameter<Write>] = [
    .choice("pen", \.pen, "what one writes with"),
    .number("pace", \.lettersPerSecond, 0.2...6, .perSecond, "letters while the hand writes"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard"),
    .number("rest", \.rest, 0...4, .none, "pauses between words and lines"),
    .choice("table", \.table, "what the paper lies on"),
  ]

  /// Some words to a slot.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 1.5) }
}

/// What one writes with.
public enum Pen: String, Choice {
  case pencil, ballpoint
  case brush
  case henna

  var model: ContactModel {
    switch self {
    case .pencil:
      ContactModel(
        bandHz: 1000...7500, grainsPerSecond: 95, grainSeconds: 0.7e-3...4.5e-3, grainSpreadDB: 10,
        tangles: 0.05, hissDB: -19, rumbleDB: -11, rumbleHz: 130...420)
    case .ballpoint:
      ContactModel(
        bandHz: 800...6500, grainsPerSecond: 60, grainSeconds: 0.6e-3...3.5e-3, grainSpreadDB: 9,
        tangles: 0.05, hissDB: -22, rumbleDB: -13, rumbleHz: 130...380)
    case .brush:
      ContactModel(
        bandHz: 350...3800, grainsPerSecond: 55, grainSeconds: 1e-3...4.5e-3, grainSpreadDB: 9,
        tangles: 0.04, hissDB: -19, rumbleDB: -20, rumbleHz: 90...350)
    case .henna:
      ContactModel(
        bandHz: 300...3000, grainsPerSecond: 26, grainSeconds: 1.2e-3...5e-3, grainSpreadDB: 9,
        tangles: 0.06, hissDB: -19, rumbleDB: -20, rumbleHz: 90...350)
    }
  }

  /// What makes it as loud as the others.
  var calibrationDB: Double {
    switch self {
    case .pencil: -3
    case .ballpoint: 0.6
    case .brush: -0.1
    case .henna: 1.4
    }
  }

  /// How long half an oval of a letter takes, against a pencil.
  var slowness: Double { self == .henna ? 3 : self == .brush ? 1.8 : 1 }
  /// How hard it is put down on the table.
  var landingDB: Double {
    switch self {
    case .pencil: -5
    case .ballpoint: -4
    case .brush: -18
    case .henna: -24
    }
  }
}
