import TingleSupport

extension LiveCommand {
  /// The declaration of a live command: its name, arguments, help, MIDI behaviour and the command it makes.
  ///
  /// The parser, `tingle ctl --help`, spelling suggestions, shell completion, MIDI learning and the desk's
  /// key help are all derived from `Definition.all`.
  public struct Definition: Sendable {
    /// The first word of the command line.
    public let name: String
    /// The arguments in the order in which they are written; only the last one can be optional.
    public let arguments: [Argument]
    /// A valid command line, which error messages quote.
    public let example: String
    /// What the command does, for `tingle ctl --help`.
    public let help: String
    /// What the command does, for the desk's key help; nil if no key is bound to it.
    public let keyHelp: String?
    /// The edit that a MIDI controller makes, given the arguments without the last one and the controller's
    /// value, 0 ... 127. Nil if the command cannot follow a controller.
    let controllerEdit: (@Sendable (_ arguments: [String], _ value: Int) -> SceneEdit)?
    /// Makes the command from its arguments.
    private let make: @Sendable (_ arguments: [String]) throws -> LiveCommand

    init(
      _ name: String, _ arguments: [Argument] = [], example: String? = nil, help: String,
      keyHelp: String? = nil,
      controllerEdit: (@Sendable (_ arguments: [String], _ value: Int) -> SceneEdit)? = nil,
      make: @escaping @Sendable (_ arguments: [String]) throws -> LiveCommand
    ) {
      self.name = name
      self.arguments = arguments
      self.example = example ?? name
      self.help = help
      self.keyHelp = keyHelp
      self.controllerEdit = controllerEdit
      self.make = make
    }

    /// The name and the placeholders of the arguments: `level LAYER LEVEL`.
    public var usage: String { ([name] + arguments.map(\.placeholder)).joined(separator: " ") }

    /// Makes a command from the words after the name.
    /// - Parameter line: the whole command line, of which arguments that keep their quotes are a part.
    /// - Throws: `UserError` (`usage`).
    func command(from words: [String], in line: String) throws -> LiveCommand {
      var values = words
      if let last = arguments.last, words.count >= arguments.count {
        switch last.extent {
        case .word: break
        case .rest:
          values =
            words.prefix(arguments.count - 1) + [
              words.dropFirst(arguments.count - 1).joined(separator: " ")
            ]
        case .verbatim: values = [try LiveCommand.remainder(of: line)]
        }
      }
      let required = arguments.count { !$0.isOptional }
      guard values.count >= required else { throw misuse("missing argument") }
      guard values.count <= arguments.count else {
        throw misuse(arguments.isEmpty ? "unexpected argument" : "too many arguments")
      }
      return try make(values)
    }

    private func misuse(_ fault: String) -> UserError {
      let example = example == usage ? "" : ", for example '\(example)'"
      return UserError(.usage, "\(name): \(fault); usage: \(usage)\(example)")
    }
  }

  /// The kind of an argument of a live command.
  public enum Argument: Sendable, Equatable {
    /// A layer's name.
    case layer
    /// A parameter's key.
    case key
    /// A parameter's value; the parameter's key, or nil if the argument before names it.
    case value(of: String?)
    /// A level in decibels, or a change of one.
    case level
    /// `on` or `off`; optional.
    case onOff
    /// A layer, written as for `--layer`.
    case layerSpec
    /// A whole number or `random`.
    case seed
    /// A time.
    case time
    /// A time or `off`.
    case timeOrOff
    /// A preset's name or path.
    case preset
    /// The name of a preset to be saved.
    case name
    /// A command line, or the part of one that is assigned to a MIDI controller.
    case command
    /// The option `--json`; optional.
    case json
    /// The word `line`; optional.
    case line

    /// How much of a command line an argument takes.
    enum Extent {
      /// One word, or several in quotes.
      case word
      /// All remaining words, joined by spaces.
      case rest
      /// The rest of the line with its quotes.
      case verbatim
    }

    var extent: Extent {
      switch self {
      case .layer, .key, .onOff, .seed, .preset, .name, .json, .line: .word
      case .value, .level, .time, .timeOrOff: .rest
      case .layerSpec, .command: .verbatim
      }
    }

    /// Whether the argument can be omitted.
    public var isOptional: Bool { [.onOff, .json, .line].contains(self) }

    /// What stands for the argument in the usage line.
    var placeholder: String {
      switch self {
      case .layer: "LAYER"
      case .key: "KEY"
      case .value: "VALUE"
      case .level: "LEVEL"
      case .onOff: "[on|off]"
      case .layerSpec: "TRIGGER:KEY=VALUE"
      case .seed: "NUMBER|random"
      case .time: "TIME"
      case .timeOrOff: "TIME|off"
      case .preset: "PRESET"
      case .name: "NAME"
      case .command: "COMMAND"
      case .json: "[--json]"
      case .line: "[line]"
      }
    }
  }
}
