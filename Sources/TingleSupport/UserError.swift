/// An error that the person at the command line can act on: one sentence and an exit status.
public protocol UserError: Error, CustomStringConvertible, Sendable {
  /// The kind of failure.
  var kind: UserErrorKind { get }
}

extension UserError {
  /// The process's exit status.
  public var exitStatus: Int32 { kind.rawValue }
}

/// The kind of failure; the raw value is the process's exit status (<sysexits.h>).
public enum UserErrorKind: Int32, Sendable {
  /// The request makes no sense (EX_USAGE).
  case usage = 64
  /// The contents of a file are wrong (EX_DATAERR).
  case data = 65
  /// A file or preset does not exist or cannot be read (EX_NOINPUT).
  case noInput = 66
  /// A device or player does not exist or is gone (EX_UNAVAILABLE).
  case unavailable = 69
  /// A file cannot be created (EX_CANTCREAT).
  case cannotCreate = 73
  /// Reading or writing failed; the disk is full (EX_IOERR).
  case inputOutput = 74
  /// Another program is writing the file (EX_TEMPFAIL).
  case busy = 75
}
