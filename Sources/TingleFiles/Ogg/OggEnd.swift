/// Whether an Ogg stream is whole: its last page says that it is the last.
enum OggEnd {
  /// Whether a file is an Ogg stream that was cut short.
  static func isMissing(in file: SoundSource) -> Bool {
    guard let size = file.size, file.bytes(at: 0, count: 4).elementsEqual("OggS".utf8) else { return false }
    let start = max(0, size - 2 * OggPage.mostBytes)
    let tail = file.bytes(at: start, count: size - start)
    // Every page from there on, found by its name; the last one counts.
    var isLast = false
    var k = 0
    while k + OggPage.fixedBytes <= tail.count {
      guard OggPage.begins(tail[k...]) else {
        k += 1
        continue
      }
      guard let page = OggPage(tail[k...]), k + page.bytes <= tail.count else { return true }
      k += page.bytes
      isLast = page.isLast
    }
    return !isLast
  }
}
