import TingleSupport

/// What can go wrong with sound files and sound cards, as a sentence and an exit status of <sysexits.h>.
public struct AudioError: UserError {
  /// Which kind of failure; the raw value is the process's exit code.
  public enum Kind: Int32, Sendable {
    /// The request itself makes no sense (EX_USAGE).
    case usage = 64
    /// A file is not what it should be (EX_DATAERR).
    case data = 65
    /// A file is not there, or cannot be read (EX_NOINPUT).
    case noInput = 66
    /// No such device, or it went away (EX_UNAVAILABLE).
    case unavailable = 69
    /// A file cannot be created (EX_CANTCREAT).
    case cannotCreate = 73
    /// Writing failed, the disk is full (EX_IOERR).
    case inputOutput = 74
    /// Another program has it at the moment (EX_TEMPFAIL).
    case busy = 75
  }

  /// Which kind of failure.
  public let kind: Kind
  /// One sentence: what is wrong, and what would be right.
  public let description: String

  public var exitStatus: Int32 { kind.rawValue }

  /// An error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
