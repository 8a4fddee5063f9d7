import ArgumentParser
import Foundation
import TingleDevices
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

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
    completion: Choices.devices)
  var device = "default"

  @Option(
    name: [.customLong("timer"), .customLong("for")],
    help: ArgumentHelp("Stop after this time, with the track's fade-out.", valueName: "time"),
    transform: ArgumentReading.seconds("--timer"))
  var playingTime: Seconds?

  @Option(
    help: ArgumentHelp("Begin at this time of the track.", valueName: "time"),
    transform: ArgumentReading.seconds("--start"))
  var start: Seconds?

  @Option(
    help: "The sample rate that is wanted, in hertz; the device may settle for another. (default: 48000)",
    completion: Choices.rates, transform: ArgumentReading.sampleRate("--rate"))
  var rate = 48000

  @Option(
    help: ArgumentHelp(
      "The length of the device's buffer: 10ms to 5s. (default: 60ms, or 150ms without a fixed priority)",
      valueName: "time"), transform: ArgumentReading.seconds("--latency"))
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
      valueName: "device"), completion: Choices.midiDevices)
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
    if let start, let playingTime, start.value + playingTime.value > 604_800 {
      throw ValidationError("--start and --timer together go to 7 days (168h).")
    }
    guard 8000...192_000 ~= rate else { throw ValidationError("--rate goes from 8000 to 192000.") }
  }

  func run() throws {
    let interruption = Interruption()
    let preset = try interruption.endingAtOnce { try mix.resolved() }
    let from = start?.value ?? 0
    guard from < preset.mix.durationSeconds || playingTime != nil else {
      throw ValidationError(
        "--start \(Quantity.describe(from, .seconds)) is after the end of the track; lengthen it with --duration."
      )
    }
    let opened = Result { try open { interruption.isRequested } }
    try interruption.check()
    let device = try opened.get()
    let sampleRate = device.configuration.sampleRate
    // What can be refused is refused before anything is said to play.
    let unfinished = try record.flatMap { try UnfinishedRecording.setAside($0, overwrite: force) }
    if let unfinished { Terminal.say("tingle: \(unfinished.sentence)") }
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
    let knobs = try midi.map {
      try MIDIControl(
        session, named: $0 == "all" ? "" : $0, environment: Environment.variables)
    }
    let recorder = recording.map { $0.begin(session) }
    let player = Player(
      session.liveRenderer, on: device, seed: preset.mix.seed, listeners: session.listeners,
      recording: recorder?.ring,
      reopen: { try open { interruption.isRequested || session.isStopping } },
      shouldStop: { interruption.isRequested || session.isStopping })
    session.attach(player, device: device.name, latencySeconds: agreedLatency(device))
    let (server, notice) = listen(session)
    let keys = MediaKeys(session)
    defer {
      knobs?.stop()
      server?.stop()
      keys?.stop()
    }
    let suspension = Suspension(session)
    if !quiet { announce(session.status, device, notice) }
    let outcome = Result {
      try showsDesk ? atTheDesk(player, session, suspension, notice) : player.play()
    }
    // What was heard is kept, also when the device did not come back.
    let kept = Result {
      if let recording, let recorder {
        try recording.end(recorder, session, try? outcome.get(), quiet: quiet)
      }
    }
    let report = try outcome.get()
    if !quiet { report.tell(sampleRate: sampleRate) }
    try kept.get()
    try interruption.check()
  }

  private func open(isCancelled: () -> Bool) throws -> PCMDevice {
    try PCMDevice(
      name: device, sampleRate: rate, latencySeconds: latencySeconds, isCancelled: isCancelled)
  }

  private var showsDesk: Bool { !quiet && !noDesk && Screen.isPossible }

  /// The desk has the main thread while the player has its own.
  private func atTheDesk(
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

  /// How long after it is rendered a frame is heard, at most.
  private func agreedLatency(_ device: PCMDevice) -> Double {
    Double(device.configuration.bufferFrames) / Double(device.configuration.sampleRate)
  }

  /// Lets the player be controlled from outside.
  /// - Returns: what listens, and what a listener is to know of it.
  private func listen(_ session: LiveSession) -> (ControlServer?, notice: String?) {
    let environment = Environment.variables
    do {
      let folder = try RuntimeFolder(environment: environment)
      let others = RuntimeFolder.searched(environment: environment).filter { $0 != folder.path }
      let server = try ControlServer(session, in: folder.path, besides: others)
      let second =
        server.number == 1
        ? nil : "Another player is running; `tingle ctl --player \(server.number)` controls this one."
      let notices = [folder.complaint.map { "tingle: \($0)" }, second].compactMap { $0 }
      return (server, notices.isEmpty ? nil : notices.joined(separator: " "))
    } catch {
      return (nil, "tingle: `tingle ctl` does not find this player: \(Failure.sentence(for: error))")
    }
  }

  private func announce(_ status: Status, _ device: PCMDevice, _ notice: String?) {
    let agreed = device.configuration
    if !showsDesk {
      let length = Quantity.describe((status.endSeconds - status.seconds).rounded(), .seconds)
      Terminal.say(
        """
        Playing \(DisplayText.fitted(status.title, to: 80)) for \(length) on \(device.name) (seed \(status.seed), \(agreed.sampleRate) Hz, \
        \(agreed.format.rawValue)). Ctrl-C fades out.
        """)
    }
    if let notice { Terminal.say(notice) }
    if status.sleepSeconds != nil, playingTime == nil {
      Terminal.say("A timer is set; --timer 8h plays for as long as that.")
    }
  }
}
