import ArgumentParser
import Foundation
import TingleBatch
import TingleFiles
import TingleMetering
import TingleMix
import TingleSupport

/// Renders one job to a file or a pipe, with progress and summary.
struct Rendering {
  let job: Job
  let options: OutputOptions

  /// - Parameters:
  ///   - job: the job; its path is `-` for standard output.
  ///   - options: the options of the command.
  init(_ job: Job, _ options: OutputOptions) {
    self.job = job
    self.options = options
  }

  /// Renders the job.
  func run(_ interruption: Interruption) throws {
    if !options.quiet, try job.lacksHRTF { ListeningOptions.reportMissingHRTF() }
    let target = try OutputTarget(job.path)
    if case .file = target { return try write(interruption) }
    // Only WAV can be streamed; other formats are rendered to a temporary file first.
    guard job.format.container == .wav else { return try write(interruption) }
    try stream(to: target, interruption)
  }

  private func stream(to target: OutputTarget, _ interruption: Interruption) throws {
    let opened = try target.openStream(job.path) { interruption.isRequested }
    try interruption.check()
    guard let descriptor = opened else { return }
    defer { close(descriptor) }
    let timeline = Timeline(
      try job.levelledMix(jobs: options.threads), sampleRate: Double(job.sampleRate), frames: job.frames,
      jobs: options.threads)
    let sink = try WAVStream(
      descriptor: descriptor, path: job.path, depth: job.format.depth ?? .int24, sampleRate: job.sampleRate,
      channels: job.channels, seed: job.preset.mix.seed, startFrame: job.frames.lowerBound)
    try timeline.render(isCancelled: { interruption.isRequested }) { try sink.write(UnsafeBufferPointer($0)) }
    try interruption.check()
    try sink.close()
  }

  private func write(_ interruption: Interruption) throws {
    var settings = JobRun.Settings()
    settings.overwrite = options.file.force
    settings.isMetered = !options.quiet
    settings.threads = options.threads
    let run = JobRun(job, settings) { interruption.isRequested }
    var progress = Progress(totalSeconds: job.durationSeconds, quiet: options.quiet)
    defer { progress.clear() }
    let rendered = try run.run(progress: { progress.show(run.doneSeconds) })
    try interruption.check()
    progress.clear()
    if let rendered, let loudness = rendered.loudness { report(rendered, loudness, took: progress.elapsed) }
  }

  private func report(_ rendered: JobRun.RenderedJob, _ loudness: LoudnessMeter.Measurement, took: Double) {
    let path = job.path
    let seconds = job.durationSeconds
    let share =
      loudness.measuredShare < 0.99
      ? String(format: " (measured on %.0f %%)", 100 * loudness.measuredShare) : ""
    Terminal.say(
      """
      \(path): length \(Format.clock(seconds)), \(Format.bytes(rendered.bytes)), \
      \(Format.level(loudness.integratedLUFS)) LUFS\(share), \
      true peak \(Format.level(loudness.truePeakDB)) dBTP; \
      rendered in \(String(format: "%.1f", took)) s (\(String(format: "%.0f", seconds / took))x real time)
      """)
    if rendered.isRF64 {
      Terminal.say(
        "\(path): written as RF64, because WAV is limited to 4 GiB; use .flac if a player rejects it")
    }
  }
}
