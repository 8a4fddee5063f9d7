import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Several players")
  struct PlayersTests {
    @Test("a second player has a number, a process ID and a preset by which ctl selects it")
    func second() throws {
      let players = try Players()
      let errorPath = players.folder.file("stderr")
      let first = try players.start("relax", ["--quiet"])
      let second = try players.start("unwind", errors: errorPath)
      #expect(
        try String(contentsOfFile: errorPath, encoding: .utf8).contains(
          "Another player is running; `tingle ctl --player 2` controls this one."))
      #expect(players.folder.names.contains("tingle.sock") && players.folder.names.contains("tingle-2.sock"))

      let list = try players.control("players")
      let rows = list.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(list.status == 0 && rows.count == 3, "\(list)")
      #expect(rows[1].starts(with: ["1", "\(first.identifier)", "relax"]))
      #expect(rows[2].starts(with: ["2", "\(second.identifier)", "unwind"]))

      let ambiguous = try players.control("level", "glass", "-20dB")
      #expect(
        ambiguous.status == 64
          && ambiguous.errors
            == "tingle: 2 players are running: 1 (relax), 2 (unwind); choose one with --player\n",
        "\(ambiguous)")
      for name in ["2", "unwind", "\(second.identifier)"] {
        #expect(try players.control("--player", name, "status").output.hasPrefix("preset: unwind"))
        #expect(try players.control("status", "--player=\(name)").output.hasPrefix("preset: unwind"))
      }
      #expect(try players.control("level", "glass", "-20dB", "--player", "2").status == 0)
      let unknown = try players.control("--player", "7", "status")
      #expect(
        unknown.status == 69
          && unknown.errors
            == "tingle: no player '7' is running; the running players are 1 (relax), 2 (unwind)\n"
      )

      #expect(try players.control("--player", "1", "stop").status == 0)
      #expect(first.waits(atMost: 20) == 0)
      #expect(try players.control("status").output.hasPrefix("preset: unwind"))
      #expect(try players.control("stop").status == 0)
      #expect(second.waits(atMost: 20) == 0)
      #expect(!players.folder.names.contains { $0.hasSuffix(".sock") })
    }

    @Test("the sockets of killed players are removed and their numbers are reused; other files are kept")
    func killed() throws {
      let players = try Players()
      let (first, second) = (try players.start("relax", ["--quiet"]), try players.start("relax", ["--quiet"]))
      first.end()
      #expect(try players.json("players")["number"] as? Int == 2)
      #expect(!players.folder.names.contains("tingle.sock"))
      second.end()
      let none = try players.control("players")
      #expect(none.status == 0 && none.errors == "No player is running.\n")
      #expect(!players.folder.names.contains { $0.hasSuffix(".sock") })
      let refused = try players.control("stop")
      #expect(
        refused.status == 69
          && refused.errors.hasPrefix("tingle: no player is running in "))
      // A file with the name of a socket is not removed, and its number is not used.
      try Data().write(to: URL(fileURLWithPath: players.folder.file("tingle.sock")))
      try players.start("relax", ["--quiet"])
      #expect(try players.json("players")["number"] as? Int == 2)
      #expect(players.folder.names.contains("tingle.sock"))
    }

    @Test("a stopped player is listed as not responding")
    func stopped() throws {
      let players = try Players()
      let player = try players.start("relax", ["--quiet"])
      player.signal(SIGSTOP)
      defer { player.signal(SIGCONT) }
      let list = try players.control("players")
      #expect(list.output.contains("not responding"), "\(list)")
      #expect(try players.json("players")["pid"] as? Int == Int(player.identifier))
    }

    enum Fault: String, CaseIterable {
      case missing, file, relative, long, notOurs, notWritable

      var reason: String {
        switch self {
        case .missing: "does not exist"
        case .file: "is not a folder"
        case .relative: "is not an absolute path"
        case .long: "is too long for the path of a socket"
        case .notOurs: "belongs to another user"
        case .notWritable: "is not writable"
        }
      }

      func path(in folder: TemporaryFolder) throws -> String {
        let path = folder.file(rawValue)
        switch self {
        // Not in the test's folder, where ALSA's PulseAudio plugin would create it.
        case .missing: return "/proc/missing"
        case .file: try Data().write(to: URL(fileURLWithPath: path))
        case .relative: return "Sources"
        case .long:
          let long = folder.file(String(repeating: "l", count: 100))
          try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: false)
          return long
        case .notOurs: return geteuid() == 0 ? try foreignFolder(path) : "/"
        // Root can write to every folder but those of /proc.
        case .notWritable: return "/proc/self"
        }
        return path
      }

      private func foreignFolder(_ path: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        chown(path, 65534, 65534)
        return path
      }
    }

    @Test(
      "an unusable runtime folder is reported, and ctl finds the player in the temporary folder",
      arguments: Fault.allCases)
    func runtimeFolder(_ fault: Fault) throws {
      let players = try Players()
      let path = try fault.path(in: players.folder)
      players.environment["XDG_RUNTIME_DIR"] = path
      let errorPath = players.folder.file("stderr")
      let player = try players.start("relax", errors: errorPath)
      let substitute = players.folder.file("tingle-\(geteuid())")
      let text = try String(contentsOfFile: errorPath, encoding: .utf8)
      #expect(
        text.contains(
          "tingle: XDG_RUNTIME_DIR is '\(path)', which \(fault.reason); "
            + "the player's socket is in '\(substitute)'"
        ), "\(text)")
      #expect(try players.json("players")["socket"] as? String == "\(substitute)/tingle.sock")
      // Also without XDG_RUNTIME_DIR.
      players.environment["XDG_RUNTIME_DIR"] = ""
      #expect(try players.control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }

    @Test("a folder in the temporary folder that other users can enter is not used")
    func openSubstitute() throws {
      let players = try Players(["XDG_RUNTIME_DIR": ""])
      let substitute = players.folder.file("tingle-\(geteuid())")
      try FileManager.default.createDirectory(atPath: substitute, withIntermediateDirectories: false)
      chmod(substitute, 0o755)
      let played = try Program.run(
        ["play", "--layer", "noise", "--device", "null", "--for", "1s"], environment: players.environment)
      #expect(played.status == 0)
      #expect(
        played.errors.contains(
          "`tingle ctl` cannot control this player: the folder '\(substitute)' is accessible to other users; "
            + "correct it with `chmod 700`"
        ), "\(played.errors)")
    }

    @Test("a runtime folder can have a name that is not UTF-8")
    func bytes() throws {
      let players = try Players()
      // U+EFE9 stands for the byte E9 in strings of file names.
      let link = players.folder.file("names")
      let runtime = "XDG_RUNTIME_DIR=\"$1\"/$'caf\\xe9'"
      let player = try Child(
        "/bin/bash",
        [
          "-c",
          "mkdir -p \"$1\"/$'caf\\xe9'; \(runtime) exec \"$2\" play --layer noise --device frail --quiet",
          "-", link, Program.path,
        ],
        environment: players.environment)
      defer { player.end() }
      func control(_ words: String) throws -> Program.Result {
        try Program.run(
          ["-c", "\(runtime) \"$2\" ctl \(words)", "-", link, Program.path], environment: players.environment,
          executable: "/bin/bash")
      }
      #expect(try Program.eventually { try control("status").status == 0 })
      let list = try control("players --json")
      let entry = try #require(JSONSerialization.jsonObject(with: list.output) as? [String: Any])
      #expect(entry["socket"] as? String == "\(link)/caf\u{EFE9}/tingle.sock")
      #expect(
        String(decoding: try control("players").output, as: UTF8.self).contains(
          "\(link)/caf\\xE9/tingle.sock"))
      #expect(try control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }

    @Test("the shell completes live commands with the layers, parameters and values of a running player")
    func completion() throws {
      let players = try Players()
      let player = try players.start("relax", ["--quiet"])
      for (words, expected) in [
        (["pl"], ["place", "players"]), (["mute", "be"], ["bed"]),
        (["--player", "1", "mute", "be"], ["bed"]),
        (["learn", "level", "be"], ["bed"]), (["learn", "und"], ["undo"]),
        (["mute", "bed", "o"], ["on", "off"]),
        (["set", "bed", "colo"], ["colour"]), (["set", "bed", "place", "orb"], ["orbit"]),
        (["place", "bed", "orb"], ["orbit"]), (["add", "crin"], ["crinkle"]), (["seed", "r"], ["random"]),
        (["load", "unw"], ["unwind"]), (["mute", "bed", "on", ""], []), (["pause", ""], ["line"]),
        (["toggle", ""], []),
      ] {
        let result = try Program.run(
          ["---complete", "zsh", "tingle", "ctl"] + words, environment: players.environment)
        let offered = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map {
          String($0.prefix { $0 != "\t" })
        }
        // Where a command is complete, the options of ctl follow.
        #expect(offered.filter { !$0.hasPrefix("-") } == expected, "\(words)")
      }
      #expect(try players.control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }

    @Test("ctl accepts its options anywhere; the socket accepts a last line without a line end")
    func lines() throws {
      let players = try Players()
      let player = try players.start("relax", ["--quiet"])
      let socket = players.folder.file("tingle.sock")
      for words in [
        ["status", "--socket", socket], ["--socket", socket, "status"], ["status", "--socket=\(socket)"],
        ["--json", "status"], ["status", "--json", "--socket", socket], ["--player", "1", "--", "status"],
      ] {
        let result = try Program.run(["ctl"] + words, environment: players.environment)
        #expect(result.status == 0 && !result.output.isEmpty, "\(words): \(result.errors)")
      }
      #expect(try players.control("level", "--player", "1", "bed", "-=1dB").status == 0)
      #expect(try players.control("master", "-3dB", "--socket", socket).status == 0)
      let typo = try players.control("status", "--jsn")
      #expect(typo.status == 64 && typo.errors.contains("unknown option '--jsn'; did you mean '--json'?"))
      let both = try players.control("--player", "1", "--socket", socket, "status")
      #expect(both.status == 64 && both.errors.contains("--player and --socket cannot be combined."))

      let answer = Client.exchange(Array("status".utf8), at: socket, ends: true)
      #expect(answer.hasPrefix(" preset: relax") && answer.hasSuffix("\nok\n"), "\(answer)")
      #expect(Client.exchange(Array("mute bed\nnonsense".utf8), at: socket, ends: true).hasPrefix("ok\n"))
      #expect(try players.control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }
  }
}
