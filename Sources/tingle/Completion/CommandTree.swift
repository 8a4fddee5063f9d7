import Foundation

/// The commands and their arguments, decoded from ArgumentParser's description (`--experimental-dump-help`).
struct CommandTree: Decodable {
  let command: Command

  /// The tree of `tingle`.
  static let tingle: CommandTree? = try? JSONDecoder().decode(
    CommandTree.self, from: Data(Tingle._dumpHelp().utf8))

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let shouldDisplay: Bool
    let defaultSubcommand: String?
    private let subcommands: [Command]?
    private let arguments: [Argument]?

    /// The subcommands that help lists.
    var shownSubcommands: [Command] { (subcommands ?? []).filter(\.shouldDisplay) }

    /// The default subcommand.
    var standard: Command? { defaultSubcommand.flatMap(subcommand) }

    func subcommand(_ name: String) -> Command? { subcommands?.first { $0.commandName == name } }

    var positionals: [Argument] { (arguments ?? []).filter { $0.kind == .positional } }

    /// The options and flags that help lists.
    var options: [Argument] { (arguments ?? []).filter { $0.kind != .positional && $0.shouldDisplay } }

    /// The option or flag with a name such as `--format` or `-o`.
    func option(_ name: String) -> Argument? { options.first { $0.spellings.contains(name) } }
  }

  struct Argument: Decodable, Equatable {
    enum Kind: String, Decodable { case positional, option, flag }

    let kind: Kind
    let shouldDisplay: Bool
    let isRepeating: Bool
    let abstract: String?
    let completionKind: Values?
    private let names: [Name]?

    /// The names with their dashes.
    var spellings: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
  }

  private struct Name: Decodable, Equatable {
    let kind: String
    let name: String
  }

  /// The source of an argument's completions.
  enum Values: Decodable, Equatable {
    case list(values: [String])
    case file(extensions: [String])
    case directory
    case custom
  }
}
