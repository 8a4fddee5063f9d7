import TingleSupport

/// What can go wrong with sound files and sound cards, as a sentence and an exit status of <sysexits.h>.
public struct AudioError: UserError {
  /// Which kind of failure.
  public let kind: UserErrorKind
  /// One sentence: what is wrong, and what would be right.
  public let description: String

  /// An error.
  public init(_ kind: UserErrorKind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
