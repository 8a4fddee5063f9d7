import TingleSupport

/// What is wrong with a preset, where, and what would be right, in one sentence.
public struct PresetError: UserError, Equatable {
  /// Which kind of failure; the raw value is the process's exit code (<sysexits.h>).
  public enum Kind: Int32, Sendable {
    /// On the command line (EX_USAGE).
    case usage = 64
    /// In the preset's text (EX_DATAERR).
    case data = 65
    /// There is no such preset (EX_NOINPUT).
    case notFound = 66
    /// It cannot be written (EX_CANTCREAT).
    case cannotCreate = 73
    /// Reading or writing failed (EX_IOERR).
    case inputOutput = 74
  }

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
  public let kind: Kind
  /// Where, if it has a place.
  public let place: Place?
  /// What is wrong, and what would be right.
  public let message: String

  public var exitStatus: Int32 { kind.rawValue }

  /// An error; of those who read texts and command lines.
  public init(_ kind: Kind, at place: Place? = nil, _ message: String) {
    self.kind = kind
    self.place = place
    self.message = message
  }

  /// `sleep.yaml:12:5: …`
  public var description: String {
    place.map { "\($0.file):\($0.line):\($0.column): \(message)" } ?? message
  }
}
