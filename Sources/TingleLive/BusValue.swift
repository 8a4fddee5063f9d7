import CDBus
import Foundation

/// A D-Bus value.
indirect enum BusValue: Equatable, Sendable {
  case string(String)
  case path(String)
  case bool(Bool)
  case int64(Int64)
  case double(Double)
  case strings([String])
  /// A dictionary of strings to variants, in a fixed order.
  case dictionary([BusEntry])
  /// A variant: a value with its signature.
  case variant(BusValue)

  /// The D-Bus type signature.
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

  /// Appends the value to a message.
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
      Self.container(&iterator, "a", "s") { inner in
        for text in texts { Self.append(text, "s", &inner) }
      }
    case .dictionary(let entries):
      Self.container(&iterator, "a", "{sv}") { inner in
        for each in entries {
          Self.container(&inner, "e", nil) { entry in
            Self.append(each.name, "s", &entry)
            BusValue.variant(each.value).append(to: &entry)
          }
        }
      }
    case .variant(let value):
      Self.container(&iterator, "v", value.signature) { value.append(to: &$0) }
    }
  }

  private static func code(_ letter: Character) -> Int32 { Int32(letter.asciiValue!) }

  private static func append(_ text: String, _ type: Character, _ iterator: inout DBusMessageIter) {
    text.withCString { pointer in
      var pointer: UnsafePointer<CChar>? = pointer
      _ = dbus_message_iter_append_basic(&iterator, code(type), &pointer)
    }
  }

  private static func container(
    _ iterator: inout DBusMessageIter, _ type: Character, _ signature: String?,
    _ body: (inout DBusMessageIter) -> Void
  ) {
    var inner = DBusMessageIter()
    dbus_message_iter_open_container(&iterator, code(type), signature, &inner)
    body(&inner)
    dbus_message_iter_close_container(&iterator, &inner)
  }
}

/// An entry of a D-Bus dictionary: a property or a metadata field.
struct BusEntry: Equatable, Sendable {
  let name: String
  let value: BusValue

  init(_ name: String, _ value: BusValue) { (self.name, self.value) = (name, value) }
}
