/// The languages in which a text can be whispered.
public enum Languages {
  /// The codes of English and of the languages of `espeak-ng`, if it is installed.
  public static func known() -> [String] {
    let english = ["en", "en-us", "en-gb"]
    return english + ESpeak.languages().filter { !english.contains($0) }
  }

  /// Whether a code is that of English, which does not need `espeak-ng`: en, en-us or en-gb.
  static func isEnglish(_ code: String) -> Bool { ["en", "en-us", "en-gb"].contains(code.lowercased()) }
}
