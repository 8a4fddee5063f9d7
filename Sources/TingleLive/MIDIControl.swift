import TingleDevices

/// Controls a session with MIDI devices: each device has a `MIDIMap`, which is saved when it changes.
public final class MIDIControl: @unchecked Sendable {
  // Thread safety: `maps` belongs to the receiving thread of `input`; the others are immutable.
  private let session: LiveSession
  private let environment: [String: String]
  private var maps: [String: MIDIMap] = [:]
  private let input: MIDIInput

  /// Connects to MIDI devices.
  /// - Parameter name: part of a device's name, in any case; empty for all devices.
  /// - Throws: `UserError` (`unavailable`) if there is no sequencer or no device of that name.
  public init(_ session: LiveSession, named name: String, environment: [String: String]) throws {
    self.session = session
    self.environment = environment
    input = try MIDIInput(named: name)
    session.noteMIDIConnection()
    input.start { [self] device, event in receive(event, from: device) }
  }

  /// The names of the connected devices.
  public var names: [String] { input.names }

  /// Disconnects the devices.
  public func stop() { input.stop() }

  private func receive(_ event: MIDIEvent, from device: String) {
    var map = maps[device] ?? load(device)
    if let target = session.takePendingMIDILearn() {
      try? map.learn(target, for: event)
      do {
        try map.save(to: MIDIMap.path(device: device, environment: environment))
      } catch {
        session.report("cannot save the MIDI map of '\(device)': \(error)")
      }
    } else if let command = map.command(for: event) {
      _ = try? session.perform(command)
    }
    maps[device] = map
  }

  private func load(_ device: String) -> MIDIMap {
    guard let path = MIDIMap.path(device: device, environment: environment) else { return MIDIMap() }
    do {
      return try MIDIMap.load(from: path)
    } catch {
      session.report("cannot load the MIDI map of '\(device)': \(error)")
      return MIDIMap()
    }
  }
}
