/// Verbalizes vulgar fractions: ½, 1/2, 3/4.
enum Fractions {
  /// A numerator and a denominator of 2 to 1000.
  struct Fraction {
    let numerator: Int
    let denominator: Int

    var isProper: Bool { numerator <= denominator }

    /// "one half", "three quarters", "five eighths".
    var words: [String] {
      let name = denominatorName
      return Numbers.cardinal(numerator) + (numerator == 1 ? [name.singular] : [name.plural])
    }

    /// "a half", "a quarter", "three quarters".
    var wordsAfterInteger: [String] {
      let article = [8, 11, 18, 80].contains(denominator) ? "an" : "a"
      return numerator == 1 ? [article, denominatorName.singular] : words
    }

    private var denominatorName: (singular: String, plural: String) {
      switch denominator {
      case 2: return ("half", "halves")
      case 4: return ("quarter", "quarters")
      default:
        let ordinal = Numbers.ordinal(denominator)
        return (ordinal.joined(separator: " "), Numbers.plural(ordinal).joined(separator: " "))
      }
    }
  }

  /// The fraction in three lexemes. With a fraction slash it is always one; with a slash, if it is proper and
  /// its denominator is common, so that 24/7 and 12/25 are not.
  static func fraction(_ text: Lexemes, at index: Int) -> Fraction? {
    guard text[index + 1].isMark("⁄/"), text[index + 1].isJoined, text[index + 2].isJoined,
      let numerator = text[index].value, let denominator = text[index + 2].value,
      (2...1000).contains(denominator), numerator <= 1000
    else { return nil }
    let fraction = Fraction(numerator: numerator, denominator: denominator)
    if text[index + 1].text == "⁄" { return fraction }
    let isCommon = denominator <= 10 || [12, 16, 20, 32, 64, 100, 1000].contains(denominator)
    let continues = text[index + 3].isMark("/") && text[index + 3].isJoined && text[index + 4].isDigits
    let follows = text[index].isJoined && text[index - 1].isMark("/")
    let hasZero = text[index].text.first == "0" || text[index + 2].text.first == "0"
    guard isCommon, numerator < denominator, !continues, !follows, !hasZero, !isDate(text, index),
      !isRating(text, index)
    else {
      return nil
    }
    return fraction
  }

  /// Whether the words before a/b say that it is a rating: "I got 9/10".
  private static func isRating(_ text: Lexemes, _ index: Int) -> Bool {
    let context: Set = ["got", "rated", "rating", "score", "scored", "rate", "gave", "grade", "stars"]
    return (1...3).contains { context.contains(text[index - $0].lowercased) }
  }

  /// Whether the words around m/d say that it is a date: "on 3/4", "due 5/6".
  private static func isDate(_ text: Lexemes, _ index: Int) -> Bool {
    ["on", "until", "till", "since", "due", "dated"].contains(text[index - 1].lowercased)
      && !["of", "cup", "inch", "mile"].contains(text[index + 3].lowercased)
  }

  /// The first number of a blood pressure: 120 is "one twenty".
  private static func systolic(_ number: Int) -> [String] {
    number > 100 ? Numbers.cardinal(number / 100) + Numbers.pair(number % 100) : Numbers.cardinal(number)
  }

  /// Reads two numbers with a slash that are not a fraction.
  ///
  /// 50/50 is "fifty fifty", 10/10 "ten out of ten", 24/7 "twenty four seven", 12/25 a date, 120/80 "over".
  static let readSlashed: Rules.Rule = { text, index in
    guard text[index + 1].isMark("/"), text[index + 1].isJoined, text[index + 2].isJoined,
      let first = text[index].value, let second = text[index + 2].value, fraction(text, at: index) == nil,
      !(text[index].isJoined && text[index - 1].isMark("/.-:")),
      !(text[index + 3].isMark("/.") && text[index + 3].isJoined && text[index + 4].isDigits)
    else { return nil }
    let (a, b) = (
      Numbers.cardinal(first).joined(separator: " "), Numbers.cardinal(second).joined(separator: " ")
    )
    let words: String
    switch (first, second) {
    case _ where isRating(text, index): words = "\(a) out of \(b)"
    case (24, 7), (9, 11): words = "\(a) \(b)"
    case _ where first == second && first != 10 && first != 5: words = "\(a) \(b)"
    case _ where first == second: words = "\(a) out of \(b)"
    case (1...12, 1...31):
      words = ([Dates.months[first - 1]] + Numbers.ordinal(second)).joined(separator: " ")
    case (60...260, 30...160):
      words = (systolic(first) + ["over"] + Numbers.cardinal(second)).joined(separator: " ")
    case (1900...2100, 0...99):
      words = (Numbers.year(first) + ["to"] + Numbers.pair(second)).joined(separator: " ")
    case _ where first < second: words = "\(a) out of \(b)"
    default: words = "\(a) over \(b)"
    }
    return Reading(words, end: index + 3)
  }
}
