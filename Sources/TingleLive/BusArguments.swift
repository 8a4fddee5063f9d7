import CDBus

/// The arguments of a D-Bus message by their types, in order: strings and object paths (s, o), 64-bit
/// integers (x) and doubles (d). Variants are unpacked; the methods of MPRIS take no other types.
struct BusArguments {
  private(set) var strings: [String] = []
  private(set) var integers: [Int64] = []
  private(set) var doubles: [Double] = []

  init(_ message: OpaquePointer) {
    var iterator = DBusMessageIter()
    guard dbus_message_iter_init(message, &iterator) != 0 else { return }
    read(&iterator)
  }

  private mutating func read(_ iterator: inout DBusMessageIter) {
    repeat {
      switch UInt8(truncatingIfNeeded: dbus_message_iter_get_arg_type(&iterator)) {
      case UInt8(ascii: "s"), UInt8(ascii: "o"):
        var text: UnsafePointer<CChar>?
        dbus_message_iter_get_basic(&iterator, &text)
        if let text { strings.append(String(cString: text)) }
      case UInt8(ascii: "x"):
        var integer: Int64 = 0
        dbus_message_iter_get_basic(&iterator, &integer)
        integers.append(integer)
      case UInt8(ascii: "d"):
        var double = 0.0
        dbus_message_iter_get_basic(&iterator, &double)
        doubles.append(double)
      case UInt8(ascii: "v"):
        var inner = DBusMessageIter()
        dbus_message_iter_recurse(&iterator, &inner)
        read(&inner)
      default: break
      }
    } while dbus_message_iter_next(&iterator) != 0
  }
}
