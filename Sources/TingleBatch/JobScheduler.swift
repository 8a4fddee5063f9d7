import Foundation
import Synchronization
import TingleFiles
import TingleSupport

/// Does many jobs on all cores: whole jobs side by side, the long ones first; who has none left helps those who have.
///
/// A job is rendered by one thread as long as there are others to begin, which wastes nothing on cuts; the last ones are cut.
public final class JobScheduler: @unchecked Sendable {
  /// What happens to a job.
  public enum Event: Sendable {
    case began
    /// It is done.
    case rendered(JobRun.RenderedJob)
    /// It was done already; by another version of the program, if one is named.
    case skipped(version: String?)
    /// Another program is at it.
    case locked
    /// It was stopped before its end.
    case stopped
    /// It cannot be done, and why.
    case failed(any Error)
  }

  /// How it is done.
  public struct Settings: Sendable {
    /// How many threads render.
    public var threads = 1
    /// Whether a file that exists is made again.
    public var overwrite = false
    /// Whether the first failure stops all.
    public var failsFast = false

    /// The defaults: one thread, nothing replaced, all tried.
    public init() {}
  }

  private let jobs: [Job]
  private let settings: Settings
  private let manifest: ManifestFolder
  private let isCancelled: @Sendable () -> Bool
  private let tell: @Sendable (Int, Event) -> Void
  private let changed = NSCondition()
  // Under the condition's lock.
  private var waiting: [Int]
  private var runs: [Int: JobRun] = [:]
  private var active = 0
  private let isStopped = Atomic<Bool>(false)

  /// - Parameters:
  ///   - manifest: where it is told what was made.
  ///   - isCancelled: asked now and then, on any thread.
  ///   - tell: called on any thread with the number of a job and what happened to it.
  public init(
    _ jobs: [Job], _ settings: Settings, manifest: ManifestFolder,
    isCancelled: @Sendable @escaping () -> Bool, tell: @Sendable @escaping (Int, Event) -> Void
  ) {
    self.jobs = jobs
    self.settings = settings
    self.manifest = manifest
    self.isCancelled = isCancelled
    self.tell = tell
    let costs = jobs.map { Cost($0).nanoseconds }
    // The last is begun first.
    waiting = jobs.indices.sorted { (costs[$0], -$0) < (costs[$1], -$1) }
  }

  /// What is being done: the numbers of the jobs, and the seconds of sound that are done of each.
  public var running: [(number: Int, doneSeconds: Double)] {
    changed.withLock { runs.map { ($0.key, $0.value.doneSeconds) }.sorted { $0.0 < $1.0 } }
  }

  /// Does all of them; returns when the last has ended.
  public func run() {
    let group = DispatchGroup()
    for number in 0..<settings.threads {
      group.enter()
      let thread = Thread { [self] in
        work()
        group.leave()
      }
      thread.name = "crew \(number)"
      thread.stackSize = 4 << 20
      thread.start()
    }
    group.wait()
  }

  private enum Assignment {
    case begin(Int), help(JobRun), wait, exit
  }

  private func work() {
    while true {
      switch next() {
      case .begin(let number):
        perform(number)
        changed.withLock {
          active -= 1
          runs[number] = nil
        }
        changed.broadcast()
      case .help(let run): run.help()
      case .wait: changed.withLock { _ = changed.wait(until: Date(timeIntervalSinceNow: 0.02)) }
      case .exit: return
      }
    }
  }

  private func next() -> Assignment {
    changed.withLock {
      if isOver { return .exit }
      if let number = waiting.popLast() {
        active += 1
        return .begin(number)
      }
      let most = runs.values.map { ($0, $0.left) }.max { $0.1 < $1.1 }
      if let most, most.1 > 0 { return .help(most.0) }
      return active > 0 ? .wait : .exit
    }
  }

  private var isOver: Bool { isStopped.load(ordering: .relaxed) || isCancelled() }

  private func perform(_ number: Int) {
    let job = jobs[number]
    do {
      if !settings.overwrite, let found = try finished(job) {
        try manifest.add(found: job, version: found.version)
        return tell(number, .skipped(version: Self.otherVersion(found)))
      }
      var settings = JobRun.Settings()
      settings.overwrite = self.settings.overwrite
      (settings.resumes, settings.computesChecksum) = (true, true)
      let run = JobRun(job, settings, isCancelled: { [self] in isOver })
      changed.withLock { runs[number] = run }
      tell(number, .began)
      let made = try run.run(beforeCommit: { made in
        try manifest.add(Manifest.Entry(job, made, folder: manifest.folder))
      })
      tell(number, made.map { .rendered($0) } ?? .stopped)
    } catch let error as UserError where error.kind == .busy {
      tell(number, .locked)
    } catch {
      // Somebody else may have made it meanwhile.
      if !settings.overwrite, let found = try? finished(job) {
        return tell(number, .skipped(version: Self.otherVersion(found)))
      }
      if settings.failsFast { isStopped.store(true, ordering: .relaxed) }
      tell(number, .failed(error))
    }
  }

  /// How its file was made, if it is there and is the file that the job would make.
  private func finished(_ job: Job) throws -> Provenance? {
    guard FileSystem.exists(job.path),
      let found = FileTags(ofFile: job.path).flatMap(Provenance.init), try job.matches(found)
    else { return nil }
    return found
  }

  private static func otherVersion(_ found: Provenance) -> String? {
    found.version == Provenance.thisVersion ? nil : found.version
  }
}
