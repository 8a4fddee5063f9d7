/// The keys that the hands press between two pauses: a few words.
package struct KeyRun: Sendable {
  /// A key that is pressed.
  package struct Key: Sendable {
    /// The position from the left edge to the right edge of the keyboard, -1 ... 1.
    var x = 0.0
    /// The column, 0 ... 9; a finger for each of the outer ones and two for each index finger.
    var column = 0
    /// The row, 0 for digits ... 4 for the space bar.
    var row = 2
    /// A wide key on two stabilisers, such as the space bar.
    var isWide = false
    /// The space bar, or the return key.
    var isSpace = false

    var isLeft: Bool { column < 5 }
    /// The finger, from the left, 0 ... 7.
    var finger: Int { column < 4 ? column : column < 6 ? (column == 4 ? 3 : 4) : column - 2 }
  }

  /// The keys.
  package var keys = InlineList<40, Key>(repeating: Key())

  /// The number of keys in a usual run.
  static let usualKeys = 24.0
  private static let mostKeys = 32

  /// The time from one key to the next relative to the mean: keys of two hands overlap, and a finger that
  /// presses two keys takes longest.
  ///
  /// V. Dhakal and others, "Observations on typing from 136 million keystrokes", CHI 2018.
  package static func interval(from last: Key, to next: Key) -> Double {
    if last.isSpace { return 1.25 }
    if next.isSpace { return 0.9 }
    if last.isLeft != next.isLeft { return 0.83 }
    let isSameKey = last.column == next.column && last.row == next.row
    return last.finger == next.finger && !isSameKey ? 1.3 : 1.05
  }

  /// The runs in which a text is typed: whole words, and no more than a sentence.
  package static func runs(of text: String) -> [KeyRun] {
    var (runs, run) = ([KeyRun](), KeyRun())
    func finish() {
      if !run.keys.isEmpty { runs.append(run) }
      run = KeyRun()
    }
    let words = text.split { $0.isWhitespace }
    for word in words {
      if run.keys.count + word.count > mostKeys { finish() }
      for character in word where run.keys.count < mostKeys {
        if character.isUppercase { run.keys.append(shift(for: key(of: character))) }
        run.keys.append(key(of: character))
      }
      run.keys.append(space)
      let endsSentence = word.last.map { ".!?".contains($0) } ?? false
      if endsSentence || Double(run.keys.count) >= usualKeys { finish() }
    }
    finish()
    return runs
  }

  /// Runs of words with the lengths and the letters of English.
  static func random(_ count: Int, draws: Draws) -> [KeyRun] {
    var dice = Dice(draws)
    let letters = Array(
      "eeeeeeeeeeeettttttttaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllluuucccmmmwwffggyyppbvk")
    return (0..<count).map { _ in
      var text = ""
      while Double(text.count) < usualKeys - 4 {
        for _ in 0..<min(10, 1 + dice.poisson(mean: 3.2)) { text.append(letters[dice.choose(letters.count)]) }
        text.append(" ")
      }
      return runs(of: text)[0]
    }
  }

  private static let space = Key(x: 0, column: 5, row: 4, isWide: true, isSpace: true)

  /// The shift key on the other side of a key.
  private static func shift(for key: Key) -> Key {
    Key(x: key.isLeft ? 0.9 : -0.9, column: key.isLeft ? 9 : 0, row: 3, isWide: true)
  }

  /// The key of a character on a keyboard with the letters of the Latin alphabet in their usual places;
  /// a letter of another alphabet has a place of its own.
  private static func key(of character: Character) -> Key {
    let rows = ["1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./"]
    let shifts = [-0.1, -0.05, 0, 0.08]
    let small = character.lowercased()
    for (row, letters) in rows.enumerated() {
      for (column, letter) in letters.enumerated() where small == String(letter) {
        return Key(x: (Double(column) - 4.5) / 5.5 + shifts[row], column: column, row: row)
      }
    }
    let number = Int(character.unicodeScalars.first?.value ?? 0) * 7 % 10
    return Key(x: (Double(number) - 4.5) / 5.5, column: number)
  }
}
