import CNcurses
import TingleLive

/// The declaration of a key, or of a few related keys, of the mixing desk: what they do and what the key help
/// says.
struct KeyBinding: Sendable {
  /// What a key does.
  enum Action: Sendable {
    /// Moves the selection by a number of rows.
    case select(Int)
    /// Edits the selected layer.
    case layer(@Sendable (_ layer: String) -> SceneEdit)
    /// Performs a command line.
    case line(String)
    /// Asks for a text in the bottom line.
    case prompt(Prompt)
    /// Shows the key help.
    case help
  }

  /// A text to be typed, and the command line that it makes.
  struct Prompt: Sendable {
    let label: String
    /// The command line for an answer and the selected layer.
    let line: @Sendable (_ answer: String, _ layer: String) -> String
  }

  /// The keys as the key help names them.
  let label: String
  /// What the keys do, for the key help.
  let help: String
  private let actions: [Int32: Action]

  /// The action of a key as ncurses reports it; nil for a key without a binding.
  static func action(for key: Int32) -> Action? { actions[key] }

  private static let actions: [Int32: Action] = all.reduce(into: [:]) {
    $0.merge($1.actions) { first, _ in first }
  }

  /// Every binding, in the order of the key help.
  static let all: [KeyBinding] = [
    KeyBinding(
      "j k", help: "select a layer (or arrow keys)",
      keys("j", code: KEY_DOWN, .select(1)), keys("k", code: KEY_UP, .select(-1))),
    KeyBinding(
      "h l", .level, detail: "-1, +1 dB (or arrow keys)",
      keys("h", code: KEY_LEFT, level(by: -1)), keys("l", code: KEY_RIGHT, level(by: 1))),
    KeyBinding(
      "H L", .level, detail: "-5, +5 dB (or page keys)",
      keys("H", code: KEY_NPAGE, level(by: -5)), keys("L", code: KEY_PPAGE, level(by: 5))),
    KeyBinding("m", .mute, keys("m", .layer { .mute($0, nil) })),
    KeyBinding("o", .solo, detail: "(the bed stays on)", keys("o", .layer { .solo($0, nil) })),
    KeyBinding(
      "[ ]", .pace, detail: "down, up",
      keys("[", .layer { .scalePace($0, by: 1 / 1.1) }), keys("]", .layer { .scalePace($0, by: 1.1) })),
    KeyBinding(
      ", .", .place, detail: "15° left, right",
      keys(",", .layer { .rotate($0, byDegrees: -15) }), keys(".", .layer { .rotate($0, byDegrees: 15) })),
    KeyBinding("e", .set, keys("e", prompt("set (KEY VALUE)") { "set \($1) \($0)" })),
    KeyBinding(
      "t", .text, keys("t", prompt("text") { "text \($1) \(LiveCommand.quoted($0))" })),
    KeyBinding("a", .add, keys("a", prompt("add (TRIGGER:KEY=VALUE,...)") { answer, _ in "add \(answer)" })),
    KeyBinding("d", .remove, detail: "(or Delete)", keys("d", code: KEY_DC, .layer { .remove($0) })),
    KeyBinding(
      "+ -", .master, detail: "+1, -1 dB",
      keys("+", or: "=", .line("master +=1dB")), keys("-", .line("master -=1dB"))),
    KeyBinding("space", .toggle, keys(" ", .line("toggle"))),
    KeyBinding(
      "< >", .skip, detail: "back, forward 1 min", keys("<", .line("skip -60s")), keys(">", .line("skip 60s"))
    ),
    KeyBinding("g", .jump, keys("g", prompt("jump to (TIME)") { answer, _ in "jump \(answer)" })),
    KeyBinding("n", .next, keys("n", .line("next"))),
    KeyBinding("b", .previous, keys("b", .line("previous"))),
    KeyBinding("N", help: "the script's next line", keys("N", .line("next line"))),
    KeyBinding("A", .again, keys("A", .line("again"))),
    KeyBinding("P", help: "pause after the script's line", keys("P", .line("pause line"))),
    KeyBinding("r", .seed, keys("r", .line("seed random"))),
    KeyBinding(
      "z", .sleep, keys("z", prompt("sleep after (TIME or off)") { answer, _ in "sleep \(answer)" })),
    KeyBinding("s", .save, keys("s", prompt("save as (NAME)") { answer, _ in "save \(answer)" })),
    KeyBinding("u", .undo, keys("u", .line("undo"))),
    KeyBinding(
      ":", help: "any command of `tingle ctl`", keys(":", prompt("") { answer, _ in commandLine(answer) })),
    KeyBinding("?", help: "this list", keys("?", .help)),
    KeyBinding("q", .stop, keys("q", .line("stop"))),
  ]

  /// A binding that belongs to the desk.
  private init(_ label: String, help: String, _ actions: [Int32: Action]...) {
    self.label = label
    self.help = help
    self.actions = actions.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  /// A binding for a live command; its help is the command's own, with a detail.
  private init(
    _ label: String, _ command: LiveCommand.Definition, detail: String? = nil, _ actions: [Int32: Action]...
  ) {
    self.label = label
    help = [command.keyHelp ?? command.name, detail].compactMap { $0 }.joined(separator: " ")
    self.actions = actions.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  private static func keys(_ character: Unicode.Scalar, _ action: Action) -> [Int32: Action] {
    [Int32(character.value): action]
  }

  private static func keys(
    _ character: Unicode.Scalar, or other: Unicode.Scalar, _ action: Action
  ) -> [Int32: Action] {
    [Int32(character.value): action, Int32(other.value): action]
  }

  private static func keys(
    _ character: Unicode.Scalar, code: Int32, _ action: Action
  ) -> [Int32: Action] {
    [Int32(character.value): action, code: action]
  }

  private static func level(by offsetDB: Double) -> Action { .layer { .level($0, .relative(offsetDB)) } }

  private static func prompt(
    _ label: String, _ line: @escaping @Sendable (_ answer: String, _ layer: String) -> String
  ) -> Action {
    .prompt(Prompt(label: label, line: line))
  }

  /// The command line for an answer to `:`, which can also be one of vim's commands to quit or write.
  private static func commandLine(_ answer: String) -> String {
    if ["q", "q!", "quit", "qa"].contains(answer) { return "stop" }
    return answer.hasPrefix("w ") ? "save " + answer.dropFirst(2) : answer
  }
}
