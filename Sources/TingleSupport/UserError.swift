/// An error that the user can correct: what is wrong, where, and what would be right.
///
/// `description` is the sentence that is printed on stderr, preceded by `file:line:column:` if the error has
/// a location. `exitStatus` is the status that the process exits with.
public struct UserError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The kind of failure; the raw value is the exit status of <sysexits.h>.
  public enum Kind: Int32, Sendable {
    /// Invalid arguments (EX_USAGE).
    case usage = 64
    /// Invalid file contents (EX_DATAERR).
    case data = 65
    /// A file or preset that does not exist or cannot be read (EX_NOINPUT).
    case noInput = 66
    /// A device or player that does not exist or has disappeared (EX_UNAVAILABLE).
    case unavailable = 69
    /// A file that cannot be created (EX_CANTCREAT).
    case cannotCreate = 73
    /// A failed read or write; a full disk (EX_IOERR).
    case inputOutput = 74
    /// A file that another process is writing (EX_TEMPFAIL).
    case busy = 75
  }

  /// The kind of failure.
  public let kind: Kind
  /// The position in a text file that the error refers to, if any.
  public let location: SourceLocation?
  /// What is wrong and what would be right, without the location.
  public let message: String

  /// Creates an error.
  public init(_ kind: Kind, at location: SourceLocation? = nil, _ message: String) {
    self.kind = kind
    self.location = location
    self.message = message
  }

  /// A text file that cannot be decoded.
  public init(_ error: TextEncoding.DecodingError, in file: String) {
    self.init(.data, at: SourceLocation(file: file, line: error.line, column: error.column), error.reason)
  }

  /// The message, preceded by the location: `sleep.yaml:12:5: ...`.
  public var description: String { location.map { "\($0): \(message)" } ?? message }

  /// The exit status of the process.
  public var exitStatus: Int32 { kind.rawValue }
}
