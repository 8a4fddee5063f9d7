/// Converts numbers to English words.
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
    if (2000..<2010).contains(number) || number % 1000 == 0 { return cardinal(number) }
    if rest == 0 { return cardinal(century) + ["hundred"] }
    return cardinal(century) + (rest < 10 ? ["oh"] : []) + cardinal(rest)
  }

  /// Digits one by one, for numbers that are too long and for decimal fractions.
  static func digits(_ text: Substring) -> [String] { text.compactMap(\.wholeNumberValue).map { small[$0] } }
}
