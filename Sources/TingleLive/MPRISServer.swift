import CDBus
import Foundation
import Synchronization

/// Publishes a session on the D-Bus session bus as an MPRIS 2.2 media player, so that media keys and desktop
/// widgets control it (specifications.freedesktop.org/mpris-spec). Runs on its own thread.
public final class MPRISServer: @unchecked Sendable {
  // Thread safety: `published` belongs to the thread; libdbus locks the connection; the others are immutable
  // or atomic.

  private let session: LiveSession
  private let connection: OpaquePointer
  private let ending = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)
  /// The state that was signalled last.
  private var published: MPRISState

  static let object = "/org/mpris/MediaPlayer2"
  static let root = "org.mpris.MediaPlayer2"
  static let player = "org.mpris.MediaPlayer2.Player"
  static let properties = "org.freedesktop.DBus.Properties"

  /// Connects to the session bus and requests a bus name; nil if there is no session bus.
  public init?(_ session: LiveSession) {
    dbus_threads_init_default()
    guard let connection = dbus_bus_get_private(DBUS_BUS_SESSION, nil) else { return nil }
    dbus_connection_set_exit_on_disconnect(connection, 0)
    self.session = session
    self.connection = connection
    published = MPRISState(session)
    // A second player has a unique name of the form that the specification gives.
    let name = Self.root + ".tingle"
    let own = "\(name).instance\(getpid())"
    // A process in another container can have the same process ID.
    for name in [name, own] + (2...9).map({ "\(own)_\($0)" }) {
      if dbus_bus_request_name(connection, name, 4, nil) == 1 { break }
    }
    let me = Unmanaged.passUnretained(self).toOpaque()
    let hasFilter = dbus_connection_add_filter(
      connection,
      { _, message, me in
        guard let message, let me else { return DBUS_HANDLER_RESULT_NOT_YET_HANDLED }
        return Unmanaged<MPRISServer>.fromOpaque(me).takeUnretainedValue().handle(message)
          ? DBUS_HANDLER_RESULT_HANDLED : DBUS_HANDLER_RESULT_NOT_YET_HANDLED
      }, me, nil)
    guard hasFilter != 0 else {
      dbus_connection_close(connection)
      dbus_connection_unref(connection)
      return nil
    }
    let thread = Thread { [self] in serve() }
    thread.name = "tingle MPRIS"
    thread.start()
  }

  /// Disconnects from the bus.
  public func stop() {
    ending.store(true, ordering: .releasing)
    ended.wait()
  }

  private func serve() {
    while !ending.load(ordering: .acquiring), dbus_connection_read_write_dispatch(connection, 200) != 0 {
      emitSignals()
    }
    dbus_connection_close(connection)
    dbus_connection_unref(connection)
    ended.signal()
  }

  /// Emits `PropertiesChanged` for changed properties, and `Seeked` after a jump.
  private func emitSignals() {
    let now = MPRISState(session, after: published)
    defer { published = now }
    let changed = now.properties.filter { !published.properties.contains($0) }
    if !changed.isEmpty {
      emit(Self.properties, "PropertiesChanged") {
        BusValue.string(Self.player).append(to: &$0)
        BusValue.dictionary(changed).append(to: &$0)
        BusValue.strings([]).append(to: &$0)
      }
    }
    if now.jumpCount != published.jumpCount {
      emit(Self.player, "Seeked") { now.position.append(to: &$0) }
    }
  }

  private func emit(_ interface: String, _ name: String, _ body: (inout DBusMessageIter) -> Void) {
    guard let message = dbus_message_new_signal(Self.object, interface, name) else { return }
    send(message, body)
  }

  /// Handles a method call.
  /// - Returns: whether the message was addressed to the player's object.
  private func handle(_ message: OpaquePointer) -> Bool {
    guard dbus_message_get_type(message) == 1, let path = dbus_message_get_path(message),
      String(cString: path) == Self.object,
      let member = dbus_message_get_member(message).map(String.init(cString:))
    else { return false }
    let interface = dbus_message_get_interface(message).map(String.init(cString:))
    let arguments = BusArguments(message)
    do {
      let result: [BusValue] =
        switch (interface, member) {
        case (_, "Introspect"): [.string(Self.introspection)]
        case (Self.properties?, _): try property(member, arguments)
        default: try call(member, arguments)
        }
      reply(to: message) { iterator in for value in result { value.append(to: &iterator) } }
    } catch {
      reply(to: message, with: error as? BusError ?? BusError("Failed", "\(error)"))
    }
    return true
  }

  private func property(_ member: String, _ arguments: BusArguments) throws -> [BusValue] {
    let state = MPRISState(session, after: published)
    guard let interface = arguments.strings.first else {
      throw BusError("InvalidArgs", "\(member) needs the name of an interface")
    }
    let all =
      switch interface {
      case Self.root: MPRISState.rootProperties
      case Self.player: state.properties + [.init("Position", state.position)]
      default: throw BusError("UnknownInterface", "unknown interface '\(interface)'")
      }
    if member == "GetAll" { return [.dictionary(all)] }
    let name = arguments.strings.count > 1 ? arguments.strings[1] : ""
    guard let property = all.first(where: { $0.name == name }) else {
      throw BusError("UnknownProperty", "unknown property '\(name)'")
    }
    switch member {
    case "Get": return [.variant(property.value)]
    case "Set":
      guard MPRISState.writable.contains(name) else {
        throw BusError("PropertyReadOnly", "'\(name)' is read-only")
      }
      guard let value = arguments.doubles.first else {
        throw BusError("InvalidArgs", "'\(name)' has type d")
      }
      guard !value.isNaN else { throw BusError("InvalidArgs", "'\(name)' cannot be NaN") }
      try set(name, to: value)
      return []
    default: throw BusError("UnknownMethod", "unknown method '\(member)'")
    }
  }

  private func set(_ name: String, to value: Double) throws {
    if name == "Volume" {
      try session.perform(.master(.absolute(MPRISState.decibels(ofVolume: value))))
    } else if value == 0 {
      // The specification: "A value of 0.0 should not be set by the client. If it is, the media player should
      // act as though Pause was called."
      try session.perform(.pause)
    } else if value != 1 {
      throw BusError("InvalidArgs", "Rate is always 1.0")
    }
  }

  private func call(_ member: String, _ arguments: BusArguments) throws -> [BusValue] {
    switch member {
    case "PlayPause": try session.perform(.toggle)
    case "Play": try session.perform(.resume)
    case "Pause": try session.perform(.pause)
    // Stop ends the program: the specification's stopped state is not supported.
    case "Stop", "Quit": try session.perform(.stop)
    case "Next": try session.perform(.next)
    case "Previous": try session.perform(.previous)
    case "Seek":
      guard let offset = arguments.integers.first else {
        throw BusError("InvalidArgs", "Seek needs an offset in microseconds, of type x")
      }
      let state = MPRISState(session, after: published)
      let seconds = Double(offset) * 1e-6
      // The specification: a position beyond the end acts like Next.
      if state.seconds + seconds >= state.endSeconds {
        try session.perform(.next)
      } else {
        try session.perform(.skip(seconds))
      }
    case "SetPosition":
      guard let position = arguments.integers.first, let trackID = arguments.strings.first else {
        throw BusError(
          "InvalidArgs", "SetPosition needs a track ID and a position in microseconds, of types o and x")
      }
      let state = MPRISState(session, after: published)
      let seconds = Double(position) * 1e-6
      // The specification: a stale track ID or a position beyond the end is ignored.
      if trackID == state.trackID, 0..<state.endSeconds ~= seconds { try session.perform(.jump(seconds)) }
    case "OpenUri": throw BusError("NotSupported", "OpenUri is not supported")
    case "Raise": break
    default: throw BusError("UnknownMethod", "unknown method '\(member)'")
    }
    return []
  }

  private func reply(to message: OpaquePointer, _ body: (inout DBusMessageIter) -> Void) {
    guard dbus_message_get_no_reply(message) == 0, let response = dbus_message_new_method_return(message)
    else {
      return
    }
    send(response, body)
  }

  private func reply(to message: OpaquePointer, with error: BusError) {
    guard dbus_message_get_no_reply(message) == 0,
      let response = dbus_message_new_error(message, error.name, error.message)
    else { return }
    send(response) { _ in }
  }

  private func send(_ message: OpaquePointer, _ body: (inout DBusMessageIter) -> Void) {
    var iterator = DBusMessageIter()
    dbus_message_iter_init_append(message, &iterator)
    body(&iterator)
    dbus_connection_send(connection, message, nil)
    dbus_message_unref(message)
  }

  /// The introspection data of the object.
  private static let introspection: String = {
    func properties(_ all: [BusEntry]) -> String {
      all.map { property in
        let access = MPRISState.writable.contains(property.name) ? "readwrite" : "read"
        return
          "<property name=\"\(property.name)\" type=\"\(property.value.signature)\" access=\"\(access)\"/>"
      }.joined()
    }
    let calls = ["PlayPause", "Play", "Pause", "Stop", "Next", "Previous"].map { "<method name=\"\($0)\"/>" }
      .joined()
    let blank = MPRISState.blank
    return """
      <node><interface name="\(root)"><method name="Raise"/><method name="Quit"/>\
      \(properties(MPRISState.rootProperties))</interface><interface name="\(player)">\(calls)\
      <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>\
      <method name="SetPosition"><arg name="TrackId" type="o" direction="in"/>\
      <arg name="Position" type="x" direction="in"/></method>\
      <method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>\
      <signal name="Seeked"><arg name="Position" type="x"/></signal>\
      \(properties(blank.properties + [.init("Position", blank.position)]))</interface>\
      <interface name="\(MPRISServer.properties)">\
      <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/>\
      <arg type="v" direction="out"/></method>\
      <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>\
      <method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/>\
      <arg type="v" direction="in"/></method>\
      <signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal>\
      </interface></node>
      """
  }()
}

/// The error reply to a method call.
private struct BusError: Error {
  let name: String
  let message: String

  /// - Parameter name: a standard error name without its prefix "org.freedesktop.DBus.Error.".
  init(_ name: String, _ message: String) {
    self.name = "org.freedesktop.DBus.Error.\(name)"
    self.message = message
  }
}
