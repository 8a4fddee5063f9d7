import Dispatch
import Foundation
import Synchronization
import TingleDevices
import TingleLive

/// Ctrl-Z (SIGTSTP): what plays fades out before the process stops, and in again when it goes on.
final class Suspension: @unchecked Sendable {
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

  /// Whether somebody draws on the terminal: who does asks `isDue` now and then, and calls `stop` with the terminal given back.
  var isDrawing: Bool {
    get { drawing.load(ordering: .acquiring) }
    set { drawing.store(newValue, ordering: .releasing) }
  }

  /// True when the sound has gone and the process is to be stopped.
  var isDue: Bool { suspended.load(ordering: .acquiring) }

  /// Stops the process, until somebody lets it go on.
  func stop() {
    PCMDevice.announceStop()
    kill(getpid(), SIGSTOP)
    // Here it goes on.
    suspended.store(false, ordering: .releasing)
    if !wasPaused.load(ordering: .relaxed) { _ = try? session.perform(.resume) }
  }

  private func suspend() {
    guard !isDue else { return }
    let isPaused = session.status.isPaused
    wasPaused.store(isPaused, ordering: .relaxed)
    if !isPaused { _ = try? session.perform(.pause) }
    // The fade, and what the device holds.
    usleep(500_000)
    suspended.store(true, ordering: .releasing)
    if !isDrawing { stop() }
  }
}
