import CALSA
import Foundation
import Synchronization
import TingleSupport

/// Receives MIDI events through the ALSA sequencer, from all devices or from those with a given name.
// Unchecked Sendable: `devices` and `names` are written only in `init`, before the receiving thread starts,
// and the sequencer is then used by that thread only.
public final class MIDIInput: @unchecked Sendable {
  private let sequencer: OpaquePointer
  private let ending = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)
  // Device names by ALSA client number.
  private var devices: [Int32: String] = [:]
  /// The names of the connected devices.
  public private(set) var names: [String] = []

  /// Connects to MIDI devices.
  /// - Parameter name: part of a device's name, in any case; empty for all devices.
  /// - Throws: `UserError` (unavailable) if there is no sequencer or no device of that name.
  public init(named name: String) throws {
    var handle: OpaquePointer?
    let status = snd_seq_open(&handle, "default", 2, Int32(SND_SEQ_NONBLOCK))
    guard status >= 0, let handle else {
      let reason = String(cString: snd_strerror(status))
      throw UserError(
        .unavailable, "cannot open the MIDI sequencer: \(reason); is the module snd-seq loaded?")
    }
    sequencer = handle
    snd_seq_set_client_name(handle, "tingle")
    let capabilities = UInt32(SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE)
    let port = snd_seq_create_simple_port(
      handle, "knobs", capabilities, UInt32(SND_SEQ_PORT_TYPE_APPLICATION))
    connect(to: port, named: name)
    guard !devices.isEmpty || name.isEmpty else {
      snd_seq_close(handle)
      throw UserError(.unavailable, "no MIDI device is named '\(name)'; `aconnect -i` lists the devices")
    }
  }

  /// Starts the thread that receives events; call it only once.
  /// - Parameter receive: called on that thread with the name of the device and the event.
  public func start(_ receive: @escaping @Sendable (_ device: String, MIDIEvent) -> Void) {
    let thread = Thread { [self] in receiveEvents(receive) }
    thread.name = "tingle midi"
    thread.start()
  }

  /// Stops the receiving thread and disconnects the devices.
  public func stop() {
    ending.store(true, ordering: .releasing)
    ended.wait()
  }

  /// The names of the devices that can send events; empty if there is no sequencer.
  public static func deviceNames() -> [String] {
    var handle: OpaquePointer?
    guard snd_seq_open(&handle, "default", 2, Int32(SND_SEQ_NONBLOCK)) >= 0, let handle else { return [] }
    defer { snd_seq_close(handle) }
    var names: [String] = []
    forEachPort(of: handle) { _, title, _ in if !names.contains(title) { names.append(title) } }
    return names
  }

  /// Subscribes to every port of the devices whose name contains `name`.
  private func connect(to port: Int32, named name: String) {
    Self.forEachPort(of: sequencer) { client, title, source in
      guard name.isEmpty || title.lowercased().contains(name.lowercased()),
        snd_seq_connect_from(sequencer, port, client, source) >= 0
      else { return }
      devices[client] = title
      if !names.contains(title) { names.append(title) }
    }
  }

  /// Calls `body` for every readable port, except those of the system.
  private static func forEachPort(
    of sequencer: OpaquePointer, _ body: (_ client: Int32, _ title: String, _ port: Int32) -> Void
  ) {
    var client: OpaquePointer?
    var source: OpaquePointer?
    snd_seq_client_info_malloc(&client)
    snd_seq_port_info_malloc(&source)
    defer {
      snd_seq_client_info_free(client)
      snd_seq_port_info_free(source)
    }
    let own = snd_seq_client_id(sequencer)
    snd_seq_client_info_set_client(client, -1)
    while snd_seq_query_next_client(sequencer, client) >= 0 {
      let number = snd_seq_client_info_get_client(client)
      let title = String(cString: snd_seq_client_info_get_name(client))
      guard number != 0, number != own, title != "Midi Through" else { continue }
      snd_seq_port_info_set_client(source, number)
      snd_seq_port_info_set_port(source, -1)
      while snd_seq_query_next_port(sequencer, source) >= 0 {
        let required = UInt32(SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ)
        guard snd_seq_port_info_get_capability(source) & required == required else { continue }
        body(number, title, snd_seq_port_info_get_port(source))
      }
    }
  }

  private func receiveEvents(_ receive: (_ device: String, MIDIEvent) -> Void) {
    var descriptors = [pollfd](
      repeating: pollfd(), count: Int(snd_seq_poll_descriptors_count(sequencer, Int16(POLLIN))))
    snd_seq_poll_descriptors(sequencer, &descriptors, UInt32(descriptors.count), Int16(POLLIN))
    while !ending.load(ordering: .acquiring) {
      guard poll(&descriptors, nfds_t(descriptors.count), 200) > 0 else { continue }
      var event: UnsafeMutablePointer<snd_seq_event_t>?
      while snd_seq_event_input(sequencer, &event) >= 0, let event = event?.pointee {
        guard let device = devices[Int32(event.source.client)], let event = Self.read(event) else { continue }
        receive(device, event)
      }
    }
    snd_seq_close(sequencer)
    ended.signal()
  }

  private static func read(_ event: snd_seq_event_t) -> MIDIEvent? {
    // Software senders can exceed the 7-bit range.
    func bounded(_ value: some BinaryInteger) -> Int { max(0, min(127, Int(value))) }
    switch Int(event.type) {
    case Int(SND_SEQ_EVENT_CONTROLLER.rawValue):
      let control = event.data.control
      return MIDIEvent(
        .controller, number: Int(control.param), channel: Int(control.channel), value: bounded(control.value))
    case Int(SND_SEQ_EVENT_NOTEON.rawValue), Int(SND_SEQ_EVENT_NOTEOFF.rawValue):
      let note = event.data.note
      let isOn = Int(event.type) == Int(SND_SEQ_EVENT_NOTEON.rawValue)
      return MIDIEvent(
        .note, number: Int(note.note), channel: Int(note.channel), value: isOn ? bounded(note.velocity) : 0)
    default: return nil
    }
  }
}
