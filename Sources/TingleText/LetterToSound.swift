import CLexicon

/// Grapheme-to-phoneme conversion (G2P) for words that are not in the lexicon.
///
/// A joint n-gram model, trained on CMUdict, in which each letter maps to zero, one or two phonemes; decoded
/// with a beam search. M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme conversion",
/// Speech Communication 50 (2008) 434.
package enum LetterToSound {
  /// The phonemes of a word in lower-case letters a to z; other characters are ignored.
  package static func phonemes(of word: String) -> [Phoneme] {
    // The hypotheses of each letter; each refers to the one that it extends.
    var beams = [[Hypothesis(history: .zero, cost: 0, parent: 0)]]
    for letter in word.utf8 {
      guard let choices = unitsOfLetter[letter], let beam = beams.last else { continue }
      var next: [Hypothesis] = []
      next.reserveCapacity(beam.count * choices.count)
      for (parent, hypothesis) in beam.enumerated() {
        for unit in choices {
          next.append(
            Hypothesis(
              history: hypothesis.history.appending(unit),
              cost: hypothesis.cost + Self.cost(of: unit, after: hypothesis.history), parent: parent))
        }
      }
      next.sort { $0.cost < $1.cost }
      beams.append(Array(next.prefix(beamWidth)))
    }
    let last = beams[beams.count - 1]
    var index =
      last.indices.min {
        last[$0].cost + Self.cost(of: 1, after: last[$0].history)
          < last[$1].cost + Self.cost(of: 1, after: last[$1].history)
      } ?? 0
    var units: [UInt16] = []
    for beam in beams.dropFirst().reversed() {
      units.append(beam[index].history.last)
      index = beam[index].parent
    }
    let decoded = units.reversed().flatMap { codes(of: $0) }
    return withOnePrimaryStress(decoded.map(Phoneme.init(code:)))
  }

  /// A partial decoding: its last units (each a letter with its phonemes), its cost, and the index of the
  /// decoding that it extends.
  private struct Hypothesis {
    var history: History
    var cost: Int
    var parent: Int
  }

  /// The last four units, the oldest first.
  private struct History {
    static let length = 4
    static let zero = History(units: .zero)
    var units: SIMD4<UInt16>

    var last: UInt16 { units[3] }
    func appending(_ unit: UInt16) -> History { History(units: [units[1], units[2], units[3], unit]) }
  }

  private static let beamWidth = 20
  private static var base: UnsafeRawPointer { UnsafeRawPointer(tingle_letters()!) }
  private static let unitCount = Int(base.load(as: UInt32.self))
  private static let entryCount = Int(base.load(fromByteOffset: 4, as: UInt32.self))
  private static var entries: UnsafeRawPointer { base + 8 + 4 * unitCount }

  /// The units of each letter. They are numbered from 2; 0 marks the start of a word, 1 its end.
  private static let unitsOfLetter: [UInt8: [UInt16]] = {
    var units: [UInt8: [UInt16]] = [:]
    for k in 0..<unitCount {
      units[base.load(fromByteOffset: 8 + 4 * k, as: UInt8.self), default: []].append(UInt16(k + 2))
    }
    return units
  }()

  private static func codes(of unit: UInt16) -> [UInt8] {
    let bytes = base + 8 + 4 * (Int(unit) - 2)
    let count = Int(bytes.load(fromByteOffset: 1, as: UInt8.self))
    return (0..<count).map { bytes.load(fromByteOffset: 2 + $0, as: UInt8.self) }
  }

  /// The cost of a unit after a history: -log₂ of its probability, in sixteenths of a bit.
  ///
  /// Back-off: without an entry for a history, the next shorter one is used and the back-off cost is added.
  private static func cost(of unit: UInt16, after history: History) -> Int {
    var total = 0
    for skipped in 0...History.length {
      if let cost = entry(history, from: skipped, unit)?.unit, cost < 255 { return total + Int(cost) }
      if let cost = entry(history, from: skipped, 0xFFFF)?.backoff, cost < 255 { total += Int(cost) }
    }
    return total + 400
  }

  /// The costs in the hash table (FNV-1a, linear probing) for the end of a history and a unit, or nil.
  private static func entry(
    _ history: History, from start: Int, _ last: UInt16
  ) -> (unit: UInt8, backoff: UInt8)? {
    var hash: UInt32 = 0x811C_9DC5
    func mix(_ id: UInt16) {
      hash = (hash ^ UInt32(id & 255)) &* 0x0100_0193
      hash = (hash ^ UInt32(id >> 8)) &* 0x0100_0193
    }
    for k in start..<History.length { mix(history.units[k]) }
    mix(last)
    if hash == 0 { hash = 1 }
    var slot = Int(hash) & (entryCount - 1)
    while true {
      let found = entries.loadUnaligned(fromByteOffset: 6 * slot, as: UInt32.self)
      if found == 0 { return nil }
      if found == hash {
        return (
          entries.load(fromByteOffset: 6 * slot + 4, as: UInt8.self),
          entries.load(fromByteOffset: 6 * slot + 5, as: UInt8.self)
        )
      }
      slot = (slot + 1) & (entryCount - 1)
    }
  }

  /// Makes the first stress primary and the others secondary; without any, the first vowel is stressed.
  private static func withOnePrimaryStress(_ phonemes: [Phoneme]) -> [Phoneme] {
    var hasPrimary = false
    var result = phonemes.map { phoneme in
      guard phoneme.stress > 0 else { return phoneme }
      defer { hasPrimary = true }
      return Phoneme(phoneme.name, stress: hasPrimary ? 2 : 1)
    }
    if !hasPrimary, let first = result.firstIndex(where: { $0.isVowel }) {
      result[first] = Phoneme(result[first].name == "AX" ? "AH" : result[first].name, stress: 1)
    }
    return result
  }
}
