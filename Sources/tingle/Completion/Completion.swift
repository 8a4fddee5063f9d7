import ArgumentParser
import TingleSupport

/// Computes the completions of the word at the cursor from the declarations of the commands.
///
/// The shell scripts only pass the words and show the answer. Unlike ArgumentParser's own scripts, this
/// supports `--option=value` in bash, and the options and arguments of a default subcommand.
struct Completion {
  /// A complete word with its description.
  struct Candidate: Hashable {
    let word: String
    let summary: String?

    init(_ word: String, _ summary: String? = nil) { (self.word, self.summary) = (word, summary) }
  }

  /// All words before the one at the cursor; the first is the program's name.
  private let words: [String]
  // The command and its parents; the root command is first.
  private var path: [CommandTree.Command]
  private var given: Set<String> = []
  private var positionals = 0
  private var awaiting: CommandTree.Argument?
  private var isTerminated = false
  private var isHelp = false

  /// The candidates for a command line.
  /// - Parameters:
  ///   - words: the words before the one at the cursor.
  ///   - current: the part of the word at the cursor that precedes the cursor.
  static func candidates(after words: [String], _ current: String) -> [Candidate] {
    guard let tree = CommandTree.tingle else { return [] }
    var completion = Completion(words: words, path: [tree.command])
    for word in words.dropFirst() { completion.consume(word) }
    return completion.candidates(for: current)
  }

  private init(words: [String], path: [CommandTree.Command]) { (self.words, self.path) = (words, path) }

  private var command: CommandTree.Command { path[path.count - 1] }

  // MARK: Words before the cursor

  private mutating func consume(_ word: String) {
    if awaiting != nil {
      awaiting = nil
    } else if !isTerminated, word == "--" {
      isTerminated = true
    } else if !isTerminated, word.hasPrefix("-"), word != "-" {
      consumeOption(word)
    } else if positionals == 0, let next = command.subcommand(word) {
      isHelp = isHelp || path.count == 1 && word == "help"
      if word != "help" || !isHelp { enter(next) }
    } else {
      if let standard = command.standard { enter(standard) }
      positionals += 1
    }
  }

  private mutating func consumeOption(_ word: String) {
    let sign = word.firstIndex(of: "=")
    let name = String(word[..<(sign ?? word.endIndex)])
    if command.option(name) == nil, let standard = command.standard, standard.option(name) != nil {
      enter(standard)
    }
    guard let option = command.option(name) else { return }
    given.formUnion(option.spellings)
    if option.kind == .option, sign == nil { awaiting = option }
  }

  private mutating func enter(_ command: CommandTree.Command) {
    path.append(command)
    (given, positionals) = ([], 0)
  }

  // MARK: The word at the cursor

  private func candidates(for current: String) -> [Candidate] {
    if let awaiting { return values(of: awaiting, in: path, current) }
    if !isTerminated, current.hasPrefix("-") {
      guard current.hasPrefix("--"), let sign = current.firstIndex(of: "=") else { return options(current) }
      return values(ofOption: String(current[..<sign]), String(current[sign...].dropFirst()))
    }
    var found: [Candidate] = []
    if positionals == 0, !isTerminated {
      found = command.shownSubcommands.map { Candidate($0.commandName, $0.abstract) }
        .filter { $0.word.hasPrefix(current) }
    }
    guard !isHelp else { return found }
    let path = path + (command.standard.map { [$0] } ?? [])
    let arguments = path[path.count - 1].positionals
    if let argument = arguments.dropFirst(positionals).first ?? arguments.last(where: \.isRepeating) {
      found += values(of: argument, in: path, current).filter { !found.contains($0) }
    }
    return found.isEmpty && current.isEmpty && !isTerminated ? options("") : found
  }

  /// The options of the command and of its default subcommand, without those already given.
  private func options(_ current: String) -> [Candidate] {
    guard !isHelp else { return [] }
    var found: [Candidate] = []
    for option in [command, command.standard].compactMap({ $0 }).flatMap(\.options)
    where option.isRepeating || given.isDisjoint(with: option.spellings) {
      for spelling in option.spellings where spelling.hasPrefix(current) {
        if !found.contains(where: { $0.word == spelling }) {
          found.append(Candidate(spelling, option.abstract))
        }
      }
    }
    return found
  }

  private func values(ofOption name: String, _ value: String) -> [Candidate] {
    let commands = [command, command.standard].compactMap { $0 }
    for (k, command) in commands.enumerated() {
      guard let option = command.option(name), option.kind == .option else { continue }
      return values(of: option, in: k == 0 ? path : path + [command], value)
        .map { Candidate("\(name)=\($0.word)") }
    }
    return []
  }

  private func values(
    of argument: CommandTree.Argument, in path: [CommandTree.Command], _ value: String
  ) -> [Candidate] {
    let words: [String] =
      switch argument.completionKind {
      case .list(let values): values
      case .file(let extensions): FileCandidates.files(value, extensions: extensions)
      case .directory: FileCandidates.folders(value)
      case .custom: custom(argument, in: path, value)
      case nil: []
      }
    return words.filter { $0.hasPrefix(value) }.map { Candidate($0) }
  }

  /// Runs the completion closure of an argument through ArgumentParser's `---completion` request.
  private func custom(
    _ argument: CommandTree.Argument, in path: [CommandTree.Command], _ value: String
  ) -> [String] {
    guard let command = path.last else { return [] }
    let index = command.positionals.firstIndex(of: argument)
    let name = argument.spellings.first ?? "positional@\(index ?? 0)"
    let request =
      ["---completion"] + path.dropFirst().map(\.commandName)
      + ["--", name, "\(words.count)", "\(value.count)"] + words + [value]
    do {
      _ = try Tingle.parseAsRoot(request)
      return []
    } catch {
      guard Tingle.exitCode(for: error).isSuccess else { return [] }
      return Tingle.fullMessage(for: error).split(separator: "\n").map(String.init)
    }
  }
}
