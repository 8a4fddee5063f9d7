import ArgumentParser
import Foundation
import TingleAudio
import TingleMix
import TinglePresets

/// A preset on its way into a file or a pipe.
struct Rendering {
  let preset: Preset
  /// The words that make it again, without the program's name.
  let recipe: String
  let options: OutputOptions
  /// A path, or `-` for standard output.
  let output: String
  let timeline: Timeline

  /// - Parameter frames: the part of the track that is rendered.
  init(_ preset: Preset, recipe: String, frames: Range<Int>, to output: String, _ options: OutputOptions) {
    self.preset = preset
    self.recipe = recipe
    self.options = options
    self.output = output
    timeline = Timeline(
      preset.mix, sampleRate: Double(options.rate), frames: frames,
      jobs: options.jobs ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Renders.
  func run(_ interruption: Interruption) throws {
    if output == "-" { try stream(interruption) } else { try write(interruption) }
  }

  private func stream(_ interruption: Interruption) throws {
    guard options.format == nil || options.format == .wav else {
      throw ValidationError("-o - writes WAV; for another format name a file, or pipe into its encoder.")
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw ValidationError(
        "-o - writes sound, and stdout is a terminal; pipe it somewhere, as in `| aplay`.")
    }
    let sink = try WAVStream(
      descriptor: STDOUT_FILENO, depth: options.bits ?? .int24, sampleRate: options.rate,
      channels: options.channels,
      seed: preset.mix.seed,
      startFrame: timeline.frames.lowerBound)
    try timeline.render(isCancelled: { interruption.isRequested }) { try sink.write(UnsafeBufferPointer($0)) }
    try interruption.check()
  }

  private func write(_ interruption: Interruption) throws {
    let format = try FileFormat(options.format ?? FileFormat.container(ofPath: output), depth: options.bits)
    let sink = try SoundFileWriter(
      path: output, format: format, sampleRate: options.rate, channels: options.channels, tags: tags,
      seed: preset.mix.seed, startFrame: timeline.frames.lowerBound, expectedFrames: timeline.frames.count,
      overwrite: options.force)
    let seconds = Double(timeline.frames.count) / Double(options.rate)
    var progress = Progress(totalSeconds: seconds, quiet: options.quiet)
    let meter =
      options.quiet
      ? nil
      : LoudnessMeter(
        sampleRate: options.rate, channels: options.channels, expectedFrames: timeline.frames.count)
    var done = 0
    do {
      try timeline.render(isCancelled: { interruption.isRequested }) { piece in
        for start in stride(from: 0, to: piece.count, by: 1 << 16) {
          let part = UnsafeBufferPointer(piece.extracting(start..<min(piece.count, start + 1 << 16)))
          try interruption.check()
          try sink.write(part)
          meter?.add(part)
          done += part.count
          progress.show(Double(done) / Double(options.rate))
        }
      }
      try interruption.check()
      try sink.close()
    } catch {
      progress.clear()
      sink.abandon()
      throw error
    }
    progress.clear()
    if let meter { report(sink, meter.reading, seconds: seconds, took: progress.elapsed) }
  }

  private var tags: FileTags {
    var recipe = "tingle \(self.recipe) --rate \(options.rate)"
    if let bits = options.bits { recipe += " --bits \(bits.rawValue)" }
    if options.channels == 1 { recipe += " --channels 1" }
    return FileTags(
      title: preset.title, software: "tingle \(Tingle.version)",
      comment:
        "tingle \(Tingle.version), preset \(preset.name), seed \(preset.mix.seed); made with: \(recipe)")
  }

  private func report(
    _ sink: SoundFileWriter, _ reading: LoudnessMeter.Reading, seconds: Double, took: Double
  ) {
    let size = (try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0
    let share =
      reading.measuredShare < 0.99 ? String(format: " (from %.0f %% of it)", 100 * reading.measuredShare) : ""
    Terminal.say(
      """
      \(output): \(Format.clock(seconds)) long, \(Format.bytes(size)), \
      \(Format.level(reading.integratedLUFS)) LUFS\(share), true peak \(Format.level(reading.truePeakDB)) dBTP; \
      rendered in \(String(format: "%.1f", took)) s, \(String(format: "%.0f", seconds / took)) times real time
      """)
    if sink.isRF64 {
      Terminal.say(
        "\(output) is an RF64 file: a plain WAV cannot hold more than 4 GiB. Write .flac if a player refuses it."
      )
    }
  }
}
