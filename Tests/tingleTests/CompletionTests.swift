import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Shell completions")
  struct CompletionTests {
    /// The completions of command lines in bash, with the cursor at the end, through the generated script.
    private static func offered(
      _ lines: [String], in folder: String = Program.root, wordBreaks: String = #"$' \t\n"\'><=;|&(:'"#
    ) throws -> [String: [String]] {
      let script = """
        cd "$1" || exit 1
        eval "$("$2" --generate-completion-script bash)"
        COMP_WORDBREAKS=\(wordBreaks)
        while IFS= read -r line; do
          COMP_LINE=$line COMP_POINT=${#line}
          _tingle "$2" "" ""
          printf '%s\\0' "$line" "${COMPREPLY[@]}"
          printf '\\0'
        done
        """
      let result = try Program.run(
        ["--norc", "-c", script, "bash", folder, Program.path], executable: "/bin/bash",
        input: lines.map { $0 + "\n" }.joined())
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      var answers: [String: [String]] = [:]
      var words: [String] = []
      for word in String(decoding: result.output, as: UTF8.self).split(
        separator: "\0", omittingEmptySubsequences: false)
      {
        if word.isEmpty, let line = words.first {
          answers[line] = Array(words.dropFirst())
          words = []
        } else {
          words.append(String(word))
        }
      }
      return answers
    }

    @Test("bash completes formats, rooms, purposes, presets, files and subcommands")
    func words() throws {
      let expected: [(line: String, words: [String])] = [
        ("tingle pl", ["play"]),
        ("tingle render sleep --format ", ["wav", "flac", "ogg", "opus", "mp3"]),
        ("tingle render --format=f", ["flac"]),
        ("tingle render --format=", ["wav", "flac", "ogg", "opus", "mp3"]),
        ("tingle render --room b", ["booth", "bedroom", "bathroom"]),
        ("tingle check --for=", ["sleep", "awake"]),
        ("tingle batch rel", ["relax"]), ("tingle batch run rel", ["relax"]),
        ("tingle batch ver", ["verify"]),
        ("tingle batch relax --format flac,o", ["flac,ogg", "flac,opus"]),
        ("tingle batch --roo", ["--room"]), ("tingle batch --room=h", ["hall"]),
        ("tingle batch verify Sour", ["Sources/"]),
        ("tingle check sle", ["sleep"]), ("tingle check READ", ["README.md"]),
        ("tingle play Presets/sleep", ["Presets/sleep.yaml"]), ("tingle new x --from unw", ["unwind"]),
        ("tingle presets show calm", ["calm-nerves"]), ("tingle presets check calm", ["calm-nerves"]),
        ("tingle presets --tag=rea", ["reading"]), ("tingle presets li", ["list"]),
        ("tingle ctl sta", ["status"]), ("tingle ctl --json sta", ["status"]),
        ("tingle ctl load unw", ["unwind"]), ("tingle ctl sleep ", ["off"]),
        ("tingle whisper --voice=l", ["low"]), ("tingle whisper --place \"left", ["left ear", "left"]),
        ("tingle whisper --place left\\ e", ["left\\ ear"]), ("tingle whisper --language=en", ["en"]),
        ("tingle play --midi a", ["all"]), ("tingle play --device nul", ["null"]),
        ("tingle triggers crin", ["crinkle"]), ("tingle render --layer crin", ["crinkle"]),
        ("tingle help rend", ["render"]),
        // An option is offered once, unless it is repeatable.
        ("tingle render sleep --no-bed --no", []), ("tingle render --set a=b --se", ["--set", "--seed"]),
        ("tingle render -- --form", []),
        // The value of an option is not a positional argument.
        ("tingle play --device null unw", ["unwind"]), ("tingle play --device=null unw", ["unwind"]),
      ]
      // Not in the project folder, where `make demo` leaves a sound file.
      let folder = try TemporaryFolder()
      for name in ["Presets", "Sources", "README.md"] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.file(name), withDestinationPath: "\(Program.root)/\(name)")
      }
      let answers = try Self.offered(expected.map(\.line), in: folder.path)
      for (line, words) in expected {
        if words == ["en"] {
          #expect(answers[line]?.contains("en") == true, "\(line)")
        } else {
          #expect(answers[line] == words, "\(line)")
        }
      }
      // Without word breaks, the whole word is replaced.
      let whole = try Self.offered(["tingle render --format=f"], wordBreaks: "$' \\t\\n'")
      #expect(whole["tingle render --format=f"] == ["--format=flac"])
    }

    @Test("file names can contain spaces, quotes, brackets and bytes that are not UTF-8")
    func files() throws {
      let folder = try TemporaryFolder()
      for name in ["a b.yaml", "a'c.yml", "a[d].yaml", "a.txt", "sounds.wav", ".a.yaml"] {
        try Data().write(to: URL(fileURLWithPath: folder.file(name)))
      }
      try FileManager.default.createDirectory(
        atPath: folder.file("sleep"), withIntermediateDirectories: false)
      let lines = [
        "tingle play a", "tingle play \"a ", "tingle play 'a", "tingle play .a", "tingle check s",
        "tingle play ./s", "tingle check --chart=a", "tingle join s", "tingle batch -o s",
      ]
      let answers = try Self.offered(lines, in: folder.path)
      #expect(
        answers["tingle play a"]?.filter { $0 != "a-small-win" } == [
          "a\\ b.yaml", "a\\'c.yml", "a\\[d\\].yaml",
        ])
      #expect(answers["tingle play \"a "] == ["a b.yaml"])
      #expect(answers["tingle play 'a"]?.suffix(3) == ["a b.yaml", "a'\\''c.yml", "a[d].yaml"])
      #expect(answers["tingle play .a"] == [".a.yaml"])
      #expect(answers["tingle check s"]?.suffix(2) == ["sleep/", "sounds.wav"])
      #expect(answers["tingle play ./s"] == ["./sleep/"])
      #expect(answers["tingle check --chart=a"] == [])
      #expect(answers["tingle join s"] == ["sleep/", "sounds.wav"])
      #expect(answers["tingle batch -o s"] == ["sleep/"])
      // A name that is not UTF-8.
      var path = Array(folder.path.utf8CString.dropLast()) + [47, 98, CChar(bitPattern: 0xE9)]
      path += ".yaml".utf8CString
      close(open(path, O_CREAT | O_CLOEXEC, 0o600))
      let result = try Program.run(["---complete", "zsh", "tingle", "play", folder.file("b")])
      #expect(result.output == Data(folder.file("b").utf8) + [0xE9] + Data(".yaml\n".utf8))
    }

    @Test("in a terminal, Tab completes values after =, presets of a batch, paths and quoted words")
    func terminal() throws {
      let folder = try TemporaryFolder()
      let settings = """
        PS1='ready> '
        cd '\(Program.root)'
        source <('\(Program.path)' --generate-completion-script bash)

        """
      try settings.write(toFile: folder.file("rc"), atomically: true, encoding: .utf8)
      // The script runs the program by the typed path.
      let terminal = try PseudoTerminal(
        folder, "/bin/bash --rcfile '\(folder.file("rc"))' -i", environment: ["HISTFILE": "/dev/null"])
      #expect(terminal.shows("ready>"))
      for (typed, completed) in [
        ("render --format=f", "render --format=flac "), ("batch rel", "batch relax "),
        ("check Presets/sle", "check Presets/sleep.yaml "), ("batch verify Sour", "batch verify Sources/"),
        ("whisper --place=left\\ e", "whisper --place=left\\ ear "),
      ] {
        try terminal.type("\(Program.path) \(typed)")
        try terminal.press("Tab")
        try terminal.type("|")
        let row = "/tingle \(completed)|"
        #expect(terminal.shows(row, within: 20), "\(typed): \(terminal.screen)")
        try terminal.press("C-u")
      }
      try terminal.press("C-d")
    }

    /// The options whose values cannot be listed.
    private static let free: Set<String> = [
      "--set", "--duration", "--fade-in", "--fade-out", "--text", "--start", "--end", "--slice", "--jobs",
      "--timer", "--latency", "--seeds", "--name", "--shard", "--pace", "--credit",
    ]

    @Test("every option and every argument of every command has completions")
    func everything() throws {
      struct Tree: Decodable { let command: Command }
      struct Command: Decodable {
        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?
      }
      struct Argument: Decodable {
        struct Name: Decodable {
          let kind: String
          let name: String
        }
        let kind: String
        let names: [Name]?
        let valueName: String?
        let shouldDisplay: Bool
      }
      let dump = try Program.run(["--experimental-dump-help"]).output
      let tree = try JSONDecoder().decode(Tree.self, from: dump).command
      var lines: [String] = []
      func visit(_ command: Command, _ path: [String]) {
        let path = path + [command.commandName]
        guard path != ["tingle", "help"] else { return }
        let start = path.joined(separator: " ")
        lines.append("\(start) --")
        if let all = command.subcommands, !all.isEmpty { lines.append("\(start) ") }
        for argument in command.arguments ?? [] where argument.shouldDisplay {
          let spellings = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
          if argument.kind == "positional", !["text", "name"].contains(argument.valueName ?? "") {
            lines.append("\(start) ")
          }
          guard argument.kind == "option", Self.free.isDisjoint(with: spellings) else { continue }
          for spelling in spellings {
            // The form with a space is tested for one command.
            let isLong = spelling.hasPrefix("--")
            if !isLong || path.last == "play" { lines.append("\(start) \(spelling) ") }
            if isLong { lines.append("\(start) \(spelling)=") }
          }
        }
        for subcommand in command.subcommands ?? [] { visit(subcommand, path) }
      }
      visit(tree, [])
      #expect(lines.count > 80)
      let folder = try TemporaryFolder()
      // A file of every kind that is completed.
      for name in ["a.sofa", "a.json", "a.png", "a.texture", "a.wav", "a.yaml"] {
        try Data().write(to: URL(fileURLWithPath: folder.file(name)))
      }
      try FileManager.default.createDirectory(atPath: folder.file("b"), withIntermediateDirectories: false)
      let answers = try Self.offered(lines, in: folder.path)
      // No player runs.
      for line in lines where !line.hasPrefix("tingle ctl --player") {
        #expect(answers[line]?.isEmpty == false, "\(line)")
      }
      // Options with a fixed set of values offer all of them.
      for (option, values) in [
        ("room", ["none", "booth", "bedroom", "bathroom", "hall"]),
        ("rate", ["44100", "48000", "88200", "96000"]), ("channels", ["1", "2"]),
        ("bits", ["16", "24", "float"]), ("format", ["wav", "flac", "ogg", "opus", "mp3"]),
      ] {
        for line in lines where line.hasSuffix(" --\(option) ") || line.hasSuffix(" --\(option)=") {
          #expect(answers[line] == values, "\(line)")
        }
      }
    }

    @Test("zsh and fish get the same words, with descriptions of commands and options")
    func others() throws {
      for (shell, sign) in [
        ("zsh", "#compdef tingle\n"), ("fish", "complete --command tingle "),
        ("bash", "complete -F _tingle tingle"),
      ] {
        let script = try Program.run(["--generate-completion-script", shell])
        #expect(script.status == 0)
        #expect(String(decoding: script.output, as: UTF8.self).contains(sign))
        guard shell != "bash" else { continue }
        func answer(_ words: String...) throws -> [Substring] {
          String(decoding: try Program.run(["---complete", shell, "tingle"] + words).output, as: UTF8.self)
            .split(separator: "\n")
        }
        #expect(try answer("render", "--format=f") == ["--format=flac"])
        #expect(try answer("batch", "rel") == ["relax"])
        #expect(try answer("pla") == ["play\tPlay a preset on an audio device; Ctrl-C fades out and ends."])
        #expect(try answer("ctl", "status", "--js") == ["--json\tPrint the status or the players as JSON."])
        #expect(try answer("tri") == ["triggers\tList the triggers and their parameters."])
        #expect(try answer("check", "relax", "--js") == ["--json\tPrint the measurements as JSON."])
      }
      let refused = try Program.run(["--generate-completion-script", "tcsh"])
      #expect(refused.status == 64)
      // Incomplete requests print nothing on stderr.
      for words in [["---complete"], ["---complete", "bash"], ["---complete", "bash", "", ""]] {
        let result = try Program.run(words)
        #expect(result.status == 0 && result.errors.isEmpty)
      }
    }
  }
}
