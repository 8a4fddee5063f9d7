/// An error that the person at the command line can do something about: one sentence and an exit status.
public protocol UserError: Error, CustomStringConvertible, Sendable {
  /// The process's exit status, as <sysexits.h> defines them.
  var exitStatus: Int32 { get }
}
