import CNcurses
import TingleLive

/// What a key does.
enum KeyBinding {
  /// Moves the selection.
  case select(Int)
  /// Of the selected layer.
  case layer((String) -> Command)
  case command(Command)
  /// Asks for something in the bottom line.
  case ask(Question)
  case help

  /// What is asked, and what an answer means.
  enum Question: String {
    case set = "set (key value)"
    case text = "text"
    case add = "add (trigger:key=value,...)"
    case jump = "jump to"
    case sleep = "sleep after (30m, off)"
    case save = "save as"
    case command = ":"
  }

  init?(key: Int32) {
    switch key {
    case KEY_DOWN: self = .select(1)
    case KEY_UP: self = .select(-1)
    case KEY_RIGHT: self = Self.louder(1)
    case KEY_LEFT: self = Self.louder(-1)
    case KEY_PPAGE: self = Self.louder(5)
    case KEY_NPAGE: self = Self.louder(-5)
    case KEY_DC: self = .layer { .remove($0) }
    case 0..<128:
      guard let stroke = Self.letter(Character(UnicodeScalar(UInt8(key)))) else { return nil }
      self = stroke
    default: return nil
    }
  }

  private static func louder(_ by: Double) -> KeyBinding { .layer { .level($0, by, by: true) } }

  private static func letter(_ letter: Character) -> KeyBinding? {
    switch letter {
    case "j": .select(1)
    case "k": .select(-1)
    case "l": louder(1)
    case "h": louder(-1)
    case "L": louder(5)
    case "H": louder(-5)
    case "m": .layer { .mute($0, nil) }
    case "o": .layer { .solo($0, nil) }
    case "]": .layer { .quicken($0, by: 1.1) }
    case "[": .layer { .quicken($0, by: 1 / 1.1) }
    case ".": .layer { .turn($0, by: 15) }
    case ",": .layer { .turn($0, by: -15) }
    case "+", "=": .command(.master(1, by: true))
    case "-": .command(.master(-1, by: true))
    case " ": .command(.toggle)
    case "<": .command(.skip(-60))
    case ">": .command(.skip(60))
    case "n": .command(.next)
    case "b": .command(.previous)
    case "r": .command(.seed(UInt64.random(in: 1...999_999_999)))
    case "u": .command(.undo)
    case "d": .layer { .remove($0) }
    case "e": .ask(.set)
    case "t": .ask(.text)
    case "a": .ask(.add)
    case "g": .ask(.jump)
    case "z": .ask(.sleep)
    case "s": .ask(.save)
    case ":": .ask(.command)
    case "?": .help
    case "q": .command(.stop)
    default: nil
    }
  }

  /// What they do, in the order in which they are wanted.
  static let entries = [
    ("j k", "which layer (or arrows)"), ("h l", "quieter, louder (or arrows)"),
    ("H L", "by 5 dB (or page keys)"), ("m", "mute"), ("o", "only this one, and the bed"),
    ("[ ]", "slower, faster"), (", .", "to the left, to the right"), ("e", "set a parameter"),
    ("t", "other words"), ("a d", "add a layer, remove this one"), ("+ -", "the whole, by 1 dB"),
    ("space", "pause"), ("< >", "a minute back, on"), ("g", "jump to a time"),
    ("n b", "next preset, the one before"), ("r", "another seed"), ("z", "sleep timer"),
    ("s", "save as a preset"), ("u", "undo"), (":", "any command of `tingle ctl`"), ("?", "these keys"),
    ("q", "fade out and end"),
  ]
}
