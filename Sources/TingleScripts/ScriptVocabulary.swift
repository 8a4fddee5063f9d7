import TingleMix

/// The words of presets that a script uses: times, places, triggers with their parameters, and the
/// pronunciation of a text.
public protocol ScriptVocabulary {
  /// The seconds of a time such as `8s`.
  func seconds(_ text: String) throws(ScriptFault) -> Double
  /// The source position of a place such as `left ear`; nil if the text is not a place.
  func place(_ text: String) -> SourcePosition?
  /// The layer of an action such as `tap glass at the left ear`, in words.
  /// - Returns: nil if the first word is neither a trigger nor a layer.
  func action(_ words: [String]) throws(ScriptFault) -> Script.Action?
  /// The words that can begin an action, and the names of places, for suggestions.
  var knownWords: [String] { get }
  /// The known word nearest to a misspelled one.
  func suggestion(for word: String, among known: [String]) -> String?
  /// The phonemes of a text, and what of it is not read as it is written.
  func pronunciation(of text: String) throws(ScriptFault) -> (phonemes: String, notices: [String])
}

/// What is wrong in a direction or a line, and what would be right.
public struct ScriptFault: Error, Sendable {
  public let reason: String
  /// The index of the word at fault, if it is a direction's.
  public let word: Int

  /// A fault.
  public init(_ reason: String, word: Int = 0) { (self.reason, self.word) = (reason, word) }
}
