import ArgumentParser
import Foundation
import TingleAudio
import TingleLive
import TingleMix
import TinglePresets

/// `tingle play`: a preset becomes sound.
struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play a preset on a sound device; Ctrl-C fades out and ends.",
    discussion: """
      Examples:
        tingle play sleep
        tingle play unwind --timer 45m --fade-out 3m
        tingle play --layer 'whisper:place=left ear' --device hw:1
      """)

  @OptionGroup var mix: MixOptions
  @OptionGroup var listening: ListeningOptions

  @Option(
    help: "The ALSA device; `tingle devices` lists them.",
    completion: .custom { _, _, _ in PCMDescription.all().map(\.name) })
  var device = "default"

  @Option(
    name: [.customLong("timer"), .customLong("for")],
    help: ArgumentHelp("Stop after this time, with the track's fade-out.", valueName: "time"))
  var playingTime: Seconds?

  @Option(help: ArgumentHelp("Begin at this time of the track.", valueName: "time"))
  var start: Seconds?

  @Option(help: "The sample rate that is wanted, in hertz; the device may settle for another.")
  var rate = 48000

  @Option(
    help: ArgumentHelp(
      "The length of the device's buffer: 10ms to 5s. (default: 60ms, or 150ms without a fixed priority)",
      valueName: "time"))
  var latency: Seconds?

  @Option(
    help: ArgumentHelp(
      "Write what is heard to this file, and beside it a log by which `tingle replay` makes it again.",
      valueName: "file"), completion: .file())
  var record: String?

  @Flag(help: "Replace the file that --record names, if it exists.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Let MIDI knobs and pads control it: of the device whose name holds this, or 'all'; `tingle ctl learn` teaches them.",
      valueName: "device"))
  var midi: String?

  @Flag(help: "Do not draw the desk, even in a terminal.")
  var noDesk = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard 0.01...5 ~= latencySeconds else { throw ValidationError("--latency goes from 10ms to 5s.") }
    if let playingTime, !(1...604_800 ~= playingTime.value) {
      throw ValidationError("--timer goes from 1s to 7 days (168h).")
    }
    if let start, !(0...604_800 ~= start.value) {
      throw ValidationError("--start goes from 0s to 7 days (168h).")
    }
    guard 8000...192_000 ~= rate else { throw ValidationError("--rate goes from 8000 to 192000.") }
  }

  func run() throws {
    let interruption = Interruption()
    var preset = try mix.resolved()
    let from = start?.value ?? 0
    var isTimed = false
    if let playingTime {
      preset.mix.durationSeconds = from + playingTime.value
    } else if let timer = preset.timerSeconds, from + timer < preset.mix.durationSeconds {
      preset.mix.durationSeconds = from + timer
      isTimed = true
    }
    guard from < preset.mix.durationSeconds else {
      throw ValidationError(
        "--start \(Quantity.describe(from, .seconds)) is after the end of the track; lengthen it with --duration."
      )
    }
    let device = try PCMDevice(name: device, sampleRate: rate, latencySeconds: latencySeconds)
    if !quiet {
      if !showsDesk { announce(preset, device) }
      if isTimed { Terminal.say("A timer is set; --timer 8h plays for as long as that.") }
    }
    let session = try LiveSession(
      preset, startSeconds: from, sampleRate: Double(device.configuration.sampleRate),
      .init(library: Shelf.library) { [listening, isSilent = quiet || showsDesk] preset in
        var preset = preset
        try listening.apply(to: &preset.mix, quiet: isSilent)
        return preset
      })
    let knobs = try midi.map {
      try MIDIInput(
        session, named: $0 == "all" ? "" : $0, environment: ProcessInfo.processInfo.environment)
    }
    let recorder = try record.map { [preset] in try openRecorder($0, preset, device) }
    let rings = session.listeners + (recorder.map { [$0.ring] } ?? [])
    let player = Player(
      session.performer, on: device, seed: preset.mix.seed, listeners: rings,
      reopen: { [name = self.device, rate, latencySeconds] in
        try PCMDevice(name: name, sampleRate: rate, latencySeconds: latencySeconds)
      },
      shouldStop: { interruption.isRequested || session.isStopping })
    session.attach(player, device: device.name, latencySeconds: agreedLatency(device))
    let server = try? ControlServer(
      session, at: ControlSocket.path(environment: ProcessInfo.processInfo.environment))
    let keys = MediaKeys(session)
    defer {
      knobs?.stop()
      server?.stop()
      keys?.stop()
    }
    let suspension = Suspension(session)
    let outcome = Result { try showsDesk ? atTheDesk(player, session, suspension) : player.play() }
    // What was heard is kept, also when the device did not come back.
    if let recorder, let record {
      let frames = try recorder.finish()
      try keepLog(of: session, try? outcome.get(), frames: frames, beside: record)
    }
    let report = try outcome.get()
    if !quiet { report.tell(sampleRate: device.configuration.sampleRate) }
    try interruption.check()
  }

  private func openRecorder(_ path: String, _ preset: Preset, _ device: PCMDevice) throws -> Recorder {
    guard force || !FileManager.default.fileExists(atPath: path + ".json") else {
      throw AudioError(
        .cannotCreate, "'\(path).json' exists; say --force to replace it, or choose another name")
    }
    let rate = device.configuration.sampleRate
    let tags = FileTags(
      title: preset.title, software: "tingle \(Tingle.version)",
      comment: "tingle \(Tingle.version), played live from \(preset.name); '\(path).json' tells how")
    let writer = try SoundFileWriter(
      path: path, format: FileFormat(FileFormat.container(ofPath: path), depth: nil), sampleRate: rate,
      channels: 2, tags: tags, seed: 0, expectedFrames: Int(preset.mix.durationSeconds) * rate,
      overwrite: force)
    return Recorder(writer, sampleRate: Double(rate))
  }

  /// The log is the recording's other half.
  private func keepLog(of session: LiveSession, _ report: Player.Report?, frames: Int, beside path: String)
    throws
  {
    var log = session.log(length: frames, stoppedAt: report?.stoppedAt)
    log.hrtf = listening.hrtf
    do {
      try log.encoded().write(to: URL(fileURLWithPath: path + ".json"), options: .atomic)
    } catch {
      throw AudioError(.cannotCreate, "cannot write '\(path).json': \(error.localizedDescription)")
    }
    guard !quiet else { return }
    let missing = (report?.playedFrames ?? frames) - frames
    Terminal.say(
      missing > 0
        ? "\(path): \(missing) frames are missing, the disk was too slow"
        : "\(path): \(Format.clock(Double(frames) / log.sampleRate)) recorded; `tingle replay \(path).json -o FILE` makes it again"
    )
  }

  private var showsDesk: Bool { !quiet && !noDesk && Screen.isPossible }

  /// The desk has the main thread while the player has its own.
  private func atTheDesk(_ player: Player, _ session: LiveSession, _ suspension: Suspension) throws
    -> Player.Report
  {
    try player.play { isOver in
      Screen.enter()
      defer { Screen.leave() }
      suspension.isDrawing = true
      Desk(session).run(until: isOver, suspension)
    }
  }

  private var latencySeconds: Double { latency?.value ?? Player.usualLatencySeconds }

  /// How long after it is rendered a frame is heard, at most.
  private func agreedLatency(_ device: PCMDevice) -> Double {
    Double(device.configuration.bufferFrames) / Double(device.configuration.sampleRate)
  }

  private func announce(_ preset: Preset, _ device: PCMDevice) {
    let agreed = device.configuration
    let length = Quantity.describe(preset.mix.durationSeconds - (start?.value ?? 0), .seconds)
    Terminal.say(
      """
      Playing \(preset.title) for \(length) on \(device.name) (seed \(preset.mix.seed), \(agreed.sampleRate) Hz, \
      \(agreed.format.rawValue)). Ctrl-C fades out.
      """)
  }
}
