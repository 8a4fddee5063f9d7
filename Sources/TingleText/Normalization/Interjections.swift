/// Sounds that are written as words without a vowel, or with one held vowel: shh, mmm, psst, tk, brr, aah.
///
/// Their phonemes follow the letters. A letter that is written n times is a held sound: its phoneme is
/// repeated n times, which the synthesizer holds. At least two are given where the sound is always held.
enum Interjections {
  /// The longest hold, in repetitions of a phoneme.
  static let maximumRepeats = 8

  static func isInterjection(_ word: String) -> Bool { phonemes(of: word) != nil }

  /// The phonemes of a lower-case interjection, or nil for other words.
  static func phonemes(of word: String) -> [Phoneme]? {
    guard (2...60).contains(word.utf8.count), word.utf8.allSatisfy({ 0x61...0x7A ~= $0 }) else { return nil }
    let runs = runs(of: word)
    // "ooh" has another vowel than "ohh".
    let collapsed = (word.hasPrefix("oo") ? "o" : "") + String(runs.map(\.letter))
    if let vowel = vowels[collapsed], runs.contains(where: { $0.count > 1 }) {
      return held(vowel, runs: runs)
    }
    guard let unit = repeatedUnit(of: collapsed), let names = sounds[unit] else { return nil }
    // A single "s", "m" or "z" is a letter; two are a sound.
    if collapsed == unit, runs.allSatisfy({ $0.count == 1 }), heldOnly.contains(unit) { return nil }
    return held(Array(repeating: names, count: collapsed.count / unit.count).flatMap(\.self), runs: runs)
  }

  /// A phoneme, and how many of the letters (runs) write it.
  private struct Sound {
    let phoneme: Phoneme
    let letterCount: Int
    let minimum: Int

    /// Parses "SH/2*2": the phoneme, the number of runs that write it, the minimum number of repetitions.
    init(_ text: Substring) {
      let parts = text.split(separator: "*")
      let sides = parts[0].split(separator: "/")
      phoneme = Phoneme.list(String(sides[0]))[0]
      letterCount = sides.count > 1 ? Int(sides[1]) ?? 1 : 1
      minimum = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
    }

    static func list(_ text: String) -> [Sound] { text.split(separator: " ").map(Sound.init) }
  }

  private static func held(_ sounds: [Sound], runs: [(letter: Character, count: Int)]) -> [Phoneme] {
    var run = 0
    return sounds.flatMap { sound -> [Phoneme] in
      let written = runs[run..<min(runs.count, run + sound.letterCount)].map(\.count).max() ?? 1
      run = min(runs.count, run + sound.letterCount)
      // Stops and affricates cannot be held.
      let isStop = ["P", "T", "K", "B", "D", "G", "CH", "JH"].contains(sound.phoneme.name)
      let count = isStop ? (runs.count == 1 ? written : 1) : max(sound.minimum, written)
      return Array(repeating: sound.phoneme, count: min(count, maximumRepeats))
    }
  }

  /// The runs of equal letters.
  static func runs(of word: String) -> [(letter: Character, count: Int)] {
    var runs: [(letter: Character, count: Int)] = []
    for letter in word {
      if runs.last?.letter == letter { runs[runs.count - 1].count += 1 } else { runs.append((letter, 1)) }
    }
    return runs
  }

  /// The shortest unit of which a word consists: "sk" of "sksksk".
  private static func repeatedUnit(of word: String) -> String? {
    guard word.count <= 24 else { return nil }
    for length in 1...max(1, min(4, word.count)) where word.count.isMultiple(of: length) {
      let unit = String(word.prefix(length))
      if String(repeating: unit, count: word.count / length) == word,
        sounds[unit] != nil || length == word.count
      {
        return unit
      }
    }
    return word
  }

  /// Sounds by their letters without repetitions.
  private static let sounds: [String: [Sound]] = [
    "sh": "SH/2*2", "ssh": "SH/2*2", "psh": "P SH/2*2", "ksh": "K SH/2*2", "tsh": "CH/3", "fsh": "F SH/2",
    "wsh": "W SH/2*2", "pst": "P S*2 T", "pft": "P F*2 T", "pf": "P F*2", "pht": "P F T", "tsk": "T S K",
    "tk": "T K", "sk": "S K", "tch": "T CH/2", "ch": "CH/2", "chk": "CH/2 K", "tst": "T S T", "ts": "T S*2",
    "ps": "P S", "ks": "K S", "kt": "K T", "pt": "P T", "br": "B RR*2", "gr": "G R*2", "vr": "V R*2",
    "fr": "F R*2",
    "tr": "T RR*2", "pr": "P RR*2", "kr": "K RR*2", "hm": "HH M*2", "mhm": "M HH M", "hmph": "HH M F/2",
    "hmpf": "HH M F",
    "mph": "M F/2", "bz": "B Z*2", "dz": "D Z*2", "tz": "T Z*2", "ft": "F T", "fft": "F T", "shk": "SH/2 K",
    "kh": "K HH", "th": "TH/2", "ng": "NG/2*2", "hn": "HH N*2", "hng": "HH NG/2*2", "nh": "N HH",
    "grh": "G R*2",
    "phw": "F W", "psht": "P SH/2 T", "kch": "K CH/2", "kshk": "K SH/2 K", "tkt": "T K T", "whsh": "W SH/2",
    "mw": "M W", "pff": "P F", "fw": "F W", "sht": "SH/2 T", "cr": "K R", "shp": "SH/2 P", "bl": "B L",
    "gl": "G L",
    "ha": "HH AA1", "he": "HH EH1", "ho": "HH OW1", "m": "M", "s": "S", "z": "Z", "f": "F", "h": "HH",
    "n": "N", "r": "RR", "v": "V", "l": "L", "k": "K",
    "t": "T",
    "p": "P", "b": "B", "d": "D", "g": "G",
  ].mapValues(Sound.list)

  /// Units that are a sound only with a repeated letter or unit; otherwise they are letters.
  private static let heldOnly: Set = [
    "ha", "he", "ho", "m", "s", "z", "f", "h", "n", "r", "v", "l", "k", "t", "p", "b", "d", "g", "ps", "ks",
    "kt", "pt", "ts",
    "tr", "pr",
    "kr", "fr", "vr", "cr", "gl", "bl", "dz", "tz", "ft", "fft", "kh", "th", "ng", "hn", "nh", "fw", "mw",
    "mph", "shp",
  ]

  /// Exclamations with one vowel, by their letters without repetitions; they need a repetition.
  private static let vowels: [String: [Sound]] = [
    "a": "AA1", "ah": "AA1/2", "ha": "HH AA1", "hah": "HH AA1/2", "oo": "UW1", "ooh": "UW1/2", "oom": "UW1 M",
    "oof": "UW1 F", "oh": "OW1/2", "e": "IY1",
    "eh": "EH1/2", "u": "UW1", "uh": "AH1/2", "um": "AH1 M", "om": "OW1 M", "aum": "AA1 UW M", "em": "EH1 M",
    "ew": "Y UW1/2", "aw": "AO1/2", "ow": "AW1/2", "ugh": "AH1 G/2", "argh": "AA1 R G/2", "ar": "AA1 R",
    "ay": "EY1/2",
    "oy": "OY1/2", "mah": "M AA1/2", "mwah": "M W AA1/2", "ahm": "AA1/2 M", "aha": "AA1/2 HH AA1", "y": "IY1",
    "i": "IY1", "ohm": "OW1/2 M", "ohh": "OW1/2", "erm": "ER1/2 M", "er": "ER1/2", "uhm": "AH1/2 M",
    "huh": "HH AH1/2",
    "hum": "HH AH1 M", "yay": "Y EY1/2", "bah": "B AA1/2", "nah": "N AA1/2", "yah": "Y AA1/2",
    "wah": "W AA1/2", "woah": "W OW1/3", "whoa": "W/2 OW1/2", "eek": "IY1 K", "ek": "IY1 K",
  ].mapValues(Sound.list)
}
