import ArgumentParser
import Foundation
import TingleBatch
import TingleFiles
import TingleMetering
import TingleMix
import TingleSupport

/// One job, with what is said of it: into a file, or into a pipe.
struct Rendering {
  let job: Job
  let options: OutputOptions

  /// - Parameter job: its path is `-` for standard output.
  init(_ job: Job, _ options: OutputOptions) {
    self.job = job
    self.options = options
  }

  /// Renders.
  func run(_ interruption: Interruption) throws {
    if !options.quiet, try job.misses { ListeningOptions.tellOfSphere() }
    let target = try OutputTarget(job.path)
    if case .file = target { return try write(interruption) }
    // Another format is complete before its first byte is.
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
    let made = try run.run(progress: { progress.show(run.doneSeconds) })
    try interruption.check()
    progress.clear()
    if let made, let reading = made.reading { report(made, reading, took: progress.elapsed) }
  }

  private func report(_ made: JobRun.RenderedJob, _ reading: LoudnessMeter.Measurement, took: Double) {
    let path = job.path
    let seconds = job.durationSeconds
    let share =
      reading.measuredShare < 0.99 ? String(format: " (from %.0f %% of it)", 100 * reading.measuredShare) : ""
    Terminal.say(
      """
      \(path): \(Format.clock(seconds)) long, \(Format.bytes(made.bytes)), \
      \(Format.level(reading.integratedLUFS)) LUFS\(share), true peak \(Format.level(reading.truePeakDB)) dBTP; \
      rendered in \(String(format: "%.1f", took)) s, \(String(format: "%.0f", seconds / took)) times real time
      """)
    if made.isRF64 {
      Terminal.say(
        "\(path) is an RF64 file: a plain WAV cannot hold more than 4 GiB. Write .flac if a player refuses it."
      )
    }
  }
}
