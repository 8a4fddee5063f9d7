/// Whether an Ogg stream is whole: its last page says that it is the last.
enum OggEnd {
  private static let headerBytes = 27
  private static let mostPageBytes = 27 + 255 + 255 * 255

  /// Whether a file is an Ogg stream that was cut short.
  static func isMissing(in file: SoundSource) -> Bool {
    guard let size = file.size, file.bytes(at: 0, count: 4).elementsEqual("OggS".utf8) else { return false }
    let start = max(0, size - 2 * mostPageBytes)
    let tail = file.bytes(at: start, count: size - start)
    // Every page from there on, found by its name; the last one counts.
    var isLast = false
    var k = 0
    while k + headerBytes <= tail.count {
      guard tail[k..<k + 4].elementsEqual("OggS".utf8), tail[k + 4] == 0 else {
        k += 1
        continue
      }
      let segments = Int(tail[k + 26])
      guard k + headerBytes + segments <= tail.count else { return true }
      let bytes = tail[k + headerBytes..<k + headerBytes + segments].reduce(0) { $0 + Int($1) }
      k += headerBytes + segments + bytes
      guard k <= tail.count else { return true }
      isLast = tail[k - bytes - segments - headerBytes + 5] & 4 != 0
    }
    return !isLast
  }
}
