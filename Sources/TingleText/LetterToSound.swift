import CLexicon

/// Grapheme-to-phoneme conversion (G2P) for words that are not in the lexicon.
///
/// A joint n-gram model, trained on CMUdict, in which each letter maps to zero, one or two phonemes; decoded
/// with a beam search. M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme conversion",
/// Speech Communication 50 (2008) 434.
package enum LetterToSound {
  /// The phonemes of a word in lower-case letters a to z; other characters are ignored.
  package static func phonemes(of word: String) -> [Phoneme] {
    var beam = [Hypothesis(history: Array(repeating: 0, count: historyLength), units: [], cost: 0)]
    for letter in word.utf8 {
      guard let choices = unitsOfLetter[letter] else { continue }
      var next: [Hypothesis] = []
      for hypothesis in beam {
        for unit in choices {
          let cost = hypothesis.cost + Self.cost(of: unit, after: hypothesis.history)
          next.append(
            Hypothesis(
              history: Array(hypothesis.history.dropFirst()) + [unit], units: hypothesis.units + [unit],
              cost: cost))
        }
      }
      next.sort { $0.cost < $1.cost }
      beam = Array(next.prefix(beamWidth))
    }
    let best = beam.min {
      $0.cost + Self.cost(of: 1, after: $0.history) < $1.cost + Self.cost(of: 1, after: $1.history)
    }
    let decoded = best.map { $0.units.flatMap { codes(of: $0) } } ?? []
    return withOnePrimaryStress(decoded.map(Phoneme.init(code:)))
  }

  /// A partial decoding: its units (each a letter with its phonemes), the last ones as context, and its cost.
  private struct Hypothesis {
    var history: [UInt16]
    var units: [UInt16]
    var cost: Int
  }

  private static let historyLength = 4
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
  private static func cost(of unit: UInt16, after history: [UInt16]) -> Int {
    var total = 0
    for skipped in 0...history.count {
      let context = history[skipped...]
      if let cost = entry(context, unit)?.unit, cost < 255 { return total + Int(cost) }
      if let cost = entry(context, 0xFFFF)?.backoff, cost < 255 { total += Int(cost) }
    }
    return total + 400
  }

  /// The costs that the hash table (FNV-1a, linear probing) holds for a history and a unit, or nil.
  private static func entry(_ history: ArraySlice<UInt16>, _ last: UInt16) -> (unit: UInt8, backoff: UInt8)? {
    var hash: UInt32 = 0x811C_9DC5
    func mix(_ id: UInt16) {
      hash = (hash ^ UInt32(id & 255)) &* 0x0100_0193
      hash = (hash ^ UInt32(id >> 8)) &* 0x0100_0193
    }
    for id in history { mix(id) }
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
