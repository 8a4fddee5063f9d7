import Foundation
import Measure
import Testing

/// A D-Bus session bus for a test, with a log of the signals of media players.
final class Bus {
  private let players: Players
  private let log: String
  private var children: [Child] = []

  init(_ players: Players) throws {
    self.players = players
    log = players.folder.file("signals")
    let socket = players.folder.file("bus")
    players.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=\(socket)"
    children.append(
      try Child(
        "/usr/bin/dbus-daemon", ["--session", "--nofork", "--nosyslog", "--address=unix:path=\(socket)"],
        environment: players.environment))
    Program.eventually { FileManager.default.fileExists(atPath: socket) }
    let file = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    children.append(
      try Child(
        "/usr/bin/dbus-monitor", ["--session", "type='signal',path='/org/mpris/MediaPlayer2'"],
        environment: players.environment, output: file))
    // The monitor receives signals once it has its bus name.
    Program.eventually { Program.size(ofFile: log) > 0 }
  }

  /// Calls a method of the player; the reply, with runs of white space as one space.
  @discardableResult func call(_ method: String, _ arguments: String..., player: String = "") throws -> String
  {
    let result = try Program.run(
      [
        "--session", "--print-reply", "--dest=org.mpris.MediaPlayer2.tingle\(player)",
        "/org/mpris/MediaPlayer2",
        method,
      ] + arguments, environment: players.environment, executable: "/usr/bin/dbus-send")
    return Self.plain(String(decoding: result.output, as: UTF8.self) + result.errors)
  }

  /// A property of org.mpris.MediaPlayer2.Player.
  func property(_ name: String, player: String = "") throws -> String {
    try call(
      "org.freedesktop.DBus.Properties.Get", "string:org.mpris.MediaPlayer2.Player", "string:\(name)",
      player: player)
  }

  func set(_ name: String, _ value: String) throws -> String {
    try call(
      "org.freedesktop.DBus.Properties.Set", "string:org.mpris.MediaPlayer2.Player", "string:\(name)",
      "variant:\(value)")
  }

  /// `Position` in seconds.
  var seconds: Double {
    get throws {
      let words = try property("Position").split(separator: " ")
      return (words.last.flatMap { Double($0) } ?? -1e6) * 1e-6
    }
  }

  /// The signals since the last call: waits until one of them contains a text, for some seconds at most.
  func signals(with text: String, within seconds: Double = 10) throws -> String {
    let end = Date().addingTimeInterval(seconds)
    var signals = ""
    while Date() < end {
      signals = Self.plain(try String(contentsOfFile: log, encoding: .utf8))
      signals = String(signals.dropFirst(read))
      if signals.contains(text) { break }
      usleep(30_000)
    }
    read += signals.count
    return signals
  }
  private var read = 0

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  deinit { for child in children.reversed() { child.end() } }
}

extension ProgramTests {
  @Suite("The MPRIS interface")
  struct MediaPlayerTests {
    private static let player = "org.mpris.MediaPlayer2.Player"

    /// A player on its own bus, once it replies.
    private static func playing() throws -> (players: Players, bus: Bus, child: Child) {
      let players = try Players()
      let bus = try Bus(players)
      let child = try players.start("relax", ["--quiet"])
      #expect(try Program.eventually { try bus.property("Rate").contains("double 1") })
      return (players, bus, child)
    }

    private static func track(_ bus: Bus) throws -> Substring {
      try #require(
        bus.property("Metadata").split(separator: "\"").first { $0.hasPrefix("/org/tingle/preset/") })
    }

    @Test("every jump emits Seeked, and every change of a property emits PropertiesChanged")
    func signals() throws {
      let (players, bus, child) = try Self.playing()
      let track = try Self.track(bus)
      func seeked() throws -> Double {
        let text = try bus.signals(with: "member=Seeked")
        let words = text.components(separatedBy: "member=Seeked").last?.split(separator: " ") ?? []
        return Double(words.count > 1 ? words[1] : "") ?? -1
      }
      _ = try bus.signals(with: "nothing", within: 0.5)
      try bus.call("\(Self.player).SetPosition", "objpath:\(track)", "int64:60000000")
      #expect(try abs(seeked() * 1e-6 - 60) < 2)
      try bus.call("\(Self.player).Seek", "int64:10000000")
      #expect(try 70..<76 ~= seeked() * 1e-6)
      try bus.call("\(Self.player).Seek", "int64:-20000000")
      #expect(try 50..<58 ~= seeked() * 1e-6)
      #expect(try players.control("jump", "5m").status == 0)
      #expect(try abs(seeked() * 1e-6 - 300) < 2)
      #expect(try players.control("skip", "-60s").status == 0)
      #expect(try 240..<244 ~= seeked() * 1e-6)
      // A position before the start is the start.
      try bus.call("\(Self.player).Seek", "int64:-9000000000")
      #expect(try 0..<2 ~= seeked() * 1e-6)

      #expect(try players.control("master", "-20dB").status == 0)
      let changed = try bus.signals(with: "PropertiesChanged")
      #expect(changed.contains("string \"Volume\" variant double 0.1"), "\(changed)")
      #expect(try bus.set("Volume", "double:0.5").contains("method return"))
      #expect(try bus.signals(with: "PropertiesChanged").contains("string \"Volume\" variant double 0.5"))
      #expect(try bus.set("Volume", "double:0").contains("method return"))
      #expect(try bus.property("Volume").hasSuffix("variant double 0"))
      #expect(try bus.set("Volume", "double:1").contains("method return"))
      #expect(try bus.property("Volume").hasSuffix("variant double 1"))
      // Pause does not emit Seeked.
      _ = try bus.signals(with: "nothing", within: 0.5)
      try bus.call("\(Self.player).Pause")
      let paused = try bus.signals(with: "Paused")
      #expect(paused.contains("\"PlaybackStatus\" variant string \"Paused\"") && !paused.contains("Seeked"))
      try bus.call("\(Self.player).Stop")
      #expect(child.waits(atMost: 20) == 0)
    }

    @Test("stale track IDs, positions beyond the end and invalid properties are ignored or errors")
    func ignored() throws {
      let (players, bus, child) = try Self.playing()
      let first = try Self.track(bus)
      for (id, position) in [
        ("/org/other/track", "int64:60000000"), (String(first), "int64:90000000000"),
        (String(first), "int64:-5000000"), (String(first), "int64:9223372036854775807"),
      ] {
        try bus.call("\(Self.player).SetPosition", "objpath:\(id)", position)
        #expect(try 0..<30 ~= bus.seconds, "\(id) \(position)")
      }
      #expect(try !bus.signals(with: "Seeked", within: 0.7).contains("Seeked"))
      #expect(try bus.set("Rate", "double:2").contains("InvalidArgs"))
      #expect(try bus.set("Rate", "double:nan").contains("InvalidArgs"))
      #expect(try bus.property("Rate").hasSuffix("variant double 1"))
      #expect(try bus.set("CanSeek", "boolean:false").contains("PropertyReadOnly"))
      #expect(try bus.set("Volume", "double:nan").contains("InvalidArgs"))
      #expect(try bus.property("Volume").hasSuffix("variant double 1"))

      // Another preset has another track ID; the ID of the first one is stale.
      let own = players.folder.file("own.yaml")
      let text = "layers: {a: {trigger: noise}}\nmaster: {loudness: as mixed}\n"
      try text.write(toFile: own, atomically: true, encoding: .utf8)
      #expect(try players.control("load", own).status == 0)
      #expect(try bus.signals(with: "Metadata").contains("/org/tingle/preset/own"))
      let second = try Self.track(bus)
      #expect(first != second)
      try bus.call("\(Self.player).SetPosition", "objpath:\(first)", "int64:60000000")
      #expect(try bus.seconds < 30)
      // The same preset loaded again has another track ID too.
      #expect(try players.control("load", own).status == 0)
      #expect(try Program.eventually { try Self.track(bus) != second })
      // Seek beyond the end acts like Next.
      try bus.call("\(Self.player).Seek", "int64:9223372036854775807")
      #expect(try Program.eventually { try !Self.track(bus).hasPrefix("/org/tingle/preset/own") })

      // A second player has a bus name with its process ID.
      let other = try players.start("unwind", ["--quiet"])
      let name = ".instance\(other.identifier)"
      #expect(try Program.eventually { try bus.property("Metadata", player: name).contains("Unwind") })
      for player in [child, other] { player.signal(SIGTERM) }
      #expect(child.waits(atMost: 20) == 143 && other.waits(atMost: 20) == 143)
    }
  }
}
