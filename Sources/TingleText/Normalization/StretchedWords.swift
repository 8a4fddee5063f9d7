/// Words with a letter that is written three times or more: "sooo", "relaaax", "goooood", "yesss".
enum StretchedWords {
  /// The word without the stretch, or nil if a word is not stretched or no such word is in the lexicon.
  ///
  /// A run becomes one or two letters. Two are preferred within a word and at its end ("good", "all"), except
  /// in common words that end in a single vowel ("so", "no", "me").
  static func base(of word: String) -> String? { stretched(word)?.base }

  /// The phonemes of a stretched word: those of its base, with the phoneme of the stretched letter repeated.
  static func phonemes(of word: String) -> [Phoneme]? {
    guard let (base, runs) = stretched(word) ?? stretched(word, isListed: false) else { return nil }
    var phonemes = Lexicon.phonemes(of: base) ?? LetterToSound.phonemes(of: base)
    for run in runs.reversed() {
      guard let index = phoneme(of: run.letter, at: run.position, in: phonemes, letters: base) else {
        continue
      }
      let held = Array(repeating: phonemes[index], count: min(run.extra, Interjections.maximumRepeats - 1))
      phonemes.insert(contentsOf: held, at: index)
    }
    return phonemes
  }

  /// A stretched letter: its position in the base from 0 to 1, and how many letters the base lacks.
  private struct Run { var letter: Character, position: Double, extra: Int }

  /// The base of a word and its stretched letters.
  /// - Parameter isListed: whether the base has to be in the lexicon; otherwise a long "e" or "o" becomes two
  ///   letters, and other letters one.
  private static func stretched(_ word: String, isListed: Bool = true) -> (base: String, runs: [Run])? {
    guard (3...60).contains(word.utf8.count), word.utf8.allSatisfy({ 0x61...0x7A ~= $0 }) else { return nil }
    let runs = Interjections.runs(of: word)
    let long = runs.indices.filter { runs[$0].count >= 3 }
    guard (1...4).contains(long.count) else { return nil }
    // Each long run has one letter or two: bit k of the choice.
    let candidates = (0..<(1 << long.count)).map { choice -> [Int] in
      runs.indices.map { k in
        guard let bit = long.firstIndex(of: k) else { return runs[k].count }
        return choice >> bit & 1 == 0 ? 2 : 1
      }
    }
    func base(_ counts: [Int]) -> String {
      zip(runs, counts).map { String(repeating: $0.letter, count: $1) }.joined()
    }
    let isOpen = candidates.last.map { openWords.contains(base($0)) } ?? false
    let ordered = isOpen ? candidates.reversed() : candidates
    let guess = runs.map { $0.count < 3 ? $0.count : "eo".contains($0.letter) ? 2 : 1 }
    let listed = ordered.first { Lexicon.phonemes(of: base($0)) != nil }
    guard let counts = isListed ? listed : guess else { return nil }
    let text = base(counts)
    var position = 0
    var found: [Run] = []
    for (k, run) in runs.enumerated() {
      let middle = (Double(position) + Double(counts[k]) / 2) / Double(text.count)
      if run.count > counts[k] {
        found.append(Run(letter: run.letter, position: middle, extra: run.count - counts[k]))
      }
      position += counts[k]
    }
    return (text, found)
  }

  /// Common words that end in one vowel, although the lexicon has names with two.
  private static let openWords: Set = [
    "so", "no", "go", "who", "hello", "me", "he", "she", "we", "be", "the", "yo", "oh", "hi", "my", "by",
    "why", "baby",
    "sorry", "happy", "pretty", "lovely", "easy", "really", "very", "hey", "yes", "bye", "please", "nice",
    "now", "wow",
    "come", "love", "slow", "long", "wait", "what", "okay", "yeah", "warm", "calm", "soft", "ready", "gently",
    "slowly",
    "softly", "quiet", "relax", "breathe", "hush", "ok", "ha", "ah", "not", "just", "stop", "much", "never",
  ]

  /// The index of the phoneme that a letter stands for: of those that it can write, the nearest in position.
  private static func phoneme(
    of letter: Character, at position: Double, in phonemes: [Phoneme], letters: String
  ) -> Int? {
    let isVowel = "aeiouyw".contains(letter)
    let names = consonants[letter] ?? []
    let candidates = phonemes.indices.filter {
      isVowel && phonemes[$0].isVowel || names.contains(phonemes[$0].name)
    }
    // A silent e is not the vowel that is held: "pleaseee" holds the last consonant's neighbour.
    return candidates.min {
      distance($0, position, phonemes.count) < distance($1, position, phonemes.count)
    }
  }

  private static func distance(_ index: Int, _ position: Double, _ count: Int) -> Double {
    abs((Double(index) + 0.5) / Double(count) - position)
  }

  private static let consonants: [Character: Set<String>] = [
    "m": ["M"], "n": ["N", "NG"], "s": ["S", "Z", "SH", "ZH"], "z": ["Z"], "f": ["F"], "v": ["V"], "l": ["L"],
    "r": ["R", "ER"], "h": ["HH", "SH", "TH", "DH"], "g": ["NG", "G"], "w": ["W"], "y": ["Y"],
    "x": ["S", "Z"],
    "c": ["S", "K", "CH"], "t": ["T"], "d": ["D"], "p": ["P"], "b": ["B"], "k": ["K"], "j": ["JH"],
  ]
}
