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
  private var told: (isPaused: Bool, title: String)?

  private static let object = "/org/mpris/MediaPlayer2"
  private static let root = "org.mpris.MediaPlayer2"
  private static let player = "org.mpris.MediaPlayer2.Player"
  private static let properties = "org.freedesktop.DBus.Properties"

  /// Nil where there is no bus.
  public init?(_ session: LiveSession) {
    dbus_threads_init_default()
    guard let connection = dbus_bus_get_private(DBUS_BUS_SESSION, nil) else { return nil }
    dbus_connection_set_exit_on_disconnect(connection, 0)
    self.session = session
    self.connection = connection
    // A second player has a name of its own.
    let name = Self.root + ".tingle"
    if dbus_bus_request_name(connection, name, 4, nil) != 1 {
      dbus_bus_request_name(connection, "\(name).instance\(getpid())", 4, nil)
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

  /// Tells the desktop what has changed.
  private func tell() {
    let status = session.status
    let now = (isPaused: status.isPaused, title: status.title)
    defer { told = now }
    guard let told, told != now else { return }
    let message = dbus_message_new_signal(Self.object, Self.properties, "PropertiesChanged")
    var iterator = DBusMessageIter()
    dbus_message_iter_init_append(message, &iterator)
    BusValue.string(Self.player).append(to: &iterator)
    let changed = Self.playerProperties(status).filter { ["PlaybackStatus", "Metadata"].contains($0.0) }
    BusValue.dictionary(changed).append(to: &iterator)
    BusValue.strings([]).append(to: &iterator)
    dbus_connection_send(connection, message, nil)
    dbus_message_unref(message)
  }

  /// - Returns: whether the message was for it.
  private func hear(_ message: OpaquePointer) -> Bool {
    guard dbus_message_get_type(message) == 1, let path = dbus_message_get_path(message),
      String(cString: path) == Self.object,
      let member = dbus_message_get_member(message).map(String.init(cString:))
    else { return false }
    let arguments = BusArguments(message)
    switch member {
    case "Introspect": reply(to: message) { BusValue.string(Self.introspection).append(to: &$0) }
    case "GetAll":
      let all =
        arguments.strings.first == Self.root ? Self.rootProperties : Self.playerProperties(session.status)
      reply(to: message) { BusValue.dictionary(all).append(to: &$0) }
    case "Get":
      let all = Self.rootProperties + Self.playerProperties(session.status)
      guard let value = all.first(where: { $0.0 == arguments.strings.last })?.1 else {
        refuse(message, "there is no such property")
        return true
      }
      reply(to: message) { value.appendVariant(to: &$0) }
    case "Set":
      if arguments.strings.last == "Volume", let volume = arguments.doubles.first {
        _ = try? session.perform(.master(max(-60, min(0, 20 * log10(max(1e-3, volume)))), by: false))
      }
      reply(to: message) { _ in }
    default:
      guard let command = Self.command(member, arguments) else {
        refuse(message, "there is no method '\(member)'")
        return true
      }
      _ = try? session.perform(command)
      reply(to: message) { _ in }
    }
    return true
  }

  private static func command(_ member: String, _ arguments: BusArguments) -> Command? {
    switch member {
    case "PlayPause": .toggle
    case "Play": .resume
    case "Pause": .pause
    case "Stop", "Quit": .stop
    case "Next": .next
    case "Previous": .previous
    case "Seek": arguments.numbers.first.map { .skip(Double($0) * 1e-6) }
    case "SetPosition": arguments.numbers.first.map { .jump(max(0, Double($0) * 1e-6)) }
    default: nil
    }
  }

  private func reply(to message: OpaquePointer, _ body: (inout DBusMessageIter) -> Void) {
    guard dbus_message_get_no_reply(message) == 0 else { return }
    let answer = dbus_message_new_method_return(message)
    var iterator = DBusMessageIter()
    dbus_message_iter_init_append(answer, &iterator)
    body(&iterator)
    dbus_connection_send(connection, answer, nil)
    dbus_message_unref(answer)
  }

  private func refuse(_ message: OpaquePointer, _ reason: String) {
    let answer = dbus_message_new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", reason)
    dbus_connection_send(connection, answer, nil)
    dbus_message_unref(answer)
  }

  private static let rootProperties: [(String, BusValue)] = [
    ("CanQuit", .bool(true)), ("CanRaise", .bool(false)), ("HasTrackList", .bool(false)),
    ("Identity", .string("Tingle")), ("SupportedUriSchemes", .strings([])),
    ("SupportedMimeTypes", .strings([])),
  ]

  private static func playerProperties(_ status: Status) -> [(String, BusValue)] {
    let metadata: [(String, BusValue)] = [
      ("mpris:trackid", .path("/org/tingle/track")),
      ("mpris:length", .int64(Int64(status.endSeconds * 1e6))), ("xesam:title", .string(status.title)),
      ("xesam:album", .string("Tingle")),
    ]
    return [
      ("PlaybackStatus", .string(status.isPaused ? "Paused" : "Playing")), ("Rate", .double(1)),
      ("Metadata", .dictionary(metadata)), ("Volume", .double(pow(10, min(0, status.masterDB) / 20))),
      ("Position", .int64(Int64(status.seconds * 1e6))), ("MinimumRate", .double(1)),
      ("MaximumRate", .double(1)),
      ("CanGoNext", .bool(true)), ("CanGoPrevious", .bool(true)), ("CanPlay", .bool(true)),
      ("CanPause", .bool(true)),
      ("CanSeek", .bool(true)), ("CanControl", .bool(true)),
    ]
  }

  private static let introspection: String = {
    func properties(_ pairs: [(String, BusValue)]) -> String {
      pairs.map { name, value in
        "<property name=\"\(name)\" type=\"\(value.signature)\" access=\"\(name == "Volume" ? "readwrite" : "read")\"/>"
      }.joined()
    }
    let calls = ["PlayPause", "Play", "Pause", "Stop", "Next", "Previous"].map { "<method name=\"\($0)\"/>" }
      .joined()
    return """
      <node><interface name="\(root)"><method name="Raise"/><method name="Quit"/>\(properties(rootProperties))</interface>\
      <interface name="\(player)">\(calls)\
      <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>\
      <method name="SetPosition"><arg name="TrackId" type="o" direction="in"/>\
      <arg name="Position" type="x" direction="in"/></method>\(properties(playerProperties(Status.blank)))</interface>\
      <interface name="\(MediaKeys.properties)">\
      <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>\
      <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>\
      <method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/></method>\
      <signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal></interface></node>
      """
  }()
}
