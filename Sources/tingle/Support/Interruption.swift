import Dispatch
import Foundation
import Synchronization

/// Hears Ctrl-C (SIGINT), SIGTERM and SIGHUP: the first asks to end well, the second ends at once.
final class Interruption: @unchecked Sendable {
  private let received = Atomic<Int32>(0)
  // Written in `init` alone; kept so that they go on listening.
  private var sources: [any DispatchSourceSignal] = []

  /// Begins to listen.
  init() {
    // A queue of its own: the shared ones have no thread to spare while every core renders.
    let queue = DispatchQueue(label: "signals", qos: .userInteractive)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      Foundation.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if self.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
      source.resume()
      sources.append(source)
    }
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
