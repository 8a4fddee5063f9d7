import Foundation
import TingleFiles
import TingleMetering
import TingleMix

/// What a job writes: its file; what it keeps for the next run, should it be stopped; what its meter shows.
///
/// A WAV can be continued where it ends. No encoder can; so a long job in another format keeps its samples, without loss, beside
/// its file until that is whole.
final class JobFiles {
  let target: SoundFileWriter
  /// The samples of a job whose file cannot be continued.
  let keeper: SoundFileWriter?
  let meter: LoudnessMeter?

  /// Shorter jobs are rather begun anew.
  private static let longSeconds = 300.0

  init(_ job: Job, _ settings: JobRun.Settings) throws {
    let tags = try job.tags
    let isLong = settings.resumes && job.durationSeconds > Self.longSeconds
    func writer(_ format: FileFormat, companion: String, overwrite: Bool, computesChecksum: Bool) throws
      -> SoundFileWriter
    {
      try SoundFileWriter(
        path: job.path, format: format, sampleRate: job.sampleRate, channels: job.channels,
        tags: tags, seed: job.preset.mix.seed, startFrame: job.frames.lowerBound,
        expectedFrames: job.frames.count, overwrite: overwrite, resumes: isLong,
        companion: companion, computesChecksum: computesChecksum)
    }
    target = try writer(
      job.format, companion: "", overwrite: settings.overwrite, computesChecksum: settings.computesChecksum)
    do {
      keeper =
        isLong && job.format.container != .wav
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

  /// How many frames need not be rendered.
  var resumedFrames: Int { (keeper ?? target).resumedFrames }

  /// Hands over the frames that need not be rendered.
  func readResumed(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    try (keeper ?? target).readResumed(consume)
  }

  /// Takes frames that were kept.
  func addKept(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    if keeper != nil { try target.write(frames) }
    meter?.add(frames)
  }

  /// Takes the next frames.
  func add(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    try keeper?.write(frames)
    try target.write(frames)
    meter?.add(frames)
  }

  /// Ends before the file is whole.
  func stop(resumes: Bool) {
    guard resumes else {
      keeper?.abandon()
      return target.abandon()
    }
    if let keeper {
      keeper.keepPartial()
      target.abandon()
    } else {
      target.keepPartial()
    }
  }
}
