import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Several players")
  struct PlayersTests {
    @Test("a second player says so, is controlled by its number, and is found when the first has ended")
    func second() throws {
      let players = try Players()
      let said = players.folder.file("said")
      let first = try players.start("relax", ["--quiet"])
      let second = try players.start("unwind", errors: said)
      #expect(
        try String(contentsOfFile: said, encoding: .utf8).contains(
          "Another player is running; `tingle ctl --player 2` controls this one."))
      #expect(players.folder.names.contains("tingle.sock") && players.folder.names.contains("tingle-2.sock"))

      let list = try players.control("players")
      let rows = list.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(list.status == 0 && rows.count == 3, "\(list)")
      #expect(rows[1].starts(with: ["1", "\(first.identifier)", "relax"]))
      #expect(rows[2].starts(with: ["2", "\(second.identifier)", "unwind"]))

      let unsaid = try players.control("level", "glass", "-20dB")
      #expect(
        unsaid.status == 64
          && unsaid.errors
            == "tingle: 2 players are running: 1 (relax), 2 (unwind); choose one with --player\n",
        "\(unsaid)")
      for name in ["2", "unwind", "\(second.identifier)"] {
        #expect(try players.control("--player", name, "status").output.hasPrefix("preset: unwind"))
        #expect(try players.control("status", "--player=\(name)").output.hasPrefix("preset: unwind"))
      }
      #expect(try players.control("level", "glass", "-20dB", "--player", "2").status == 0)
      let unknown = try players.control("--player", "7", "status")
      #expect(
        unknown.status == 69
          && unknown.errors == "tingle: no player '7' is running; there is 1 (relax), 2 (unwind)\n")

      #expect(try players.control("--player", "1", "stop").status == 0)
      #expect(first.waits(atMost: 20) == 0)
      #expect(try players.control("status").output.hasPrefix("preset: unwind"))
      #expect(try players.control("stop").status == 0)
      #expect(second.waits(atMost: 20) == 0)
      #expect(!players.folder.names.contains { $0.hasSuffix(".sock") })
    }

    @Test("players that were killed are not listed, their sockets go, and their numbers are taken again")
    func killed() throws {
      let players = try Players()
      let (first, second) = (try players.start("relax", ["--quiet"]), try players.start("relax", ["--quiet"]))
      first.end()
      #expect(try players.json("players")["number"] as? Int == 2)
      #expect(!players.folder.names.contains("tingle.sock"))
      second.end()
      let nobody = try players.control("players")
      #expect(nobody.status == 0 && nobody.errors == "No player is running.\n")
      #expect(!players.folder.names.contains { $0.hasSuffix(".sock") })
      let refused = try players.control("stop")
      #expect(
        refused.status == 69
          && refused.errors.hasPrefix("tingle: no player is running that could be controlled"))
      // A file of that name is nobody's socket: it is left alone.
      try Data().write(to: URL(fileURLWithPath: players.folder.file("tingle.sock")))
      try players.start("relax", ["--quiet"])
      #expect(try players.json("players")["number"] as? Int == 2)
      #expect(players.folder.names.contains("tingle.sock"))
    }

    @Test("a player that is stopped is listed as one that does not answer")
    func stopped() throws {
      let players = try Players()
      let player = try players.start("relax", ["--quiet"])
      player.signal(SIGSTOP)
      defer { player.signal(SIGCONT) }
      let list = try players.control("players")
      #expect(list.output.contains("does not answer"), "\(list)")
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
        case .notWritable: "cannot be written to"
        }
      }

      func path(in folder: TemporaryFolder) throws -> String {
        let path = folder.file(rawValue)
        switch self {
        // Not in the test's folder: ALSA's plugin for PulseAudio makes it where it can.
        case .missing: return "/proc/missing"
        case .file: try Data().write(to: URL(fileURLWithPath: path))
        case .relative: return "Sources"
        case .long:
          let long = folder.file(String(repeating: "l", count: 100))
          try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: false)
          return long
        case .notOurs: return geteuid() == 0 ? try theirs(path) : "/"
        // No folder is closed to root, but /proc.
        case .notWritable: return "/proc/self"
        }
        return path
      }

      private func theirs(_ path: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        chown(path, 65534, 65534)
        return path
      }
    }

    @Test(
      "a runtime folder that is of no use is told, and `ctl` finds the player all the same",
      arguments: Fault.allCases)
    func runtimeFolder(_ fault: Fault) throws {
      let players = try Players()
      let path = try fault.path(in: players.folder)
      players.environment["XDG_RUNTIME_DIR"] = path
      let said = players.folder.file("said")
      let player = try players.start("relax", errors: said)
      let substitute = players.folder.file("tingle-\(geteuid())")
      let text = try String(contentsOfFile: said, encoding: .utf8)
      #expect(
        text.contains(
          "tingle: XDG_RUNTIME_DIR is '\(path)', which \(fault.reason); the player's socket is in '\(substitute)' instead"
        ), "\(text)")
      #expect(try players.json("players")["socket"] as? String == "\(substitute)/tingle.sock")
      // From a shell without the variable, too.
      players.environment["XDG_RUNTIME_DIR"] = ""
      #expect(try players.control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }

    @Test("a substitute that other users can enter is refused, with the way out")
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
          "`tingle ctl` does not find this player: the folder '\(substitute)' is open to other users; `chmod 700` closes it"
        ), "\(played.errors)")
    }

    @Test("a runtime folder's name keeps its bytes")
    func bytes() throws {
      let players = try Players()
      // U+EFE9 stands for the byte E9, as names of files have it.
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
      let figures = try #require(JSONSerialization.jsonObject(with: list.output) as? [String: Any])
      #expect(figures["socket"] as? String == "\(link)/caf\u{EFE9}/tingle.sock")
      #expect(
        String(decoding: try control("players").output, as: UTF8.self).contains(
          "\(link)/caf\\xE9/tingle.sock"))
      #expect(try control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }

    @Test("options of ctl stand anywhere, and a line without its end is answered")
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
      #expect(typo.status == 64 && typo.errors.contains("ctl has no option '--jsn'; did you mean '--json'?"))
      let both = try players.control("--player", "1", "--socket", socket, "status")
      #expect(both.status == 64 && both.errors.contains("Take --player or --socket, not both."))

      let answer = Client.exchange(Array("status".utf8), at: socket, ends: true)
      #expect(answer.hasPrefix(" preset: relax") && answer.hasSuffix("\nok\n"), "\(answer)")
      #expect(Client.exchange(Array("mute bed\nnonsense".utf8), at: socket, ends: true).hasPrefix("ok\n"))
      #expect(try players.control("stop").status == 0)
      #expect(player.waits(atMost: 20) == 0)
    }
  }
}
