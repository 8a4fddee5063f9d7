import CLexicon

/// How a word that is in no lexicon is probably said: each letter gives none, one or two sounds, in the likeliest way that
/// CMUdict's words teach.
///
/// A joint n-gram of letters and their sounds (M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme
/// conversion", Speech Communication 50 (2008) 434), searched with a beam.
package enum LetterToSound {
  /// The sounds of a word in small letters a to z; other characters are passed over.
  package static func sounds(of word: String) -> [Phoneme] {
    var beam = [Path(history: Array(repeating: 0, count: history), units: [], cost: 0)]
    for letter in word.utf8 {
      guard let choices = unitsOfLetter[letter] else { continue }
      var next: [Path] = []
      for path in beam {
        for unit in choices {
          let cost = path.cost + Self.cost(of: unit, after: path.history)
          next.append(
            Path(history: Array(path.history.dropFirst()) + [unit], units: path.units + [unit], cost: cost))
        }
      }
      next.sort { $0.cost < $1.cost }
      beam = Array(next.prefix(beamWidth))
    }
    let best = beam.min {
      $0.cost + Self.cost(of: 1, after: $0.history) < $1.cost + Self.cost(of: 1, after: $1.history)
    }
    let found = best.map { $0.units.flatMap { codes(of: $0) } } ?? []
    return withOneMainStress(found.map(Phoneme.init(code:)))
  }

  private struct Path {
    var history: [UInt16]
    var units: [UInt16]
    var cost: Int
  }

  private static let history = 4
  private static let beamWidth = 20
  private static var base: UnsafeRawPointer { UnsafeRawPointer(tingle_letters()!) }
  private static let unitCount = Int(base.load(as: UInt32.self))
  private static let entryCount = Int(base.load(fromByteOffset: 4, as: UInt32.self))
  private static var entries: UnsafeRawPointer { base + 8 + 4 * unitCount }

  /// Units are numbered from 2 on; 0 is before a word, 1 its end.
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

  /// -log₂ of a unit's probability after a history, in sixteenths of a bit: of the longest part of it that is known.
  private static func cost(of unit: UInt16, after history: [UInt16]) -> Int {
    var total = 0
    for skipped in 0...history.count {
      let known = history[skipped...]
      if let cost = entry(known, unit)?.unit, cost < 255 { return total + Int(cost) }
      if let cost = entry(known, 0xFFFF)?.backoff, cost < 255 { total += Int(cost) }
    }
    return total + 400
  }

  private static func entry(_ history: ArraySlice<UInt16>, _ last: UInt16) -> (unit: UInt8, backoff: UInt8)? {
    var hash: UInt32 = 0x811C_9DC5
    func mix(_ id: UInt16) {
      hash = (hash ^ UInt32(id & 255)) &* 0x0100_0193
      hash = (hash ^ UInt32(id >> 8)) &* 0x0100_0193
    }
    for id in history { mix(id) }
    mix(last)
    if hash == 0 { hash = 1 }
    var place = Int(hash) & (entryCount - 1)
    while true {
      let found = entries.loadUnaligned(fromByteOffset: 6 * place, as: UInt32.self)
      if found == 0 { return nil }
      if found == hash {
        return (
          entries.load(fromByteOffset: 6 * place + 4, as: UInt8.self),
          entries.load(fromByteOffset: 6 * place + 5, as: UInt8.self)
        )
      }
      place = (place + 1) & (entryCount - 1)
    }
  }

  /// Of several stresses the first stays the main one; a word of some length has one at least.
  private static func withOneMainStress(_ sounds: [Phoneme]) -> [Phoneme] {
    var hasMain = false
    var result = sounds.map { sound in
      guard sound.stress > 0 else { return sound }
      defer { hasMain = true }
      return Phoneme(sound.name, stress: hasMain ? 2 : 1)
    }
    if !hasMain, let first = result.firstIndex(where: { $0.isVowel }) {
      result[first] = Phoneme(result[first].name == "AX" ? "AH" : result[first].name, stress: 1)
    }
    return result
  }
}
