/// Checks that an Ogg stream is complete: its last page has the end-of-stream flag.
enum OggEnd {
  /// Whether a file is an Ogg stream without its last page.
  static func isMissing(in file: ByteSource) -> Bool {
    guard let size = file.size, file.bytes(at: 0, count: 4).elementsEqual("OggS".utf8) else { return false }
    let start = max(0, size - 2 * OggPage.maxBytes)
    let tail = file.bytes(at: start, count: size - start)
    // Find every page in the tail by its capture pattern; the last one decides.
    var isLast = false
    var offset = 0
    while offset + OggPage.fixedBytes <= tail.count {
      guard OggPage.begins(tail[offset...]) else {
        offset += 1
        continue
      }
      guard let page = OggPage(tail[offset...]), offset + page.bytes <= tail.count else { return true }
      offset += page.bytes
      isLast = page.isLast
    }
    return !isLast
  }
}
