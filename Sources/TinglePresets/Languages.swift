/// The languages in which a text can be whispered.
public enum Languages {
  /// The codes of English and of the languages of `espeak-ng`, if it is installed.
  public static func known() -> [String] { ["en"] + ESpeak.languages().filter { $0 != "en" } }
}
