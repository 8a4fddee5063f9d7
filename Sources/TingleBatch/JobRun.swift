import Dispatch
import Foundation
import Synchronization
import TingleMetering
import TingleMix

/// A job while it is done. One thread runs it; others may help as long as there is something to begin.
public final class JobRun: @unchecked Sendable {
  /// How it is done.
  public struct Settings: Sendable {
    /// Whether a file that exists may be replaced.
    public var overwrite = false
    /// Whether what is done of it stays when it is stopped, and is taken up by the next run.
    public var resumes = false
    /// Whether loudness and true peak are measured.
    public var isMetered = true
    /// Whether the file's checksum is wanted.
    public var computesChecksum = false
    /// How many threads render from the start.
    public var threads = 1

    /// The defaults: nothing replaced, nothing continued, metered, no checksum, one thread.
    public init() {}
  }

  /// A file that is whole, and what is known of it.
  public struct RenderedJob: Sendable {
    /// SHA-256 of its content; empty where nobody wanted to know.
    public let sha256: String
    public let bytes: Int
    /// What was measured, if it was.
    public let reading: LoudnessMeter.Measurement?
    /// How much of it was there before.
    public let keptSeconds: Double
    /// True when a WAV could not hold so much.
    public let isRF64: Bool
  }

  /// What is done.
  public let job: Job
  private let settings: Settings
  private let isCancelled: @Sendable () -> Bool
  private let doneFrames = Atomic<Int>(0)
  private let work = Mutex<TimelineRender?>(nil)

  /// A job to be done.
  /// - Parameter isCancelled: asked now and then, on any thread; once it says so, the work ends early.
  public init(_ job: Job, _ settings: Settings, isCancelled: @Sendable @escaping () -> Bool) {
    self.job = job
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// How much of it is done, in seconds of sound.
  public var doneSeconds: Double { Double(doneFrames.load(ordering: .relaxed)) / Double(job.sampleRate) }

  /// How many pieces nobody has begun.
  public var left: Int { work.withLock { $0?.remainingPieces ?? 0 } }

  /// Renders on the calling thread as long as there are pieces to begin.
  public func help() { work.withLock { $0 }?.renderPieces() }

  /// Does it, and gives the file its name.
  /// - Parameters:
  ///   - progress: called now and then, on the calling thread.
  ///   - beforeCommit: called when the file is whole, but before it has got its name.
  /// - Returns: nil if it was cancelled.
  /// - Throws: `UserError`; there is then no new file.
  public func run(progress: () -> Void = {}, beforeCommit: (RenderedJob) throws -> Void = { _ in }) throws
    -> RenderedJob?
  {
    let files = try JobFiles(job, settings)
    do {
      guard try render(into: files, progress) else {
        files.stop(resumes: settings.resumes)
        return nil
      }
      try files.target.finish()
      let made = RenderedJob(
        sha256: settings.computesChecksum ? try files.target.checksum() : "", bytes: files.target.bytes,
        reading: files.meter?.measurement,
        keptSeconds: Double(files.resumedFrames) / Double(job.sampleRate), isRF64: files.target.isRF64)
      try beforeCommit(made)
      try files.target.commit()
      files.keeper?.abandon()
      return made
    } catch {
      files.stop(resumes: false)
      throw error
    }
  }

  /// False if it was cancelled.
  private func render(into files: JobFiles, _ progress: () -> Void) throws -> Bool {
    let whole = job.frames
    let mix = try job.levelledMix(jobs: settings.threads)
    guard !isCancelled() else { return false }
    try files.readResumed { try take($0, to: files.addKept, progress) }
    let timeline = Timeline(
      mix, sampleRate: Double(job.sampleRate),
      frames: whole.lowerBound + files.resumedFrames..<whole.upperBound,
      jobs: settings.threads)
    let work = TimelineRender(timeline, isCancelled: isCancelled)
    self.work.withLock { $0 = work }
    let workers = DispatchGroup()
    for _ in 0..<settings.threads { DispatchQueue.global().async(group: workers) { work.renderPieces() } }
    defer {
      self.work.withLock { $0 = nil }
      workers.wait()
    }
    try work.deliver { try take($0, to: files.add, progress) }
    return !isCancelled()
  }

  /// In portions, so that whoever stops it need not wait.
  private func take(
    _ frames: UnsafeMutableBufferPointer<StereoFrame>,
    to sink: (UnsafeBufferPointer<StereoFrame>) throws -> Void, _ progress: () -> Void
  ) throws {
    for start in stride(from: 0, to: frames.count, by: 1 << 16) where !isCancelled() {
      let part = UnsafeBufferPointer(frames.extracting(start..<min(frames.count, start + 1 << 16)))
      try sink(part)
      doneFrames.wrappingAdd(part.count, ordering: .relaxed)
      progress()
    }
  }
}
