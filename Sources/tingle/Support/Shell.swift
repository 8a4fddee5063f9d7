/// What a shell reads as one word.
enum Shell {
  /// A word in quotes.
  static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}
