import ArgumentParser
import Foundation
import TingleAudio
import TingleMix
import TinglePresets

/// `tingle render`: a preset becomes a file.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render a preset to a sound file.",
    discussion: """
      Examples:
        tingle render sleep -o sleep.wav --duration 8h
        tingle render focus -o focus.opus --seed 7
        tingle render unwind -o - | aplay
        tingle render --layer 'tap:surface=glass,pace=1.5/s' -o taps.flac --duration 2m
      """)

  @OptionGroup var mix: MixOptions

  @Option(
    name: .shortAndLong,
    help:
      "The file to write; its ending (.wav .flac .ogg .opus .mp3) tells the format. - writes WAV to a pipe.",
    completion: .file())
  var output: String

  @Option(help: "The format, when the file's name does not tell: wav, flac, ogg, opus, mp3.")
  var format: FileFormat.Container?

  @Option(help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)")
  var bits: FileFormat.Depth?

  @Option(help: "Sample rate in hertz: 44100, 48000, 88200, 96000.")
  var rate = 48000

  @Option(help: "1 (mono) or 2.")
  var channels = 2

  @Option(help: "Threads that render. (default: all cores)")
  var jobs: Int?

  @Option(help: ArgumentHelp("Begin at this time of the track.", valueName: "time"))
  var start: Seconds?

  @Option(help: ArgumentHelp("End at this time of the track.", valueName: "time"))
  var end: Seconds?

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard [44100, 48000, 88200, 96000].contains(rate) else {
      throw ValidationError("--rate is 44100, 48000, 88200 or 96000.")
    }
    guard channels == 1 || channels == 2 else { throw ValidationError("--channels is 1 or 2.") }
    if let jobs, !(1...256 ~= jobs) { throw ValidationError("--jobs goes from 1 to 256.") }
  }

  func run() throws {
    let interruption = Interruption()
    let preset = try mix.resolved()
    let timeline = Timeline(
      preset.mix, sampleRate: Double(rate), frames: try frames(of: preset.mix),
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    if output == "-" {
      try stream(preset, timeline, interruption)
    } else {
      try write(preset, timeline, interruption)
    }
  }

  private func frames(of mix: Mix) throws -> Range<Int> {
    let length = mix.durationSeconds
    let (from, to) = (start?.value ?? 0, end?.value ?? length)
    func text(_ seconds: Double) -> String { Quantity.describe(seconds, .seconds) }
    guard to <= length else {
      throw ValidationError(
        "--end \(text(to)) is after the end of the track (\(text(length))); lengthen it with --duration.")
    }
    guard from < to else {
      throw ValidationError(
        "--start \(text(from)) is not before the end (\(text(to))); there is nothing to render.")
    }
    return Int((from * Double(rate)).rounded())..<Int((to * Double(rate)).rounded())
  }

  private func stream(_ preset: Preset, _ timeline: Timeline, _ interruption: Interruption) throws {
    guard format == nil || format == .wav else {
      throw ValidationError("-o - writes WAV; for another format name a file, or pipe into its encoder.")
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw ValidationError(
        "-o - writes sound, and stdout is a terminal; pipe it somewhere, as in `| aplay`.")
    }
    let sink = try WAVStream(
      descriptor: STDOUT_FILENO, depth: bits ?? .int24, sampleRate: rate, channels: channels,
      seed: preset.mix.seed,
      startFrame: timeline.frames.lowerBound)
    try timeline.render(isCancelled: { interruption.isRequested }) { try sink.write(UnsafeBufferPointer($0)) }
    try interruption.check()
  }

  private func write(_ preset: Preset, _ timeline: Timeline, _ interruption: Interruption) throws {
    let format = try FileFormat(self.format ?? FileFormat.container(ofPath: output), depth: bits)
    let sink = try SoundFileWriter(
      path: output, format: format, sampleRate: rate, channels: channels, tags: tags(for: preset, timeline),
      seed: preset.mix.seed, startFrame: timeline.frames.lowerBound, expectedFrames: timeline.frames.count,
      overwrite: force)
    let seconds = Double(timeline.frames.count) / Double(rate)
    var progress = Progress(totalSeconds: seconds, quiet: quiet)
    let meter =
      quiet ? nil : LoudnessMeter(sampleRate: rate, channels: channels, expectedFrames: timeline.frames.count)
    var done = 0
    do {
      try timeline.render(isCancelled: { interruption.isRequested }) { piece in
        for start in stride(from: 0, to: piece.count, by: 1 << 16) {
          let part = UnsafeBufferPointer(piece.extracting(start..<min(piece.count, start + 1 << 16)))
          try interruption.check()
          try sink.write(part)
          meter?.add(part)
          done += part.count
          progress.show(Double(done) / Double(rate))
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

  private func tags(for preset: Preset, _ timeline: Timeline) -> FileTags {
    var recipe = "tingle render \(mix.recipe(for: preset)) --rate \(rate)"
    if let bits { recipe += " --bits \(bits.rawValue)" }
    if channels == 1 { recipe += " --channels 1" }
    if let start { recipe += " --start \(Quantity.describe(start.value, .seconds))" }
    if let end { recipe += " --end \(Quantity.describe(end.value, .seconds))" }
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

extension FileFormat.Container: ExpressibleByArgument {}
extension FileFormat.Depth: ExpressibleByArgument {}
