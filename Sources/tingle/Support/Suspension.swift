import Dispatch
import Foundation
import Synchronization
import TingleLive

/// Ctrl-Z (SIGTSTP): what plays fades out before the process stops, and in again when it goes on.
final class Suspension: @unchecked Sendable {
  private let session: LiveSession
  private let queue = DispatchQueue(label: "suspension", qos: .userInteractive)
  private var source: (any DispatchSourceSignal)?
  private let suspended = Atomic<Bool>(false)
  private let drawing = Atomic<Bool>(false)

  init(_ session: LiveSession) {
    self.session = session
    signal(SIGTSTP, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGTSTP, queue: queue)
    source.setEventHandler { [weak self] in self?.suspend() }
    source.resume()
    self.source = source
  }

  /// True while the terminal is somebody else's.
  var isSuspended: Bool { suspended.load(ordering: .acquiring) }

  /// Whether there is a desk, whose terminal is to be given back meanwhile.
  var isDrawing: Bool {
    get { drawing.load(ordering: .acquiring) }
    set { drawing.store(newValue, ordering: .releasing) }
  }

  private func suspend() {
    let wasPaused = session.status.isPaused
    if !wasPaused { _ = try? session.perform(.pause) }
    // The fade, and what the device holds.
    usleep(500_000)
    if isDrawing {
      suspended.store(true, ordering: .releasing)
      usleep(150_000)
      Screen.leave()
    }
    kill(getpid(), SIGSTOP)
    // Here it goes on.
    if isDrawing {
      Screen.comeBack()
      suspended.store(false, ordering: .releasing)
    }
    if !wasPaused { _ = try? session.perform(.resume) }
  }
}
