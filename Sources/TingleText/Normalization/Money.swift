/// Verbalizes amounts of money: $3.50, $5 million, 5€, CHF 20, 99¢.
enum Money {
  /// A currency and its hundredth.
  private struct Currency {
    let singular, plural: String
    let minor: (singular: String, plural: String)?

    init(_ singular: String, _ plural: String? = nil, minor: (String, String)? = nil) {
      (self.singular, self.plural, self.minor) = (singular, plural ?? singular + "s", minor)
    }
  }

  private static let cents = ("cent", "cents")
  private static let symbols = [
    "$": Currency("dollar", minor: cents), "€": Currency("euro", minor: cents),
    "£": Currency("pound", minor: ("penny", "pence")), "¥": Currency("yen", "yen"),
    "₹": Currency("rupee", minor: ("paisa", "paise")), "₩": Currency("won", "won"),
    "₽": Currency("ruble", minor: ("kopeck", "kopecks")), "₺": Currency("lira", "lira"),
    "₪": Currency("shekel"), "₫": Currency("dong", "dong"), "฿": Currency("baht", "baht"),
    "₴": Currency("hryvnia"), "₿": Currency("bitcoin"), "₱": Currency("peso"),
    "₦": Currency("naira", "naira"),
  ]
  private static let codes = [
    "USD": Currency("u s dollar", minor: cents), "EUR": Currency("euro", minor: cents),
    "GBP": Currency("british pound", minor: ("penny", "pence")), "JPY": Currency("yen", "yen"),
    "CHF": Currency("swiss franc", minor: ("centime", "centimes")),
    "CAD": Currency("canadian dollar", minor: cents), "AUD": Currency("australian dollar", minor: cents),
    "NZD": Currency("new zealand dollar", minor: cents), "HKD": Currency("hong kong dollar", minor: cents),
    "SGD": Currency("singapore dollar", minor: cents), "CNY": Currency("yuan", "yuan"),
    "RMB": Currency("yuan", "yuan"), "INR": Currency("rupee", minor: ("paisa", "paise")),
    "SEK": Currency("swedish krona", "swedish kronor"),
    "NOK": Currency("norwegian krone", "norwegian kroner"),
    "DKK": Currency("danish krone", "danish kroner"), "PLN": Currency("zloty"),
    "CZK": Currency("czech koruna"),
    "BRL": Currency("brazilian real", "brazilian reais", minor: cents), "MXN": Currency("mexican peso"),
    "ZAR": Currency("rand", "rand", minor: cents), "KRW": Currency("won", "won"),
    "RUB": Currency("ruble", minor: ("kopeck", "kopecks")), "BTC": Currency("bitcoin"),
    "Rs": Currency("rupee"), "kr": Currency("krona", "kronor"),
  ]
  /// What precedes "$" in the dollars of other countries.
  private static let prefixes = [
    "US": "USD", "C": "CAD", "CA": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "S": "SGD",
    "R": "BRL",
  ]

  /// Reads an amount after its symbol.
  static let read: Rules.Rule = { text, index in
    guard let currency = symbols[text[index].text] else { return nil }
    let isNegative = text[index + 1].isMark("-−") && text[index + 1].isJoined && text[index + 2].isJoined
    guard var reading = read(text, from: index, amount: index + (isNegative ? 2 : 1), currency) else {
      return nil
    }
    if isNegative { reading.tokens.insert(.word("minus"), at: 0) }
    return reading
  }

  /// Reads an amount after a code or after the prefix of a dollar: "CHF 20", "US$20".
  static let readCode: Rules.Rule = { text, index in
    if text[index + 1].isMark("$"), text[index + 1].isJoined, let code = prefixes[text[index].text],
      let currency = codes[code]
    {
      return read(text, from: index, amount: index + 2, currency)
    }
    if text[index].text == "US", text[index + 1].isMark("$"), let currency = codes["USD"] {
      return read(text, from: index, amount: index + 2, currency)
    }
    let amount = text[index].text == "Rs" && text[index + 1].isMark(".") ? index + 2 : index + 1
    guard let currency = codes[text[index].text], text[amount].isDigits else { return nil }
    return read(text, from: index, amount: amount, currency)
  }

  private static func read(_ text: Lexemes, from start: Int, amount index: Int, _ currency: Currency)
    -> Reading?
  {
    guard text[index].space != .paragraph, let first = Numeral(text, at: index) else { return nil }
    // "€1.500,50": the decimal comma after a full stop that groups.
    if first.decimals.count == 3, text[first.end].isMark(","), text[first.end].isJoined,
      text[first.end + 1].text.count == 2, let minor = text[first.end + 1].value,
      let value = Int(first.integer + first.decimals)
    {
      return Reading(words(value, minor, currency), end: first.end + 2)
    }
    var last = first
    let dash = text[first.end]
    if dash.isMark("-–"), dash.space != .paragraph {
      let repeated = text[first.end + 1].isMark("$€£¥") ? first.end + 2 : first.end + 1
      let isAdjective = text[first.end + 1].isLetters
      if !isAdjective, let second = Numeral(text, at: repeated) { last = second }
    }
    let scale = scale(text, at: last.end)
    let end = scale?.end ?? last.end
    let range = last.end > first.end ? first : nil
    // "a $5 coffee", "a $20 bill": the amount qualifies the noun.
    let next = text[end]
    let isAdjective =
      ["a", "an"].contains(text[start - 1].lowercased) && Measures.isNoun(next)
      || ["bill", "bills", "note", "notes", "coin", "coins"].contains(next.lowercased)
      || next.isMark("-") && next.isJoined && text[end + 1].isLetters && text[end + 1].isJoined
        && text[end + 1].text != "a"
    return Reading(
      words(last, from: range, scale: scale?.word, currency, isAdjective: isAdjective), end: end)
  }

  /// Reads an amount before its symbol or code: "5€", "5,50 €", "20 USD", "99¢", "50p".
  /// - Parameter first: the first number of a range.
  static func readTrailing(
    _ text: Lexemes, at index: Int, _ numeral: Numeral, from first: Numeral? = nil
  ) -> Reading? {
    let scale = scale(text, at: numeral.end)
    let end = scale?.end ?? numeral.end
    let unit = text[end]
    guard unit.space != .paragraph else { return nil }
    let isPence = unit.text == "p" && unit.isJoined && (numeral.value ?? 100) < 100
    if unit.isMark("¢") || isPence, !(text[end + 1].isJoined && text[end + 1].isDigits) {
      let minor = isPence ? ("penny", "pence") : cents
      let words = (first.map { $0.words + ["to"] } ?? []) + numeral.words
      return Reading(words + [numeral.isSingular && first == nil ? minor.0 : minor.1], end: end + 1)
    }
    // "$5 €6": a symbol before a number belongs to that.
    let isPrefix = text[end + 1].isDigits && text[end + 1].isJoined
    if let currency = symbols[unit.text] ?? codes[unit.text], !isPrefix {
      return Reading(words(numeral, from: first, scale: scale?.word, currency), end: end + 1)
    }
    // The decimal comma of the euro.
    guard scale == nil, unit.isMark(","), unit.isJoined, text[end + 1].text.count == 2,
      text[end + 1].isJoined,
      let minor = text[end + 1].value, let currency = symbols[text[end + 2].text], let value = numeral.value
    else { return nil }
    return Reading(words(value, minor, currency), end: end + 3)
  }

  /// A scale after an amount: "k", "M", "bn", "million".
  private static func scale(_ text: Lexemes, at index: Int) -> (word: String, end: Int)? {
    let lexeme = text[index]
    guard lexeme.isLetters, lexeme.space != .paragraph else { return nil }
    if ["thousand", "million", "billion", "trillion", "hundred"].contains(lexeme.lowercased) {
      return (lexeme.lowercased, index + 1)
    }
    let abbreviated = [
      "k": "thousand", "K": "thousand", "M": "million", "m": "million", "mn": "million", "mln": "million",
      "mm": "million", "MM": "million", "bn": "billion", "b": "billion", "B": "billion", "T": "trillion",
      "tn": "trillion", "mil": "million",
    ]
    guard lexeme.isJoined || lexeme.text.count > 1, let word = abbreviated[lexeme.text] else { return nil }
    return (word, index + 1)
  }

  private static func words(
    _ numeral: Numeral, from first: Numeral?, scale: String?, _ currency: Currency, isAdjective: Bool = false
  ) -> [String] {
    if first == nil, scale == nil, numeral.fraction == nil, numeral.decimals.count == 2,
      currency.minor != nil,
      let value = numeral.integer.isEmpty ? 0 : numeral.value, let minor = Int(numeral.decimals)
    {
      return words(value, minor, currency, isAdjective: isAdjective)
    }
    let isSingular = isAdjective || scale == nil && first == nil && numeral.isSingular
    return (first.map { $0.words + ["to"] } ?? []) + numeral.words + (scale.map { [$0] } ?? [])
      + spelled(isSingular ? currency.singular : currency.plural)
  }

  /// "three dollars and fifty cents"; "fifty cents" without whole dollars.
  private static func words(
    _ value: Int, _ minor: Int, _ currency: Currency, isAdjective: Bool = false
  ) -> [String] {
    let major =
      Numbers.cardinal(value)
      + spelled(value == 1 || isAdjective && minor == 0 ? currency.singular : currency.plural)
    guard minor > 0, let names = currency.minor else { return major }
    let rest = Numbers.cardinal(minor) + [minor == 1 || isAdjective ? names.singular : names.plural]
    return value == 0 ? rest : major + ["and"] + rest
  }

  /// The words of a currency; single letters are names of letters.
  private static func spelled(_ name: String) -> [String] {
    name.split(separator: " ").map { $0.count == 1 ? $0.uppercased() : String($0) }
  }
}
