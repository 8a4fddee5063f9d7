import Foundation
import Synchronization
import TingleFiles
import TingleSupport

/// Runs jobs on a thread pool, costliest first; idle threads join running jobs.
///
/// While jobs are waiting, each is rendered by a single thread, because every cut costs a renderer's warm-up.
/// Once none is waiting, the remaining jobs are divided into pieces.
///
/// `@unchecked Sendable`: mutable state is guarded by `condition` or atomic; the closures are `@Sendable`.
public final class JobScheduler: @unchecked Sendable {
  /// A change in the state of a job.
  public enum Event: Sendable {
    case started
    /// The file is complete.
    case rendered(JobRun.RenderedJob)
    /// The file existed. The version is set if another version of the program rendered it.
    case skipped(version: String?)
    /// Another process is writing the file.
    case locked
    /// The job was cancelled before its end.
    case stopped
    case failed(any Error)
  }

  /// How the jobs are run.
  public struct Settings: Sendable {
    /// The number of threads that render.
    public var threads = 1
    /// Whether existing files are rendered again.
    public var overwrite = false
    /// Whether the first failure stops all jobs.
    public var failsFast = false

    /// Creates the defaults: one thread, no overwriting, no stop at a failure.
    public init() {}
  }

  private let jobs: [Job]
  private let settings: Settings
  private let manifest: ManifestFolder
  private let isCancelled: @Sendable () -> Bool
  private let report: @Sendable (Int, Event) -> Void
  private let condition = NSCondition()
  // Guarded by `condition`: the indices of the jobs that wait, the next at the end; the runs; the number of
  // jobs that are being processed.
  private var waiting: [Int]
  private var runs: [Int: JobRun] = [:]
  private var active = 0
  private let isStopped = Atomic<Bool>(false)

  /// Creates a scheduler.
  /// - Parameters:
  ///   - manifest: receives an entry for each file.
  ///   - isCancelled: polled on any thread.
  ///   - report: called on any thread with the index of a job and its event.
  public init(
    _ jobs: [Job], _ settings: Settings, manifest: ManifestFolder,
    isCancelled: @Sendable @escaping () -> Bool, report: @Sendable @escaping (Int, Event) -> Void
  ) {
    self.jobs = jobs
    self.settings = settings
    self.manifest = manifest
    self.isCancelled = isCancelled
    self.report = report
    let costs = jobs.map { Cost($0).nanoseconds }
    // Ascending: jobs are taken from the end.
    waiting = jobs.indices.sorted { (costs[$0], -$0) < (costs[$1], -$1) }
  }

  /// The running jobs: index, and finished length in seconds of sound.
  public var running: [(index: Int, doneSeconds: Double)] {
    condition.withLock { runs.map { ($0.key, $0.value.doneSeconds) }.sorted { $0.0 < $1.0 } }
  }

  /// Runs all jobs; returns when the last one has ended.
  public func run() {
    let group = DispatchGroup()
    for number in 0..<settings.threads {
      group.enter()
      let thread = Thread { [self] in
        runWorker()
        group.leave()
      }
      thread.name = "job \(number)"
      thread.stackSize = 4 << 20
      thread.start()
    }
    group.wait()
  }

  private enum Assignment {
    case start(Int), help(JobRun), wait, exit
  }

  private func runWorker() {
    while true {
      switch nextAssignment() {
      case .start(let index):
        runJob(index)
        condition.withLock {
          active -= 1
          runs[index] = nil
        }
        condition.broadcast()
      case .help(let run): run.help()
      case .wait: condition.withLock { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.02)) }
      case .exit: return
      }
    }
  }

  private func nextAssignment() -> Assignment {
    condition.withLock {
      if isStopping { return .exit }
      if let index = waiting.popLast() {
        active += 1
        return .start(index)
      }
      let largest = runs.values.map { ($0, $0.remainingPieces) }.max { $0.1 < $1.1 }
      if let largest, largest.1 > 0 { return .help(largest.0) }
      return active > 0 ? .wait : .exit
    }
  }

  private var isStopping: Bool { isStopped.load(ordering: .relaxed) || isCancelled() }

  private func runJob(_ index: Int) {
    let job = jobs[index]
    do {
      if !settings.overwrite, let existing = try existingFile(of: job) {
        try manifest.add(existing: job, version: existing.version)
        return report(index, .skipped(version: Self.otherVersion(existing)))
      }
      var settings = JobRun.Settings()
      settings.overwrite = self.settings.overwrite
      (settings.resumes, settings.computesChecksum) = (true, true)
      let run = JobRun(job, settings, isCancelled: { [self] in isStopping })
      condition.withLock { runs[index] = run }
      report(index, .started)
      let rendered = try run.run(beforeCommit: { rendered in
        try manifest.add(Manifest.Entry(job, rendered, folder: manifest.folder))
      })
      report(index, rendered.map { .rendered($0) } ?? .stopped)
    } catch let error as UserError where error.kind == .busy {
      report(index, .locked)
    } catch {
      // Another process can have completed the file meanwhile.
      if !settings.overwrite, let existing = try? existingFile(of: job) {
        return report(index, .skipped(version: Self.otherVersion(existing)))
      }
      if settings.failsFast { isStopped.store(true, ordering: .relaxed) }
      report(index, .failed(error))
    }
  }

  /// The provenance of the job's file, if the file exists and is the one that the job would write.
  private func existingFile(of job: Job) throws -> Provenance? {
    guard FileSystem.exists(job.path),
      let existing = FileTags(ofFile: job.path).flatMap(Provenance.init), try job.matches(existing)
    else { return nil }
    return existing
  }

  private static func otherVersion(_ existing: Provenance) -> String? {
    existing.version == Provenance.currentVersion ? nil : existing.version
  }
}
