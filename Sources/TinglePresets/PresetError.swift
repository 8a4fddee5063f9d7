import TingleSupport

/// What is wrong with a preset, where, and what would be right, in one sentence.
public struct PresetError: UserError, Equatable {
  /// A place in a text.
  public struct Place: Sendable, Equatable {
    /// The file's path, or what stands for it.
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in characters.
    public let column: Int

    /// A place; of those who read texts.
    public init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// Which kind of failure.
  public let kind: UserErrorKind
  /// Where, if it has a place.
  public let place: Place?
  /// What is wrong, and what would be right.
  public let message: String

  /// An error; of those who read texts and command lines.
  public init(_ kind: UserErrorKind, at place: Place? = nil, _ message: String) {
    self.kind = kind
    self.place = place
    self.message = message
  }

  /// `sleep.yaml:12:5: …`
  public var description: String {
    place.map { "\($0.file):\($0.line):\($0.column): \(message)" } ?? message
  }

  /// A file that is not text.
  public init(_ refusal: TextEncoding.Refusal, in file: String) {
    let place = Place(file: file, line: refusal.line, column: refusal.column)
    self.init(.data, at: place, refusal.reason)
  }
}
