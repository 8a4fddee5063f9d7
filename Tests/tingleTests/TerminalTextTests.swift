import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Untrusted text on the terminal")
  struct TerminalTextTests {
    /// Whether a text contains no control or format characters except line feeds.
    private static func isHarmless(_ text: String) -> Bool {
      text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control: scalar == "\n"
        case .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
      }
    }

    private static let hostile = #"a \e[31m\e]0;t\ab\u009b2J\u202ec\u2028d\u200b"#

    /// Players with an untrusted preset and an invalid one in the preset folder.
    private func players(_ title: String) throws -> Players {
      let players = try Players()
      players.environment["XDG_CONFIG_HOME"] = players.folder.path
      let presets = players.folder.file("tingle/presets")
      try FileManager.default.createDirectory(atPath: presets, withIntermediateDirectories: true)
      let text = """
        title: "\(title)"
        about: "\(title)"
        duration: 10m
        bed: {level: -12 dB}
        layers:
          "\(title)": {trigger: tap}
        master: {loudness: as mixed}

        """
      try text.write(toFile: presets + "/strange.yaml", atomically: true, encoding: .utf8)
      let broken = "title: x\n\"\(title)\": 1\n"
      try broken.write(toFile: presets + "/broken.yaml", atomically: true, encoding: .utf8)
      return players
    }

    @Test("escapes, bidi overrides and line separators are not printed, and JSON output stays valid")
    func harmless() throws {
      let players = try players(Self.hostile)
      let messages = players.folder.file("said")
      let player = try players.start("strange", errors: messages)
      func run(_ words: String...) throws -> Program.Result {
        try Program.run(words, environment: players.environment)
      }
      let file = players.folder.file("x\u{1B}[31m\u{202E}.wav")
      let results = [
        try run("presets"), try run("presets", "check", "broken"), try run("render", "broken", "-o", "x.wav"),
        try run("render", "strange", "-o", file, "--duration", "1s"), try run("check", file),
        try run("render", "strange", "-o", file, "--duration", "1s"), try run("ctl", "status"),
        try run("ctl", "players"), try run("ctl", "level", "\u{1B}[31mx", "3dB"), try run("ctl", "\u{1B}c"),
        try run("play", "a\u{1B}[31m\u{202E}b"),
        try run("render", "--room", "\u{1B}[31m", "strange", "-o", "x.wav"),
        try run("render", "strange", "--\u{1B}[31m", "-o", "x.wav"), try run("presets", "--tag", "\u{1B}[2J"),
        try run("batch", "strange", "-o", players.folder.path, "--duration", "1s", "--dry-run"),
        try run("triggers", "\u{9B}31m"), try run("whisper", "\u{1B}[31m"), try run("\u{1B}[31m"),
        try run("check", "strange", "--chart", "a\u{1B}.gif"),
        try run("replay", "a\u{1B}[31m.json", "-o", "x.wav"),
      ]
      for (k, result) in results.enumerated() {
        let text = String(decoding: result.output, as: UTF8.self) + result.errors
        #expect(!text.isEmpty && Self.isHarmless(text), "\(k): \(text.debugDescription)")
      }
      #expect(Self.isHarmless(try String(contentsOfFile: messages, encoding: .utf8)))
      for words in [["ctl", "status", "--json"], ["ctl", "players", "--json"]] {
        let output = try Program.run(words, environment: players.environment).output
        #expect(Self.isHarmless(String(decoding: output, as: UTF8.self)))
        #expect(String(decoding: output, as: UTF8.self).contains("\\u001b[31m"))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: output) }
      }
      let answer = Client.exchange(
        Array("status\nlevel \u{1B}[31m 1dB\n".utf8), at: players.folder.file("tingle.sock"))
      #expect(Self.isHarmless(answer))
      // Files and pipes get the exact text.
      let shown = try run("presets", "show", "strange").output
      #expect(String(decoding: shown, as: UTF8.self).contains(Self.hostile))
      player.signal(SIGTERM)
      #expect(player.waits(atMost: 20) == 143)
    }

    private func desk(_ players: Players, _ settings: String = "") throws -> PseudoTerminal {
      try PseudoTerminal(
        players.folder, "\(settings) '\(Program.path)' play strange --device frail",
        environment: players.environment)
    }

    @Test("the desk stays within its columns in small windows, with wide and combining characters in titles")
    func columns() throws {
      let title = "夜の雨音と 👩\u{200D}👩\u{200D}👧 cafe\u{301} 🇯🇵 1️⃣ ｗｉｄｅ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L 終わり"
      let players = try players(title)
      let terminal = try desk(players)
      #expect(terminal.shows("> bed"))
      for (columns, rows) in [(30, 8), (20, 5), (9, 4), (60, 12)] {
        try terminal.resize(columns, rows)
        // The status row is at the top, the layers are below it.
        #expect(
          Program.eventually(everySeconds: 0.05) {
            let lines = terminal.screen.split(separator: "\n", omittingEmptySubsequences: false)
            guard lines.count >= rows, let top = lines.first else { return false }
            let isCut = columns < 60 ? top.contains("…") || columns < 12 : true
            return isCut && top.contains(/\d:\d\d/) && lines.dropFirst().contains { $0.hasPrefix("> bed") }
              && !lines.dropFirst().contains { $0.contains("夜") && !$0.hasPrefix("  夜") }
          }, "\(columns)×\(rows):\n\(terminal.screen)")
      }
      try terminal.resize(100, 24)
      #expect(terminal.shows("夜の雨音と"))
      try terminal.press("q")
      #expect(terminal.shows("ended with 0") && terminal.shows("echo is on"))
    }

    @Test("with LC_ALL=C the desk shows only ASCII, with question marks for other characters")
    func ascii() throws {
      let players = try players("Schöne Träume 夜")
      let terminal = try desk(players, "LC_ALL=C")
      #expect(terminal.shows("> bed"))
      #expect(terminal.shows("Schone Traume ?"), "\(terminal.screen)")
      let screen = terminal.screen
      #expect(screen.utf8.allSatisfy { $0 < 128 }, "\(screen)")
      try terminal.answer(":", "level Träume 3dB")
      #expect(terminal.shows("there is no layer 'Traume'"), "\(terminal.screen)")
      #expect(terminal.screen.utf8.allSatisfy { $0 < 128 }, "\(terminal.screen)")
      try terminal.press("q")
      #expect(terminal.shows("ended with 0") && terminal.shows("echo is on"))
    }

    @Test("Ctrl-\\ ends the player and restores the terminal, as Ctrl-C does")
    func quit() throws {
      let players = try players("Quiet")
      let terminal = try desk(players)
      #expect(terminal.shows("> bed"))
      try terminal.press("C-\\")
      #expect(terminal.shows("ended with 131"), "\(terminal.screen)")
      #expect(terminal.shows("echo is on") && !terminal.screen.contains("Press space"))
      #expect(terminal.screen.contains("Played"))
    }

    @Test("Ctrl-\\ ends render, check and play without a crash report")
    func quitElsewhere() throws {
      let folder = try TemporaryFolder()
      // Without a loudness target, rendering starts immediately.
      let mix = ["--layer", "noise", "--set", "master.loudness=as mixed"]
      for words in [
        ["render", "-o", folder.file("a.wav"), "--duration", "48h"] + mix,
        ["check", "relax", "--duration", "8h"],
        ["play", "--device", "null", "--duration", "100h"] + mix,
      ] {
        let errors = Program.pipe()
        let child = try Child(Program.path, words, errors: errors.writing)
        close(errors.writing)
        usleep(700_000)
        child.signal(SIGQUIT)
        let status = child.waits(atMost: 20)
        #expect(status == 131 || status == 1000 + SIGQUIT, "\(words): \(status)")
        let messages = String(decoding: Program.read(errors.reading), as: UTF8.self)
        #expect(!messages.contains("crash") && !messages.contains("Press space"), "\(messages)")
      }
      #expect(folder.names.filter { $0.hasSuffix(".wav") && !$0.hasPrefix(".") }.isEmpty)
    }
  }
}
