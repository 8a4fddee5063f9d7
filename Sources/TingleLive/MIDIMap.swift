import Foundation
import TingleDevices
import TingleSupport

/// The assignment of a MIDI device's controllers and pads to commands. Each device has a file in the user's
/// state folder.
public struct MIDIMap: Sendable, Equatable, Codable {
  /// Command lines by the key of the event. For a controller, a line without its last argument (`level
  /// whisper`): the controller's position is that argument.
  private(set) var targets: [String: String] = [:]

  /// Creates an empty map.
  public init() {}

  /// Assigns a target to an event: `level LAYER`, `pace LAYER` or `master` to a controller, any command line
  /// to a pad or button.
  /// - Throws: `UserError` (`usage`) for an invalid target.
  public mutating func learn(_ target: String, for event: MIDIEvent) throws {
    try Self.validate(target)
    targets[event.key] = target
  }

  /// Checks that a target can be assigned.
  /// - Throws: `UserError` (`usage`) if it is not a command.
  static func validate(_ target: String) throws {
    if try controllerEdit(target, value: 64) == nil { _ = try LiveCommand(target) }
  }

  /// The command for an event; nil if the event has no target, and for the release of a pad or button.
  public func command(for event: MIDIEvent) -> LiveCommand? {
    guard let target = targets[event.key] else { return nil }
    if event.kind == .note, event.value == 0 { return nil }
    if let edit = try? Self.controllerEdit(target, value: event.value) { return .edit(edit) }
    // A button that sends a controller sends 0 when it is released.
    return event.value == 0 ? nil : try? LiveCommand(target)
  }

  /// The edit for a controller's position; nil if the target is a complete command line.
  private static func controllerEdit(_ target: String, value: Int) throws -> SceneEdit? {
    let words = try LiveCommand.words(target)
    guard let definition = words.first.flatMap(LiveCommand.Definition.named),
      let edit = definition.controllerEdit, words.count == definition.arguments.count
    else { return nil }
    return edit(Array(words.dropFirst()), value)
  }

  /// The path of a device's map; nil for a user without a home folder.
  public static func path(device: String, environment: [String: String]) -> String? {
    guard let state = Environment.folder("XDG_STATE_HOME", else: ".local/state", environment) else {
      return nil
    }
    let name = String(device.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
    return "\(state)/tingle/midi/\(name).json"
  }

  /// Reads a device's map; an empty map if there is no file.
  /// - Throws: `UserError` (`noInput`, `data`) for a file that cannot be read or is not a map.
  public static func load(from path: String) throws -> MIDIMap {
    guard FileSystem.exists(path) else { return MIDIMap() }
    let data = Data(TextEncoding.normalized(try InputFile.contents(path)))
    do {
      return try JSONDecoder().decode(MIDIMap.self, from: data)
    } catch {
      throw UserError(.data, "'\(path)' is not a MIDI map; the next `learn` replaces it")
    }
  }

  /// Writes the map.
  /// - Parameter path: nil for a user without a home folder.
  /// - Throws: `UserError` (`cannotCreate`, `inputOutput`).
  public func save(to path: String?) throws {
    guard let path else {
      throw UserError(
        .cannotCreate, "there is no home folder; set XDG_STATE_HOME to the folder for MIDI maps")
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
