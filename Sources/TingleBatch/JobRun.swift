import Foundation
import Synchronization
import TingleMetering
import TingleMix

/// One execution of a job. One thread runs it; other threads can join with `help()` while pieces are left to
/// render.
public final class JobRun: Sendable {
  /// How a job is run.
  public struct Settings: Sendable {
    /// Whether an existing file can be replaced.
    public var overwrite = false
    /// Whether an interrupted run keeps its samples, and the next run resumes from them.
    public var resumes = false
    /// Whether loudness and true peak are measured.
    public var isMetered = true
    /// Whether the file's checksum is computed.
    public var computesChecksum = false
    /// The number of threads that render from the start.
    public var threads = 1

    /// Creates the defaults: no overwriting, no resuming, metering, no checksum, one thread.
    public init() {}
  }

  /// A complete file and its measurements.
  public struct RenderedJob: Sendable {
    /// SHA-256 of the file in hexadecimal; empty if `computesChecksum` is false.
    public let sha256: String
    /// The file size in bytes.
    public let bytes: Int
    /// Loudness and true peak; nil if `isMetered` is false.
    public let loudness: LoudnessMeter.Measurement?
    /// The length of the part that an earlier run had rendered.
    public let resumedSeconds: Double
    /// Whether the file is RF64, because it is too large for WAV.
    public let isRF64: Bool
  }

  /// The job to render.
  public let job: Job
  private let settings: Settings
  private let isCancelled: @Sendable () -> Bool
  private let doneFrames = Atomic<Int>(0)
  private let work = Mutex<TimelineRender?>(nil)

  /// Creates a run.
  /// - Parameter isCancelled: polled on any thread; the run ends early once it returns true.
  public init(_ job: Job, _ settings: Settings, isCancelled: @Sendable @escaping () -> Bool) {
    self.job = job
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// The length of the finished part in seconds of sound.
  public var doneSeconds: Double { Double(doneFrames.load(ordering: .relaxed)) / Double(job.sampleRate) }

  /// The number of pieces that no thread has started.
  public var remainingPieces: Int { work.withLock { $0?.remainingPieces ?? 0 } }

  /// Renders pieces on the calling thread until all are started.
  public func help() { work.withLock { $0 }?.renderPieces() }

  /// Renders the file, then renames it from its temporary name.
  /// - Parameters:
  ///   - progress: called repeatedly on the calling thread.
  ///   - beforeCommit: called when the file is complete, before it is renamed.
  /// - Returns: nil if the run was cancelled.
  /// - Throws: `UserError`; no new file is left then.
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
      let rendered = RenderedJob(
        sha256: settings.computesChecksum ? try files.target.checksum() : "", bytes: files.target.bytes,
        loudness: files.meter?.measurement,
        resumedSeconds: Double(files.resumedFrames) / Double(job.sampleRate), isRF64: files.target.isRF64)
      try beforeCommit(rendered)
      try files.target.commit()
      files.checkpoint?.abandon()
      return rendered
    } catch {
      files.stop(resumes: false)
      throw error
    }
  }

  /// - Returns: false if the run was cancelled.
  private func render(into files: JobFiles, _ progress: () -> Void) throws -> Bool {
    let mix = try job.levelledMix(jobs: settings.threads)
    guard !isCancelled() else { return false }
    try files.readResumed { try write($0, to: files.addResumed, progress) }
    let timeline = Timeline(
      mix, sampleRate: Double(job.sampleRate),
      frames: job.frames.lowerBound + files.resumedFrames..<job.frames.upperBound,
      jobs: settings.threads)
    let work = TimelineRender(timeline, isCancelled: isCancelled)
    self.work.withLock { $0 = work }
    defer { self.work.withLock { $0 = nil } }
    try work.render(to: { try write($0, to: files.add, progress) })
    return !isCancelled()
  }

  /// Writes frames in chunks, so that cancellation takes effect within a chunk.
  private func write(
    _ frames: UnsafeMutableBufferPointer<StereoFrame>,
    to sink: (UnsafeBufferPointer<StereoFrame>) throws -> Void, _ progress: () -> Void
  ) throws {
    for start in stride(from: 0, to: frames.count, by: 1 << 16) where !isCancelled() {
      let chunk = UnsafeBufferPointer(frames.extracting(start..<min(frames.count, start + 1 << 16)))
      try sink(chunk)
      doneFrames.wrappingAdd(chunk.count, ordering: .relaxed)
      progress()
    }
  }
}
