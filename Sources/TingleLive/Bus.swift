import CDBus
import Foundation

/// A value on the bus.
indirect enum BusValue: Equatable, Sendable {
  case string(String)
  case path(String)
  case bool(Bool)
  case int64(Int64)
  case double(Double)
  case strings([String])
  /// Names and values, in an order.
  case dictionary([BusEntry])
  /// A value with its type.
  case variant(BusValue)

  /// As D-Bus writes its type.
  var signature: String {
    switch self {
    case .string: "s"
    case .path: "o"
    case .bool: "b"
    case .int64: "x"
    case .double: "d"
    case .strings: "as"
    case .dictionary: "a{sv}"
    case .variant: "v"
    }
  }

  /// Adds it to a message.
  func append(to iterator: inout DBusMessageIter) {
    switch self {
    case .string(let text): Self.append(text, Character("s"), &iterator)
    case .path(let text): Self.append(text, Character("o"), &iterator)
    case .bool(let value):
      var word: dbus_bool_t = value ? 1 : 0
      dbus_message_iter_append_basic(&iterator, Self.code("b"), &word)
    case .int64(var value): dbus_message_iter_append_basic(&iterator, Self.code("x"), &value)
    case .double(var value): dbus_message_iter_append_basic(&iterator, Self.code("d"), &value)
    case .strings(let texts):
      Self.inside(&iterator, "a", "s") { inner in
        for text in texts { Self.append(text, "s", &inner) }
      }
    case .dictionary(let entries):
      Self.inside(&iterator, "a", "{sv}") { inner in
        for each in entries {
          Self.inside(&inner, "e", nil) { entry in
            Self.append(each.name, "s", &entry)
            BusValue.variant(each.value).append(to: &entry)
          }
        }
      }
    case .variant(let value):
      Self.inside(&iterator, "v", value.signature) { value.append(to: &$0) }
    }
  }

  private static func code(_ letter: Character) -> Int32 { Int32(letter.asciiValue!) }

  private static func append(_ text: String, _ type: Character, _ iterator: inout DBusMessageIter) {
    text.withCString { pointer in
      var pointer: UnsafePointer<CChar>? = pointer
      _ = dbus_message_iter_append_basic(&iterator, code(type), &pointer)
    }
  }

  private static func inside(
    _ iterator: inout DBusMessageIter, _ type: Character, _ signature: String?,
    _ body: (inout DBusMessageIter) -> Void
  ) {
    var inner = DBusMessageIter()
    dbus_message_iter_open_container(&iterator, code(type), signature, &inner)
    body(&inner)
    dbus_message_iter_close_container(&iterator, &inner)
  }
}

/// A named value of a dictionary: a property, or a piece of metadata.
struct BusEntry: Equatable, Sendable {
  let name: String
  let value: BusValue

  init(_ name: String, _ value: BusValue) { (self.name, self.value) = (name, value) }
}

/// A message's arguments, as far as media players are sent any.
struct BusArguments {
  private(set) var strings: [String] = []
  private(set) var numbers: [Int64] = []
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
        var number: Int64 = 0
        dbus_message_iter_get_basic(&iterator, &number)
        numbers.append(number)
      case UInt8(ascii: "d"):
        var number = 0.0
        dbus_message_iter_get_basic(&iterator, &number)
        doubles.append(number)
      case UInt8(ascii: "v"):
        var inner = DBusMessageIter()
        dbus_message_iter_recurse(&iterator, &inner)
        read(&inner)
      default: break
      }
    } while dbus_message_iter_next(&iterator) != 0
  }
}
