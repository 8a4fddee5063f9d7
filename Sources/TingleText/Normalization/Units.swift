/// The units of measurement, and how a unit after a number is read.
enum Units {
  /// A unit as it is read, and the index after it.
  struct Suffix {
    var words: [String]
    var end: Int
    var endsSentence = false
  }

  /// Whether a symbol is that of a unit.
  static func isUnit(_ symbol: String) -> Bool { names[symbol] != nil || fewCapitals[symbol] != nil }

  /// Reads a unit or a quotient of units: kg, m², km/h, mg/dL, sq. ft.
  /// - Parameters:
  ///   - index: the index after the number.
  ///   - isSingular: whether the unit is in the singular.
  static func suffix(_ text: Lexemes, at index: Int, isSingular: Bool) -> Suffix? {
    guard text[index].space != .paragraph else { return nil }
    if let degrees = degrees(text, at: index, isSingular: isSingular) { return degrees }
    var start = index
    var power: String?
    if let word = ["sq": "square", "cu": "cubic"][text[index].lowercased] {
      start += text[index + 1].isMark(".") ? 2 : 1
      power = word
    }
    guard let name = name(text, at: start) else { return nil }
    var end = start + 1
    if let exponent = exponent(text, at: end, of: text[start].text) {
      (power, end) = (exponent.words, exponent.end)
    }
    var words = (power.map { [$0] } ?? []) + [isSingular ? name : plural(name)]
    // A quotient: the denominator is in the singular.
    if text[end].isMark("/"), text[end].isJoined, text[end + 1].isJoined,
      let divisor = names[text[end + 1].text] ?? fewCapitals[text[end + 1].text]
    {
      words += ["per", divisor]
      end += 2
      if let exponent = exponent(text, at: end, of: text[end - 1].text) {
        words.insert(exponent.words, at: words.count - (text[end - 1].text == "s" ? 0 : 1))
        if text[end - 1].text == "s" {
          words[words.count - 1] = exponent.words == "square" ? "squared" : "cubed"
        }
        end = exponent.end
      }
    }
    guard text[end].isMark("."), text[end].isJoined, dotted.contains(text[end - 1].lowercased) else {
      return Suffix(words: words, end: end)
    }
    return Suffix(
      words: words, end: end + 1, endsSentence: SentenceEnds.isEnd(text, at: end + 1, isUnit: true))
  }

  /// "square" or "cubic" for an exponent after a unit of length: m², m^3, cm2.
  private static func exponent(_ text: Lexemes, at index: Int, of unit: String) -> (words: String, end: Int)?
  {
    let hasCaret = text[index].isMark("^")
    let number = hasCaret ? index + 1 : index
    guard text[index].isJoined, text[number].isJoined, hasCaret || metricLengths.contains(unit) else {
      return nil
    }
    switch text[number].text {
    case "2": return ("square", number + 1)
    case "3": return ("cubic", number + 1)
    default: return nil
    }
  }

  /// Degrees: 5°, 20 °C, 72°F, 40° N.
  private static func degrees(_ text: Lexemes, at index: Int, isSingular: Bool) -> Suffix? {
    let scales = ["C": "celsius", "F": "fahrenheit", "N": "north", "S": "south", "E": "east", "W": "west"]
    if text[index].isMark("°") {
      // "a 90° angle".
      let isAdjective = ["angle", "turn", "view", "rotation", "bend", "camera", "video"].contains(
        text[index + 1].lowercased)
      let degree = isSingular || isAdjective ? "degree" : "degrees"
      let scale = text[index + 1].space != .paragraph ? text[index + 1].text : ""
      if let name = scales[scale] { return Suffix(words: [degree, name], end: index + 2) }
      return Suffix(words: [degree], end: index + 1)
    }
    // "72F" and "20C" without the sign.
    guard text[index].isJoined, ["C", "F"].contains(text[index].text), text[index - 1].text.count >= 2,
      !text[index + 1].isDigits || !text[index + 1].isJoined, let scale = scales[text[index].text]
    else { return nil }
    return Suffix(words: ["degrees", scale], end: index + 1)
  }

  private static func name(_ text: Lexemes, at index: Int) -> String? {
    let lexeme = text[index]
    guard lexeme.isLetters, lexeme.space != .paragraph else { return nil }
    // "m.p.h." is an abbreviation of its own.
    if text[index + 1].isMark("."), text[index + 1].isJoined, text[index + 2].isJoined,
      text[index + 2].isLetters, text[index + 2].text.count == 1
    {
      return nil
    }
    let continues =
      text[index + 1].isJoined && text[index + 1].isDigits && !["2", "3"].contains(text[index + 1].text)
    if lexeme.isJoined, continues, !["h", "ft"].contains(lexeme.text) { return nil }
    // With a space, "in" and single capitals are words unless a full stop abbreviates them.
    if lexeme.space == .space, needsJoin.contains(lexeme.text) {
      let before = text[index - 2].isMark(",.") ? text[index - 3] : text[index - 2]
      let isAfterFeet = lexeme.text == "in" && ["ft", "feet", "foot"].contains(before.lowercased)
      let isAbbreviated =
        isAfterFeet || lexeme.text == "in" && text[index + 1].isMark(".") && text[index + 1].isJoined
      guard isAbbreviated || text[index + 1].isMark("/") && text[index + 1].isJoined && lexeme.text != "in"
      else {
        return nil
      }
    }
    switch lexeme.text {
    case "m" where isMinutes(text, index): return "minute"
    case "s", "sec": return "second"
    default: return names[lexeme.text] ?? fewCapitals[lexeme.text]
    }
  }

  /// Whether "m" is minutes: after hours ("1h 30m") or before seconds ("2m 30s").
  private static func isMinutes(_ text: Lexemes, _ index: Int) -> Bool {
    ["h", "hr", "hrs"].contains(text[index - 2].lowercased)
      || text[index + 1].isDigits && text[index + 2].text == "s" && text[index + 2].isJoined
  }

  /// The plural of a unit: that of its first word, with irregular forms.
  static func plural(_ name: String) -> String {
    switch name {
    case "foot": return "feet"
    case "inch": return "inches"
    case "hertz", "kilohertz", "megahertz", "gigahertz", "lux", "baud", "siemens": return name
    case "times", "revolutions per minute", "beats per minute", "parts per million", "frames per second",
      "dots per inch":
      return name
    default: break
    }
    guard let range = name.firstRange(of: " per ") else {
      return name.hasSuffix("inch") ? name + "es" : name + "s"
    }
    return plural(String(name[..<range.lowerBound])) + name[range.lowerBound...]
  }

  /// Units of length with an exponent without a caret: m2, cm3.
  private static let metricLengths: Set = ["m", "cm", "mm", "km", "dm"]
  private static let needsJoin: Set = [
    "in", "A", "N", "J", "K", "t", "pt", "ha", "T", "Pa", "Gy", "c", "P", "mil",
  ]
  private static let dotted: Set = [
    "min", "mins", "sec", "secs", "hr", "hrs", "ft", "in", "oz", "lb", "lbs", "yd", "yds", "mi", "gal", "qt",
    "pt", "tsp", "tbsp", "wk", "wks", "mo", "mos", "yr", "yrs", "h",
  ]

  private static let names = [
    "km": "kilometer", "m": "meter", "dm": "decimeter", "cm": "centimeter", "mm": "millimeter",
    "μm": "micrometer", "nm": "nanometer", "mi": "mile", "yd": "yard", "yds": "yard", "ft": "foot",
    "in": "inch", "kg": "kilogram", "g": "gram", "mg": "milligram", "μg": "microgram", "mcg": "microgram",
    "t": "ton", "lb": "pound", "lbs": "pound", "oz": "ounce", "l": "liter", "L": "liter", "dl": "deciliter",
    "dL": "deciliter", "cl": "centiliter", "cL": "centiliter", "ml": "milliliter", "mL": "milliliter",
    "μl": "microliter", "gal": "gallon", "qt": "quart", "pt": "pint", "tsp": "teaspoon",
    "tbsp": "tablespoon", "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "sec": "second", "secs": "second", "s": "second", "ms": "millisecond", "μs": "microsecond",
    "ns": "nanosecond", "wk": "week", "wks": "week", "mo": "month", "mos": "month", "yr": "year",
    "yrs": "year", "deg": "degree", "degs": "degree", "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz",
    "GHz": "gigahertz",
    "dB": "decibel", "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "mW": "milliwatt",
    "Wh": "watt hour", "kWh": "kilowatt hour", "MWh": "megawatt hour", "V": "volt", "kV": "kilovolt",
    "mV": "millivolt", "A": "amp", "mA": "milliamp", "mAh": "milliamp hour", "Ω": "ohm", "kΩ": "kiloohm",
    "MΩ": "megaohm", "μF": "microfarad", "J": "joule", "kJ": "kilojoule", "cal": "calorie",
    "kcal": "kilocalorie", "N": "newton", "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal",
    "MPa": "megapascal", "psi": "pound per square inch", "mph": "mile per hour", "kph": "kilometer per hour",
    "mpg": "mile per gallon", "rpm": "revolutions per minute",
    "bpm": "beats per minute", "fps": "frames per second", "dpi": "dots per inch", "ppm": "parts per million",
    "lm": "lumen", "lx": "lux", "px": "pixel", "ha": "hectare", "mol": "mole", "kb": "kilobyte",
    "cc": "cubic centimeter", "kn": "knot",
  ]
  private static let fewCapitals = [
    "KB": "kilobyte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "PB": "petabyte", "Kb": "kilobit", "Mb": "megabit", "Gb": "gigabit", "Mbps": "megabit per second",
    "kbps": "kilobit per second", "Kbps": "kilobit per second", "Gbps": "gigabit per second",
    "mbps": "megabit per second", "GiB": "gibibyte", "MiB": "mebibyte", "KiB": "kibibyte", "MP": "megapixel",
    "KHz": "kilohertz", "khz": "kilohertz", "hz": "hertz", "HZ": "hertz", "db": "decibel", "Kg": "kilogram",
    "KG": "kilogram", "Km": "kilometer", "KM": "kilometer", "CM": "centimeter", "MM": "millimeter",
    "ML": "milliliter", "Ml": "milliliter", "MPH": "mile per hour", "RPM": "revolutions per minute",
    "BPM": "beats per minute", "FPS": "frames per second", "PPM": "parts per million", "kw": "kilowatt",
    "kwh": "kilowatt hour", "KW": "kilowatt", "LB": "pound", "LBS": "pound", "OZ": "ounce", "FT": "foot",
    "Ft": "foot", "Min": "minute", "Sec": "second", "Hr": "hour", "mhz": "megahertz", "ghz": "gigahertz",
    "gb": "gigabyte", "mb": "megabyte", "tb": "terabyte",
  ]
}
