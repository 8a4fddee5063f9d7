import Dispatch
import Foundation
import Synchronization
import TingleDevices
import TingleLive

/// Job control: on Ctrl-Z (SIGTSTP), fades out before the process stops, and fades in when it is continued.
final class Suspension: @unchecked Sendable {
  // Thread safety: `source` is set in `init` only; the other mutable members are atomic.

  private let session: LiveSession
  private let queue = DispatchQueue(label: "suspension", qos: .userInteractive)
  private var source: (any DispatchSourceSignal)?
  private let suspended = Atomic<Bool>(false)
  private let drawing = Atomic<Bool>(false)
  private let wasPaused = Atomic<Bool>(false)

  init(_ session: LiveSession) {
    self.session = session
    signal(SIGTSTP, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGTSTP, queue: queue)
    source.setEventHandler { [weak self] in self?.suspend() }
    source.resume()
    self.source = source
  }

  /// Whether the desk is shown. It then polls `isDue` and calls `stop` after it has restored the terminal.
  var isDrawing: Bool {
    get { drawing.load(ordering: .acquiring) }
    set { drawing.store(newValue, ordering: .releasing) }
  }

  /// Whether the sound has faded out and the process is to be stopped.
  var isDue: Bool { suspended.load(ordering: .acquiring) }

  /// Stops the process with SIGSTOP; returns when it is continued.
  func stop() {
    PCMDevice.announceStop()
    kill(getpid(), SIGSTOP)
    suspended.store(false, ordering: .releasing)
    if !wasPaused.load(ordering: .relaxed) { _ = try? session.perform(.resume) }
  }

  private func suspend() {
    guard !isDue else { return }
    let isPaused = session.status.isPaused
    wasPaused.store(isPaused, ordering: .relaxed)
    if !isPaused { _ = try? session.perform(.pause) }
    // The fade-out and the frames in the device's buffer.
    usleep(500_000)
    suspended.store(true, ordering: .releasing)
    if !isDrawing { stop() }
  }
}
