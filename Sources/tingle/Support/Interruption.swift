import Dispatch
import Foundation
import Synchronization

/// Handles SIGINT (Ctrl-C), SIGQUIT (Ctrl-\), SIGTERM and SIGHUP.
///
/// The first signal requests an orderly end. Another one, a second later or more, ends the program
/// immediately.
///
/// `@unchecked Sendable`: the cleanup is guarded by `lock`; the rest is atomic.
final class Interruption: @unchecked Sendable {
  private let received = Atomic<Int32>(0)
  private let receivedAt = Atomic<UInt64>(0)
  // Runs before a signal ends the program immediately; nil while a signal only requests an end.
  private let lock = NSLock()
  private var cleanup: (() -> Void)?

  /// Blocks the signals and starts a thread that waits for them.
  ///
  /// A blocked signal stays pending until that thread takes it, so none is lost. Threads created later
  /// inherit the blocked mask, so signals do not interrupt their system calls.
  init() {
    let numbers = [SIGINT, SIGQUIT, SIGTERM, SIGHUP].filter { $0 != SIGHUP || !Self.isIgnored($0) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // An ignored signal would be discarded instead of pending.
    for number in numbers { Foundation.signal(number, SIG_DFL) }
    let thread = Thread { [self, signals] in
      while true {
        var (signals, number) = (signals, Int32(0))
        if sigwait(&signals, &number) == 0 { handle(number) }
      }
    }
    thread.name = "signals"
    thread.start()
  }

  private func handle(_ number: Int32) {
    let now = DispatchTime.now().uptimeNanoseconds
    let isFirst = received.exchange(number, ordering: .sequentiallyConsistent) == 0
    if isFirst { receivedAt.store(now, ordering: .relaxed) }
    endAtOnce(number)
    // A double press of Ctrl-C counts as one.
    guard !isFirst, now - receivedAt.load(ordering: .relaxed) > 1_000_000_000 else { return }
    Screen.abandon()
    _exit(128 + number)
  }

  /// Runs work that can be stopped anywhere, such as reading a pipe. Until it returns, a signal ends the
  /// program immediately.
  /// - Parameter cleanup: runs before the program ends, on the signal thread.
  func endingAtOnce<T>(after cleanup: @escaping () -> Void = {}, _ body: () throws -> T) throws -> T {
    lock.withLock { self.cleanup = cleanup }
    defer { lock.withLock { self.cleanup = nil } }
    try check()
    return try body()
  }

  private func endAtOnce(_ number: Int32) {
    lock.withLock {
      guard let cleanup else { return }
      cleanup()
      _exit(128 + number)
    }
  }

  /// Restores the default action of SIGQUIT (Ctrl-\) for commands that do not handle signals. Otherwise the
  /// Swift runtime would report a crash.
  static func endOnQuit() {
    if !isIgnored(SIGQUIT) { Foundation.signal(SIGQUIT, SIG_DFL) }
  }

  /// Whether the parent process set the signal to be ignored, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// The received signal; nil if none was received.
  var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Whether a signal was received.
  var isRequested: Bool { signal != nil }

  /// Throws `Interrupted` if a signal was received.
  func check() throws {
    if let signal { throw Interrupted(signal: signal) }
  }
}

/// A signal requested the end of the program.
struct Interrupted: Error {
  let signal: Int32
}
