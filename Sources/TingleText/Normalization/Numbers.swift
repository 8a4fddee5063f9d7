/// Converts numbers to English words.
///
/// Written here rather than with `NumberFormatter`, whose words depend on the version of Foundation's locale
/// data: a seed has to give the same samples on every machine.
enum Numbers {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let scales: [(value: Int, name: String)] = [
    (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"),
  ]

  /// The names of numbers below a hundred, of the scales, and "hundred".
  static let names = Set(small + tens.dropFirst(2) + scales.map(\.name) + ["hundred", "few", "several"])

  /// A cardinal number: 321 is "three hundred twenty one".
  static func cardinal(_ number: Int) -> [String] {
    if number < 20 { return [small[max(0, number)]] }
    if number < 100 { return [tens[number / 10]] + (number % 10 > 0 ? [small[number % 10]] : []) }
    if number < 1000 {
      return [small[number / 100], "hundred"] + (number % 100 > 0 ? cardinal(number % 100) : [])
    }
    let scale = scales.first { number >= $0.value }!
    let rest = number % scale.value
    return cardinal(number / scale.value) + [scale.name] + (rest > 0 ? cardinal(rest) : [])
  }

  /// An ordinal number: 21 is "twenty first".
  static func ordinal(_ number: Int) -> [String] {
    var words = cardinal(number)
    let irregular = [
      "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
      "twelve": "twelfth",
    ]
    let last = words.removeLast()
    return words + [irregular[last] ?? (last.hasSuffix("y") ? last.dropLast() + "ieth" : last + "th")]
  }

  /// A year: 1984 is "nineteen eighty four", 2007 "two thousand seven".
  static func year(_ number: Int) -> [String] {
    let (century, rest) = (number / 100, number % 100)
    if (2000..<2010).contains(number) || number % 1000 == 0 || number < 1000 { return cardinal(number) }
    if rest == 0 { return cardinal(century) + ["hundred"] }
    return cardinal(century) + pair(rest)
  }

  /// The digits of a number in pairs: 1080 is "ten eighty", 221 "two twenty one".
  static func inPairs(_ number: Int) -> [String] { cardinal(number / 100) + cardinal(number % 100) }

  /// The last two digits of a year, a time or a room number: 5 is "oh five".
  static func pair(_ number: Int) -> [String] { (number < 10 ? ["oh"] : []) + cardinal(number) }

  /// Digits one by one: 007 is "zero zero seven".
  static func digits(_ text: some StringProtocol) -> [String] {
    text.compactMap(\.wholeNumberValue).map { small[$0] }
  }

  /// The plural of the last word: "nineties", "sixes", "twenty fifths".
  static func plural(_ words: [String]) -> [String] {
    guard let last = words.last else { return [] }
    let plural =
      last.hasSuffix("y") ? last.dropLast() + "ies" : last.hasSuffix("x") ? last + "es" : last + "s"
    return words.dropLast() + [plural]
  }

  /// Whether a year is read in pairs of digits.
  static func isYear(_ number: Int) -> Bool { (1100...2099).contains(number) }
}
