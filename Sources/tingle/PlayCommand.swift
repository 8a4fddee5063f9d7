import ArgumentParser
import Foundation
import TingleDevices
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle play`: plays a preset on an ALSA device, with the mixing desk, a control socket and an optional
/// recording.
struct PlayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Play a preset on an audio device; Ctrl-C fades out and ends.",
    discussion: """
      Examples:
        tingle play sleep
        tingle play unwind --timer 45m --fade-out 3m
        tingle play --layer 'whisper:place=left ear' --device hw:1
        tingle play --script haircut.script
      """)

  @OptionGroup var mix: MixOptions
  @OptionGroup var listening: ListeningOptions

  @Option(
    help: "The ALSA device; `tingle devices` lists the devices.",
    completion: Choices.devices)
  var device = "default"

  @Option(
    name: [.customLong("timer"), .customLong("for")],
    help: ArgumentHelp("End after this time, with the preset's fade-out.", valueName: "time"),
    transform: ArgumentReading.seconds("--timer"))
  var playingTime: Seconds?

  @Option(
    help: ArgumentHelp("Start at this time of the track.", valueName: "time"),
    transform: ArgumentReading.seconds("--start"))
  var start: Seconds?

  @Option(
    help: "The requested sample rate in hertz; the device can choose another. (default: 48000)",
    completion: Choices.rates, transform: ArgumentReading.sampleRate("--rate"))
  var rate = 48000

  @Option(
    help: ArgumentHelp(
      "The length of the device's buffer, 10ms to 5s. (default: 60ms, or 150ms without real-time priority)",
      valueName: "time"), transform: ArgumentReading.seconds("--latency"))
  var latency: Seconds?

  @Option(
    help: ArgumentHelp(
      "Record to this sound file, and to FILE.json a log from which `tingle replay` renders it again.",
      valueName: "file"), completion: .file())
  var record: String?

  @Flag(help: "Replace existing files of --record.")
  var force = false

  @Option(
    help: ArgumentHelp(
      """
      Connect the MIDI devices whose names contain this text, or 'all'; `tingle ctl learn` assigns \
      their knobs and pads.
      """,
      valueName: "device"), completion: Choices.midiDevices)
  var midi: String?

  @Flag(help: "Do not show the mixing desk in a terminal.")
  var noDesk = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard 0.01...5 ~= latencySeconds else { throw ValidationError("--latency must be 10ms to 5s.") }
    if let playingTime, !(1...604_800 ~= playingTime.value) {
      throw ValidationError("--timer must be 1s to 168h (7 days).")
    }
    if let start, !(0...604_800 ~= start.value) {
      throw ValidationError("--start must be 0s to 168h (7 days).")
    }
    if let start, let playingTime, start.value + playingTime.value > 604_800 {
      throw ValidationError("The sum of --start and --timer must be at most 168h (7 days).")
    }
    guard 8000...192_000 ~= rate else { throw ValidationError("--rate must be 8000 to 192000.") }
  }

  func run() throws {
    let interruption = Interruption()
    let preset = try interruption.endingAtOnce { try mix.resolved() }
    if mix.printScript { return try mix.printTimetable(of: preset) }
    preset.reportUnreadText()
    let from = start?.value ?? 0
    guard from < preset.mix.durationSeconds || playingTime != nil else {
      throw ValidationError(
        "--start \(Quantity.describe(from, .seconds)) is after the end of the track; set a longer --duration."
      )
    }
    let opened = Result { try open { interruption.isRequested } }
    try interruption.check()
    let device = try opened.get()
    let sampleRate = device.configuration.sampleRate
    // Errors of the recording are reported before playback is announced.
    let recovered = try record.flatMap { try UnfinishedRecording.recover($0, overwrite: force) }
    if let recovered { Terminal.say("tingle: \(recovered.message)") }
    let recording = try record.map {
      try Recording($0, of: preset, sampleRate: sampleRate, hrtf: listening.hrtf, overwrite: force)
    }
    let session = try LiveSession(
      preset, startSeconds: from, timerSeconds: playingTime?.value, sampleRate: Double(sampleRate),
      .init(library: PresetContext.library) { [listening, isSilent = quiet || showsDesk] preset in
        var preset = preset
        try listening.apply(to: &preset.mix, quiet: isSilent)
        return preset
      })
    if !showsDesk { session.onReport { Terminal.say("tingle: \($0)") } }
    let midiControl = try midi.map {
      try MIDIControl(
        session, named: $0 == "all" ? "" : $0, environment: Environment.variables)
    }
    let recorder = recording.map { $0.start(session) }
    let player = Player(
      session.liveRenderer, on: device, seed: preset.mix.seed, listeners: session.monitorRings,
      recording: recorder?.ring,
      reopen: { try open { interruption.isRequested || session.isStopping } },
      shouldStop: { interruption.isRequested || session.isStopping })
    session.attach(player, device: device.name, latencySeconds: bufferSeconds(device))
    let (server, notice) = startServer(session)
    let mediaPlayer = MPRISServer(session)
    defer {
      midiControl?.stop()
      server?.stop()
      mediaPlayer?.stop()
    }
    let suspension = Suspension(session)
    if !quiet { announce(session.status, device, notice) }
    let outcome = Result {
      try showsDesk ? playWithDesk(player, session, suspension, notice) : player.play()
    }
    // The recording is completed even if the device was lost.
    let recorded = Result {
      if let recording, let recorder {
        try recording.finish(recorder, session, try? outcome.get(), quiet: quiet)
      }
    }
    let report = try outcome.get()
    if !quiet { report.print(sampleRate: sampleRate) }
    try recorded.get()
    try interruption.check()
  }

  /// Opens the device with the options of the command line.
  private func open(isCancelled: () -> Bool) throws -> PCMDevice {
    try PCMDevice(
      name: device, sampleRate: rate, latencySeconds: latencySeconds, isCancelled: isCancelled)
  }

  /// Whether the mixing desk is shown.
  private var showsDesk: Bool { !quiet && !noDesk && Screen.isPossible }

  /// Plays on the audio thread while the desk runs on the main thread.
  private func playWithDesk(
    _ player: Player, _ session: LiveSession, _ suspension: Suspension, _ notice: String?
  ) throws -> Player.Report {
    try player.play { isOver in
      Screen.enter()
      defer { Screen.leave() }
      suspension.isDrawing = true
      Desk(session, notice: notice).run(until: isOver, suspension)
    }
  }

  private var latencySeconds: Double { latency?.value ?? Player.defaultLatencySeconds }

  /// The length of the device's buffer in seconds: the longest delay from rendering to output.
  private func bufferSeconds(_ device: PCMDevice) -> Double {
    Double(device.configuration.bufferFrames) / Double(device.configuration.sampleRate)
  }

  /// Starts the control server.
  /// - Returns: the server, or nil if none can be started, and a notice for the user.
  private func startServer(_ session: LiveSession) -> (ControlServer?, notice: String?) {
    let environment = Environment.variables
    do {
      let folder = try RuntimeFolder(environment: environment)
      let others = RuntimeFolder.searched(environment: environment).filter { $0 != folder.path }
      let server = try ControlServer(session, in: folder.path, besides: others)
      let numberNotice =
        server.number == 1
        ? nil : "Another player is running; `tingle ctl --player \(server.number)` controls this one."
      let notices = [folder.warning.map { "tingle: \($0)" }, numberNotice].compactMap { $0 }
      return (server, notices.isEmpty ? nil : notices.joined(separator: " "))
    } catch {
      return (nil, "tingle: `tingle ctl` cannot control this player: \(Failure.sentence(for: error))")
    }
  }

  private func announce(_ status: Status, _ device: PCMDevice, _ notice: String?) {
    let configuration = device.configuration
    if !showsDesk {
      let length = Quantity.describe((status.endSeconds - status.seconds).rounded(), .seconds)
      Terminal.say(
        """
        Playing \(DisplayText.fitted(status.title, to: 80)) for \(length) on \(device.name) \
        (seed \(status.seed), \(configuration.sampleRate) Hz, \(configuration.format.rawValue)). \
        Ctrl-C fades out and ends.
        """)
    }
    if let notice { Terminal.say(notice) }
    if status.sleepSeconds != nil, playingTime == nil {
      Terminal.say("The preset has a sleep timer; set another one with --timer, for example --timer 8h.")
    }
  }
}
