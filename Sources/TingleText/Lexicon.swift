import CLexicon

/// The pronunciation lexicon: CMUdict, the Carnegie Mellon pronouncing dictionary, embedded in the program.
///
/// Words are front-coded (each stores only its difference from the previous word) in blocks of sixteen; the
/// block is found by binary search. `make-lexicon.py` describes the format.
package enum Lexicon {
  /// The phonemes of a lower-case word, or nil if the lexicon does not contain it.
  package static func phonemes(of word: String) -> [Phoneme]? {
    let wanted = Array(word.utf8)
    var low = 0
    var high = blockCount
    // Finds the last block whose first word is not after the wanted one.
    while low + 1 < high {
      let middle = (low + high) / 2
      if precedes(wanted, firstWord(of: middle)) { high = middle } else { low = middle }
    }
    return find(wanted, in: low)
  }

  private static var base: UnsafeRawPointer { UnsafeRawPointer(tingle_lexicon()!) }
  /// The number of words in the lexicon.
  package static let wordCount = Int(base.load(as: UInt32.self))
  private static let blockCount = Int(base.load(fromByteOffset: 4, as: UInt32.self))
  private static var blocks: UnsafeRawPointer { base + 8 + 4 * blockCount }

  private static func start(of block: Int) -> UnsafePointer<UInt8> {
    let offset = base.load(fromByteOffset: 8 + 4 * block, as: UInt32.self)
    return (blocks + Int(offset)).assumingMemoryBound(to: UInt8.self)
  }

  private static func firstWord(of block: Int) -> UnsafeBufferPointer<UInt8> {
    let bytes = start(of: block)
    return UnsafeBufferPointer(start: bytes + 2, count: Int(bytes[1]))
  }

  private static func precedes(_ a: [UInt8], _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.lexicographicallyPrecedes(b)
  }

  private static func find(_ wanted: [UInt8], in block: Int) -> [Phoneme]? {
    var bytes = start(of: block)
    var word: [UInt8] = []
    for _ in 0..<min(16, wordCount - 16 * block) {
      word.removeLast(word.count - Int(bytes[0]))
      word += UnsafeBufferPointer(start: bytes + 2, count: Int(bytes[1]))
      bytes += 2 + Int(bytes[1])
      let count = Int(bytes[0])
      if word == wanted { return (0..<count).map { Phoneme(code: bytes[1 + $0]) } }
      bytes += 1 + count
    }
    return nil
  }
}
