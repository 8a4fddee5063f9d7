import Foundation
import TingleDevices
import TingleSupport

/// Which knob does what, on one device; kept in the listener's state folder, a file for each device.
public struct MIDIMap: Sendable, Equatable, Codable {
  /// What a knob moves, or the command that a pad gives, by the event's key.
  private(set) var targets: [String: String] = [:]

  public init() {}

  /// Gives an event something to do: `level whisper`, `pace tap`, `master` for what has a value, any command for what is struck.
  /// - Throws: `Command.ParseError` for what nothing can do.
  public mutating func learn(_ target: String, for event: MIDIEvent) throws {
    try Self.check(target)
    targets[event.key] = target
  }

  /// Whether something can be learnt: it must mean something, with a value in the middle.
  /// - Throws: `Command.ParseError`.
  static func check(_ target: String) throws { _ = try command(target, value: 64) }

  /// What an event asks for; nil for one that nothing was learnt for, and for a pad that is let go.
  public func command(for event: MIDIEvent) -> Command? {
    guard let target = targets[event.key] else { return nil }
    if event.kind == .note, event.value == 0 { return nil }
    // A button that sends a controller is struck when it is down.
    if !Self.hasValue(target), event.value == 0 { return nil }
    return try? Self.command(target, value: event.value)
  }

  private static func hasValue(_ target: String) -> Bool {
    guard let words = try? Command.words(target) else { return false }
    return words == ["master"] || words.count == 2 && (words[0] == "level" || words[0] == "pace")
  }

  /// A target with a knob's position: levels from -60 dB to +6 dB, silent at the bottom; paces over all they can be.
  private static func command(_ target: String, value: Int) throws -> Command {
    guard hasValue(target) else { return try Command(target) }
    let share = Double(value) / 127
    let level = value == 0 ? -80 : -60 + 66 * share.squareRoot()
    if target == "master" { return .master(max(-60, level), by: false) }
    let words = try Command.words(target)
    return words[0] == "level"
      ? .level(words[1], level, by: false)
      : .pace(words[1], share: share)
  }

  /// Where a device's map is kept; nil for a user without a home folder.
  public static func path(device: String, environment: [String: String]) -> String? {
    guard let state = Environment.folder("XDG_STATE_HOME", else: ".local/state", environment) else {
      return nil
    }
    let name = String(device.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
    return "\(state)/tingle/midi/\(name).json"
  }

  /// A device's map; an empty one where none was kept.
  /// - Throws: `UserError` (noInput, data) for a file that cannot be read, or is no map.
  public static func load(from path: String) throws -> MIDIMap {
    guard FileSystem.exists(path) else { return MIDIMap() }
    let data = Data(TextEncoding.normalized(try InputFile.contents(path)))
    do {
      return try JSONDecoder().decode(MIDIMap.self, from: data)
    } catch {
      throw UserError(.data, "'\(path)' is not a map of MIDI knobs; the next one that learns replaces it")
    }
  }

  /// Keeps it.
  /// - Parameter path: nil for a user without a home folder.
  /// - Throws: `UserError` (cannotCreate, inputOutput).
  public func save(to path: String?) throws {
    guard let path else {
      throw UserError(.cannotCreate, "you have no home folder; set XDG_STATE_HOME to a folder for it")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try FileSystem.makeFolder(FileSystem.folder(of: path))
    let file = try AtomicFile(path: path, overwrite: true)
    try file.write(encoder.encode(self))
    try file.commit()
  }
}

extension MIDIEvent {
  /// The key of an event in a map: its kind, channel and number.
  fileprivate var key: String { "\(kind.rawValue) \(channel + 1)/\(number)" }
}
