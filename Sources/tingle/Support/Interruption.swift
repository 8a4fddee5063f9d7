import Dispatch
import Foundation
import Synchronization

/// Hears Ctrl-C (SIGINT), Ctrl-\ (SIGQUIT), SIGTERM and SIGHUP: the first asks to end well, another one a second later ends at once.
final class Interruption: @unchecked Sendable {
  private let received = Atomic<Int32>(0)
  private let receivedAt = Atomic<UInt64>(0)
  // What is tidied up before a signal ends the program at once; nil where a signal only asks.
  private let lock = NSLock()
  private var tidying: (() -> Void)?

  /// Begins to listen. From the first line on no signal is lost: until the thread that waits for it takes it, it is pending.
  /// Threads that are made later inherit what is blocked, so that no signal interrupts one of their calls.
  init() {
    let numbers = [SIGINT, SIGQUIT, SIGTERM, SIGHUP].filter { $0 != SIGHUP || !Self.isIgnored($0) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // What is ignored would never be pending.
    for number in numbers { Foundation.signal(number, SIG_DFL) }
    let thread = Thread { [self, signals] in
      while true {
        var (signals, number) = (signals, Int32(0))
        if sigwait(&signals, &number) == 0 { hear(number) }
      }
    }
    thread.name = "signals"
    thread.start()
  }

  private func hear(_ number: Int32) {
    let now = DispatchTime.now().uptimeNanoseconds
    let isFirst = received.exchange(number, ordering: .sequentiallyConsistent) == 0
    if isFirst { receivedAt.store(now, ordering: .relaxed) }
    endAtOnce(number)
    // Impatient fingers press twice.
    guard !isFirst, now - receivedAt.load(ordering: .relaxed) > 1_000_000_000 else { return }
    Screen.abandon()
    _exit(128 + number)
  }

  /// Runs work that can be stopped anywhere, such as reading a pipe: until it returns, a signal ends the program at once.
  /// - Parameter tidying: runs before the program ends, on another thread.
  func endingAtOnce<T>(after tidying: @escaping () -> Void = {}, _ body: () throws -> T) throws -> T {
    lock.withLock { self.tidying = tidying }
    defer { lock.withLock { self.tidying = nil } }
    try check()
    return try body()
  }

  private func endAtOnce(_ number: Int32) {
    lock.withLock {
      guard let tidying else { return }
      tidying()
      _exit(128 + number)
    }
  }

  /// Lets Ctrl-\ end a program that hears nothing, as it ends any other; Swift's runtime would ask what to do about a crash.
  static func endOnQuit() {
    if !isIgnored(SIGQUIT) { Foundation.signal(SIGQUIT, SIG_DFL) }
  }

  /// Whether whoever started the program wants it to live on, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// The signal that came, or nil.
  var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// True once a signal has come.
  var isRequested: Bool { signal != nil }

  /// Throws `Interrupted` once a signal has come.
  func check() throws {
    if let signal { throw Interrupted(signal: signal) }
  }
}
