/// A number as it is written: 1,234.5, .5, 2 1⁄2 or 007.
struct Numeral {
  /// The digits before the decimal point, without separators; empty in ".5".
  private(set) var integer = ""
  /// The digits after the decimal point.
  private(set) var decimals = ""
  /// A vulgar fraction, alone or after the integer.
  private(set) var fraction: Fractions.Fraction?
  /// Whether separators group the digits by three.
  private(set) var isGrouped = false
  /// The index after the last lexeme of the number.
  private(set) var end: Int

  private let isAfterYearWord: Bool

  /// Parses the number that starts at an index, or gives nil if none starts there.
  init?(_ text: Lexemes, at index: Int) {
    end = index
    isAfterYearWord = ["in", "since", "until", "year"].contains(text[index - 1].lowercased)
    if text[index].isMark("."), text[index + 1].isDigits, text[index + 1].isJoined {
      decimals = text[index + 1].text
      end = index + 2
      return
    }
    guard text[index].isDigits else { return nil }
    if let fraction = Fractions.fraction(text, at: index) {
      (self.fraction, end) = (fraction, index + 3)
      return
    }
    integer = text[index].text
    end = index + 1
    readGroups(text)
    if text[end].isMark("."), text[end].isJoined, text[end + 1].isDigits, text[end + 1].isJoined {
      decimals = text[end + 1].text
      end += 2
      return
    }
    // A mixed number: "2 1/2", "2-1/2".
    let next = text[end].isMark("-") && text[end].isJoined && text[end + 1].isJoined ? end + 1 : end
    if text[next].space != .paragraph, !(next == end && text[next].isJoined),
      let fraction = Fractions.fraction(text, at: next), fraction.isProper
    {
      (self.fraction, end) = (fraction, next + 3)
    }
  }

  /// Reads groups of three digits after a comma, an apostrophe or, at least two, after a full stop; after a
  /// space only zeros ("10 000").
  private mutating func readGroups(_ text: Lexemes) {
    guard integer.count <= 3, integer.first != "0" else { return }
    while text[end].text == "000", text[end].space == .space {
      integer += text[end].text
      end += 1
      isGrouped = true
    }
    if isGrouped { return }
    for separator in [",", "'", "."] {
      var (digits, next) = (integer, end)
      while text[next].isMark(separator), text[next].isJoined, text[next + 1].isDigits,
        text[next + 1].isJoined,
        text[next + 1].text.count == 3, digits.count < 36
      {
        digits += text[next + 1].text
        next += 2
      }
      // "1,2,3": the separator continues, so this is a list.
      let isList =
        text[next].isMark(separator) && text[next].isJoined && text[next + 1].isDigits
        && text[next + 1].isJoined
      guard next > end, !isList, separator != "." || digits.count > integer.count + 3 else { continue }
      (integer, end, isGrouped) = (digits, next, true)
      return
    }
  }

  /// The value of the integer part; nil if it has more than 15 digits or a leading zero.
  var value: Int? {
    integer.utf8.count > 15 || integer.count > 1 && integer.first == "0" ? nil : Int(integer)
  }
  var isInteger: Bool { decimals.isEmpty && fraction == nil }
  /// Whether a noun after the number is in the singular: 1, or a fraction of at most one.
  var isSingular: Bool {
    if let fraction, integer.isEmpty { return fraction.isProper }
    return value == 1 && isInteger
  }

  /// The number as a quantity: "one hundred five", "two point five", "two and a half".
  var words: [String] {
    if let fraction {
      return integer.isEmpty ? fraction.words : integerWords + ["and"] + fraction.wordsAfterInteger
    }
    if decimals.isEmpty { return integerWords }
    return (integer.isEmpty ? [] : integerWords) + ["point"] + Numbers.digits(decimals)
  }

  /// The number without a unit: four digits from 1100 to 2099 are a year, from 1010 if "in" precedes.
  var wordsOrYear: [String] {
    guard isInteger, !isGrouped, integer.count == 4, let value else { return words }
    if isAfterYearWord, (1010...1099).contains(value) { return wordsInPairs }
    return Numbers.isYear(value) ? Numbers.year(value) : words
  }

  /// The number as a size in pixels: four digits in pairs, 1080 as "ten eighty".
  var wordsInPairs: [String] {
    guard isInteger, !isGrouped, integer.count == 4, let value, value % 100 > 9 else { return words }
    return Numbers.inPairs(value)
  }

  private var integerWords: [String] { value.map(Numbers.cardinal) ?? Numbers.digits(integer) }
}
