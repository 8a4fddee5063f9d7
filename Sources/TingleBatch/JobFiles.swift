import Foundation
import TingleFiles
import TingleMetering
import TingleMix

/// The outputs of a job: its file, the checkpoint that makes an interrupted job resumable, and its loudness
/// meter.
///
/// A WAV file is its own checkpoint: writing continues at its end. Encoders cannot be resumed, so a long job
/// in another format also writes its samples to a WAV file, without loss, until the file is complete.
final class JobFiles {
  let target: SoundFileWriter
  /// The WAV file with the samples of a job whose own file cannot be resumed.
  let checkpoint: SoundFileWriter?
  let meter: LoudnessMeter?

  /// Jobs of this length or shorter are restarted instead of resumed.
  private static let longestRestartedSeconds = 300.0

  init(_ job: Job, _ settings: JobRun.Settings) throws {
    let tags = try job.tags
    let resumes = settings.resumes && job.durationSeconds > Self.longestRestartedSeconds
    func writer(_ format: FileFormat, companion: String, overwrite: Bool, computesChecksum: Bool) throws
      -> SoundFileWriter
    {
      try SoundFileWriter(
        path: job.path, format: format, sampleRate: job.sampleRate, channels: job.channels,
        tags: tags, seed: job.preset.mix.seed, startFrame: job.frames.lowerBound,
        expectedFrames: job.frames.count, overwrite: overwrite, resumes: resumes,
        companion: companion, computesChecksum: computesChecksum)
    }
    target = try writer(
      job.format, companion: "", overwrite: settings.overwrite, computesChecksum: settings.computesChecksum)
    do {
      checkpoint =
        resumes && job.format.container != .wav
        ? try writer(FileFormat(.wav), companion: "kept", overwrite: true, computesChecksum: false) : nil
    } catch {
      target.abandon()
      throw error
    }
    meter =
      settings.isMetered
      ? LoudnessMeter(
        sampleRate: job.sampleRate, channels: job.channels, expectedFrames: job.frames.count) : nil
  }

  /// The number of frames that an earlier run rendered.
  var resumedFrames: Int { (checkpoint ?? target).resumedFrames }

  /// Reads the frames that an earlier run rendered.
  func readResumed(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    try (checkpoint ?? target).readResumed(consume)
  }

  /// Adds frames of an earlier run, which the checkpoint already holds.
  func addResumed(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    if checkpoint != nil { try target.write(frames) }
    meter?.add(frames)
  }

  /// Adds newly rendered frames.
  func add(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    try checkpoint?.write(frames)
    try target.write(frames)
    meter?.add(frames)
  }

  /// Closes the incomplete files.
  /// - Parameter resumes: whether to keep them for the next run.
  func stop(resumes: Bool) {
    guard resumes else {
      checkpoint?.abandon()
      return target.abandon()
    }
    if let checkpoint {
      checkpoint.keepPartial()
      target.abandon()
    } else {
      target.keepPartial()
    }
  }
}
