/// The header of an Ogg page (RFC 3533, section 6): how long the page is.
struct OggPage {
  /// The part of a header that every page has.
  static let fixedBytes = 27
  /// The longest header: 255 sizes of segments follow.
  static let mostHeaderBytes = fixedBytes + 255
  /// The longest page.
  static let mostBytes = mostHeaderBytes + 255 * 255

  /// The header's length and that of the packets behind it.
  let headerBytes: Int
  let bodyBytes: Int
  /// Whether the page is the last of its stream.
  let isLast: Bool

  /// The length of the page.
  var bytes: Int { headerBytes + bodyBytes }

  /// Whether bytes begin as a page does.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= fixedBytes && bytes.starts(with: "OggS".utf8) && bytes[bytes.startIndex + 4] == 0
  }

  /// Reads a header.
  /// - Parameter bytes: from the page's first byte on.
  /// - Returns: nil for anything else, and for a header that is cut off.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard Self.begins(bytes) else { return nil }
    let start = bytes.startIndex
    headerBytes = Self.fixedBytes + Int(bytes[start + 26])
    guard headerBytes <= bytes.count else { return nil }
    bodyBytes = bytes[start + Self.fixedBytes..<start + headerBytes].reduce(0) { $0 + Int($1) }
    isLast = bytes[start + 5] & 4 != 0
  }
}
