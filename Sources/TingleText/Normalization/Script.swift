/// Distinguishes letters of the Latin script from those of others.
enum Script {
  /// Whether a scalar is a letter of a script other than Latin. Letters in emoji are symbols.
  static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value > 0x2AF, scalar.value < 0x1F000 || scalar.value >= 0x20000 else { return false }
    switch scalar.value {
    case 0x1E00...0x1EFF, 0x2100...0x218F, 0x2460...0x24FF, 0x2C60...0x2C7F, 0xA720...0xA7FF,
      0xAB30...0xAB6F, 0xFB00...0xFB06, 0xFF21...0xFF5A, 0x1D400...0x1D7FF, 0x1D00...0x1DBF:
      return false
    default: return scalar.properties.isAlphabetic && scalar.properties.generalCategory != .modifierLetter
    }
  }

  /// Whether a word is written in another script. A single Greek letter, alone or as the prefix or symbol of
  /// a unit (μg, kΩ), is a symbol with a name.
  static func isForeignWord(_ word: String) -> Bool {
    let foreign = word.unicodeScalars.filter(isForeign)
    guard let first = foreign.first else { return false }
    return foreign.count > 1 || !(0x370...0x3FF ~= first.value)
  }

  /// The first letter of a script other than Latin in a text without Latin letters and digits, and its line.
  static func firstForeignLetter(in text: String) -> (letter: Unicode.Scalar, line: Int)? {
    var line = 1
    var found: (Unicode.Scalar, Int)?
    var count = 0
    for scalar in text.unicodeScalars {
      if scalar == "\n" { line += 1 }
      if isForeign(scalar) {
        count += 1
        if found == nil { found = (scalar, line) }
      } else if scalar.properties.isAlphabetic && scalar.value < 0x1F000 || "0"..."9" ~= scalar {
        return nil
      }
    }
    if let (letter, _) = found, count == 1, 0x370...0x3FF ~= letter.value { return nil }
    return found
  }
}
