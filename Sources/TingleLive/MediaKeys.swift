import CDBus
import Foundation
import Synchronization

/// Shows the player to the desktop, so that media keys and widgets pause and stop it: MPRIS 2.2 over the session's D-Bus
/// (specifications.freedesktop.org/mpris-spec). Where there is no bus there is no such thing, and no error.
public final class MediaKeys: @unchecked Sendable {
  private let session: LiveSession
  private let connection: OpaquePointer
  private let ending = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)
  // The thread's own: what the desktop was told last.
  private var told: MediaPlayerState

  static let object = "/org/mpris/MediaPlayer2"
  static let root = "org.mpris.MediaPlayer2"
  static let player = "org.mpris.MediaPlayer2.Player"
  static let properties = "org.freedesktop.DBus.Properties"

  /// Nil where there is no bus.
  public init?(_ session: LiveSession) {
    dbus_threads_init_default()
    guard let connection = dbus_bus_get_private(DBUS_BUS_SESSION, nil) else { return nil }
    dbus_connection_set_exit_on_disconnect(connection, 0)
    self.session = session
    self.connection = connection
    told = MediaPlayerState(session)
    // A second player has a name of its own, as the specification makes it.
    let name = Self.root + ".tingle"
    let own = "\(name).instance\(getpid())"
    // Another container's process can have the same number.
    for name in [name, own] + (2...9).map({ "\(own)_\($0)" }) {
      if dbus_bus_request_name(connection, name, 4, nil) == 1 { break }
    }
    let me = Unmanaged.passUnretained(self).toOpaque()
    let isHeard = dbus_connection_add_filter(
      connection,
      { _, message, me in
        guard let message, let me else { return DBUS_HANDLER_RESULT_NOT_YET_HANDLED }
        return Unmanaged<MediaKeys>.fromOpaque(me).takeUnretainedValue().hear(message)
          ? DBUS_HANDLER_RESULT_HANDLED : DBUS_HANDLER_RESULT_NOT_YET_HANDLED
      }, me, nil)
    guard isHeard != 0 else {
      dbus_connection_close(connection)
      dbus_connection_unref(connection)
      return nil
    }
    let thread = Thread { [self] in serve() }
    thread.name = "tingle media keys"
    thread.start()
  }

  /// Takes it off the desktop.
  public func stop() {
    ending.store(true, ordering: .releasing)
    ended.wait()
  }

  private func serve() {
    while !ending.load(ordering: .acquiring), dbus_connection_read_write_dispatch(connection, 200) != 0 {
      tell()
    }
    dbus_connection_close(connection)
    dbus_connection_unref(connection)
    ended.signal()
  }

  /// Tells the desktop what has changed, and where a jump went.
  private func tell() {
    let now = MediaPlayerState(session, after: told)
    defer { told = now }
    let changed = now.properties.filter { !told.properties.contains($0) }
    if !changed.isEmpty {
      signal(Self.properties, "PropertiesChanged") {
        BusValue.string(Self.player).append(to: &$0)
        BusValue.dictionary(changed).append(to: &$0)
        BusValue.strings([]).append(to: &$0)
      }
    }
    if now.jumps != told.jumps {
      signal(Self.player, "Seeked") { now.position.append(to: &$0) }
    }
  }

  private func signal(_ interface: String, _ name: String, _ body: (inout DBusMessageIter) -> Void) {
    guard let message = dbus_message_new_signal(Self.object, interface, name) else { return }
    send(message, body)
  }

  /// - Returns: whether the message was for it.
  private func hear(_ message: OpaquePointer) -> Bool {
    guard dbus_message_get_type(message) == 1, let path = dbus_message_get_path(message),
      String(cString: path) == Self.object,
      let member = dbus_message_get_member(message).map(String.init(cString:))
    else { return false }
    let interface = dbus_message_get_interface(message).map(String.init(cString:))
    let arguments = BusArguments(message)
    do {
      let answer: [BusValue] =
        switch (interface, member) {
        case (_, "Introspect"): [.string(Self.introspection)]
        case (Self.properties?, _): try property(member, arguments)
        default: try call(member, arguments)
        }
      reply(to: message) { iterator in for value in answer { value.append(to: &iterator) } }
    } catch {
      let failure = error as? BusError ?? BusError("Failed", "\(error)")
      refuse(message, failure)
    }
    return true
  }

  private func property(_ member: String, _ arguments: BusArguments) throws -> [BusValue] {
    let state = MediaPlayerState(session, after: told)
    guard let interface = arguments.strings.first else {
      throw BusError("InvalidArgs", "\(member) takes the name of an interface")
    }
    let all =
      switch interface {
      case Self.root: MediaPlayerState.rootProperties
      case Self.player: state.properties + [.init("Position", state.position)]
      default: throw BusError("UnknownInterface", "there is no interface '\(interface)'")
      }
    if member == "GetAll" { return [.dictionary(all)] }
    let name = arguments.strings.count > 1 ? arguments.strings[1] : ""
    guard let property = all.first(where: { $0.name == name }) else {
      throw BusError("UnknownProperty", "there is no property '\(name)'")
    }
    switch member {
    case "Get": return [.variant(property.value)]
    case "Set":
      guard MediaPlayerState.writable.contains(name) else {
        throw BusError("PropertyReadOnly", "'\(name)' can only be read")
      }
      guard let value = arguments.doubles.first else {
        throw BusError("InvalidArgs", "'\(name)' is a number of type d")
      }
      guard !value.isNaN else { throw BusError("InvalidArgs", "'\(name)' is not a number") }
      try set(name, to: value)
      return []
    default: throw BusError("UnknownMethod", "there is no method '\(member)'")
    }
  }

  private func set(_ name: String, to value: Double) throws {
    if name == "Volume" {
      try session.perform(.master(MediaPlayerState.decibels(ofVolume: value), by: false))
    } else if value == 0 {
      // So the specification has it.
      try session.perform(.pause)
    } else if value != 1 {
      throw BusError("InvalidArgs", "Rate is 1: a track is played at its own speed")
    }
  }

  private func call(_ member: String, _ arguments: BusArguments) throws -> [BusValue] {
    switch member {
    case "PlayPause": try session.perform(.toggle)
    case "Play": try session.perform(.resume)
    case "Pause": try session.perform(.pause)
    // What is over begins again by `tingle play`.
    case "Stop", "Quit": try session.perform(.stop)
    case "Next": try session.perform(.next)
    case "Previous": try session.perform(.previous)
    case "Seek":
      guard let offset = arguments.numbers.first else {
        throw BusError("InvalidArgs", "Seek takes a time in microseconds, of type x")
      }
      let state = MediaPlayerState(session, after: told)
      let seconds = Double(offset) * 1e-6
      // Beyond the end it is Next.
      try session.perform(state.seconds + seconds >= state.endSeconds ? .next : .skip(seconds))
    case "SetPosition":
      guard let position = arguments.numbers.first, let track = arguments.strings.first else {
        throw BusError(
          "InvalidArgs", "SetPosition takes a track and a time in microseconds, of types o and x")
      }
      let state = MediaPlayerState(session, after: told)
      let seconds = Double(position) * 1e-6
      // What was meant for another track, or lies beyond this one, comes too late.
      if track == state.track, 0..<state.endSeconds ~= seconds { try session.perform(.jump(seconds)) }
    case "OpenUri": throw BusError("NotSupported", "tracks are made here; none is opened")
    case "Raise": break
    default: throw BusError("UnknownMethod", "there is no method '\(member)'")
    }
    return []
  }

  private func reply(to message: OpaquePointer, _ body: (inout DBusMessageIter) -> Void) {
    guard dbus_message_get_no_reply(message) == 0, let answer = dbus_message_new_method_return(message) else {
      return
    }
    send(answer, body)
  }

  private func refuse(_ message: OpaquePointer, _ error: BusError) {
    guard dbus_message_get_no_reply(message) == 0,
      let answer = dbus_message_new_error(message, error.name, error.sentence)
    else { return }
    send(answer) { _ in }
  }

  private func send(_ message: OpaquePointer, _ body: (inout DBusMessageIter) -> Void) {
    var iterator = DBusMessageIter()
    dbus_message_iter_init_append(message, &iterator)
    body(&iterator)
    dbus_connection_send(connection, message, nil)
    dbus_message_unref(message)
  }

  private static let introspection: String = {
    func properties(_ all: [BusEntry]) -> String {
      all.map { property in
        let access = MediaPlayerState.writable.contains(property.name) ? "readwrite" : "read"
        return
          "<property name=\"\(property.name)\" type=\"\(property.value.signature)\" access=\"\(access)\"/>"
      }.joined()
    }
    let calls = ["PlayPause", "Play", "Pause", "Stop", "Next", "Previous"].map { "<method name=\"\($0)\"/>" }
      .joined()
    let blank = MediaPlayerState.blank
    return """
      <node><interface name="\(root)"><method name="Raise"/><method name="Quit"/>\
      \(properties(MediaPlayerState.rootProperties))</interface><interface name="\(player)">\(calls)\
      <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>\
      <method name="SetPosition"><arg name="TrackId" type="o" direction="in"/>\
      <arg name="Position" type="x" direction="in"/></method>\
      <method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>\
      <signal name="Seeked"><arg name="Position" type="x"/></signal>\
      \(properties(blank.properties + [.init("Position", blank.position)]))</interface>\
      <interface name="\(MediaKeys.properties)">\
      <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>\
      <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>\
      <method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/></method>\
      <signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal></interface></node>
      """
  }()
}

/// Why a method was not carried out.
private struct BusError: Error {
  let name: String
  let sentence: String

  /// - Parameter name: one of D-Bus's own, without "org.freedesktop.DBus.Error.".
  init(_ name: String, _ sentence: String) {
    self.name = "org.freedesktop.DBus.Error.\(name)"
    self.sentence = sentence
  }
}
