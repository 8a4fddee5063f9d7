/// The header of an Ogg page (RFC 3533, section 6): its sizes and its end-of-stream flag.
struct OggPage {
  /// The size of a header without its segment table.
  static let fixedBytes = 27
  /// The size of the longest header, with a segment table of 255 bytes.
  static let maxHeaderBytes = fixedBytes + 255
  /// The size of the longest page.
  static let maxBytes = maxHeaderBytes + 255 * 255

  /// The size of the header.
  let headerBytes: Int
  /// The size of the page's packet data.
  let bodyBytes: Int
  /// Whether the page is the last of its stream.
  let isLast: Bool

  /// The size of the page.
  var bytes: Int { headerBytes + bodyBytes }

  /// Whether bytes begin with the capture pattern and version of a page.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= fixedBytes && bytes.starts(with: "OggS".utf8) && bytes[bytes.startIndex + 4] == 0
  }

  /// Parses a header.
  /// - Parameter bytes: the page from its first byte.
  /// - Returns: nil if the bytes are not a page or the header is incomplete.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard Self.begins(bytes) else { return nil }
    let start = bytes.startIndex
    headerBytes = Self.fixedBytes + Int(bytes[start + 26])
    guard headerBytes <= bytes.count else { return nil }
    bodyBytes = bytes[start + Self.fixedBytes..<start + headerBytes].reduce(0) { $0 + Int($1) }
    isLast = bytes[start + 5] & 4 != 0
  }
}
