import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleMix
import TinglePresets
import TingleSupport

/// A performance that commands change while it plays.
///
/// Commands run one after the other on the session's own queue, not on the audio thread. Each command makes a
/// new scene. The newest scene is prepared and handed to the live renderer as soon as the renderer has taken
/// the one before, so scenes of a burst of commands are skipped. The log records each change with its frame,
/// so that the performance can be rendered again bit for bit.
public final class LiveSession: @unchecked Sendable {
  // Thread safety: mutable members are used on `queue` only; the others are immutable or synchronize
  // themselves.

  /// What a session needs from the program.
  public struct Dependencies: Sendable {
    /// The presets that can be loaded, and where presets are saved.
    public var library: PresetLibrary
    /// Applies the settings of the command line to a preset: output, HRTF, room and the gain of the loudness
    /// target.
    public var prepare: @Sendable (Preset) throws -> Preset

    /// Creates the dependencies.
    public init(library: PresetLibrary, prepare: @escaping @Sendable (Preset) throws -> Preset) {
      self.library = library
      self.prepare = prepare
    }
  }

  /// The renderer that a player takes its frames from.
  public let liveRenderer: LiveRenderer
  let monitor: LoudnessMonitor
  let dependencies: Dependencies
  let queue = DispatchQueue(label: "tingle session", qos: .userInitiated)
  let sampleRate: Double
  private let stopping = Atomic<Bool>(false)

  // All members below are used on the queue only.
  var scene: Scene
  var undoStack: [UndoEntry] = []
  /// The number of presets that have been loaded.
  var loadCount = 0
  /// The frame of the track at frame 0 of the performance.
  var offsetFrames: Int
  /// The number of discontinuities of the position, for clients that follow it.
  var jumpCount = 0
  /// The number of the newest scene.
  private var revision = 0
  /// The scene that was handed to the renderer last.
  private var submitted: (revision: Int, scene: Scene, change: PreparedChange)?
  private var crossfadeSeconds = 0.0
  private var isRetrying = false
  private var log: PerformanceLog
  private var isLogged = true
  private var journal: (@Sendable (Data) -> Void)?
  private var isPolling = false
  /// The time of the track at which a script's line ends and playback pauses; nil without a request.
  var pauseSeconds: Double?
  var pendingMIDILearn: String?
  var hasMIDI = false
  var trouble: String?
  var reportHandler: (@Sendable (String) -> Void)?
  var player: Player?
  var deviceName = ""
  var latencySeconds = 0.0

  /// Creates a session.
  /// - Parameters:
  ///   - preset: the preset without the gain of its loudness target.
  ///   - startSeconds: the time of the track at which playback starts; it fades in unless this is 0.
  ///   - timerSeconds: the time after which the track ends; nil for the preset's own timer.
  ///   - sampleRate: the device's sample rate in hertz.
  /// - Throws: the error of `prepare`.
  public init(
    _ preset: Preset, startSeconds: Double = 0, timerSeconds: Double? = nil, sampleRate: Double,
    _ dependencies: Dependencies
  ) throws {
    self.dependencies = dependencies
    self.sampleRate = sampleRate
    var scene = Scene(levelled: try dependencies.prepare(preset), original: preset)
    if let timerSeconds {
      let fade = preset.mix.master.fadeOutSeconds
      scene.timer = SleepTimer(atSeconds: startSeconds + timerSeconds, fadeSeconds: fade)
    } else {
      scene.timer = scene.presetTimer(startingAt: startSeconds)
    }
    // Within the track, playback starts with silence and a cross-fade.
    scene.pausedAt = startSeconds > 0 ? startSeconds : nil
    self.scene = scene
    offsetFrames = Int((startSeconds * sampleRate).rounded())
    liveRenderer = LiveRenderer(
      PlaybackSegment(scene.mix, offsetFrames: offsetFrames), sampleRate: sampleRate)
    log = PerformanceLog(sampleRate: sampleRate, first: scene, offsetFrames: offsetFrames)
    monitor = LoudnessMonitor(sampleRate: sampleRate)
    if startSeconds > 0 {
      queue.sync {
        self.scene.pausedAt = nil
        play(crossfade: Scene.longCrossfade)
      }
    }
  }

  /// The rings that the player copies every rendered frame to.
  public var monitorRings: [FrameRing] { [monitor.ring] }

  /// Sets the player, of which the status reports the underruns and the load.
  public func attach(_ player: Player, device: String, latencySeconds: Double) {
    queue.sync {
      self.player = player
      deviceName = device
      self.latencySeconds = latencySeconds
    }
  }

  /// Whether `stop` was given.
  public var isStopping: Bool { stopping.load(ordering: .acquiring) }

  /// The complete log of the performance.
  /// - Parameters:
  ///   - length: the number of frames that were played.
  ///   - stoppedAt: the frame at which the fade-out of a stop began; nil if the performance was not stopped.
  public func log(length: Int, stoppedAt: Int?) -> PerformanceLog {
    queue.sync {
      logChangeIfStarted()
      var log = log
      (log.length, log.stoppedAt) = (length, stoppedAt)
      return log
    }
  }

  /// Writes the log to a journal while it grows: the header and the entries so far at once, later entries as
  /// their changes start. The end of the log is written with `log(length:stoppedAt:)`.
  /// - Parameters:
  ///   - hrtf: the absolute path of the user's SOFA file; nil for the built-in HRTF.
  ///   - journal: receives each line on the session's queue.
  public func startLog(hrtf: String?, journal: @Sendable @escaping (Data) -> Void) {
    queue.sync {
      log.hrtf = hrtf
      journal(log.headerLine)
      for entry in log.entries { journal(PerformanceLog.line(entry)) }
      self.journal = journal
      pollForLog()
    }
  }

  /// Performs a command line.
  /// - Returns: the output of the command; empty for most commands.
  /// - Throws: `UserError`; the scene is then unchanged.
  @discardableResult public func perform(_ line: String) throws -> String {
    try perform(LiveCommand(line))
  }

  /// Performs a command.
  @discardableResult public func perform(_ command: LiveCommand) throws -> String {
    try queue.sync { try execute(command) }
  }

  /// Performs an edit.
  public func perform(_ edit: SceneEdit) throws { try queue.sync { try apply(edit) } }

  /// Whether the newest scene plays and its cross-fade is complete.
  package var isSettled: Bool {
    queue.sync { submitted == nil || submitted?.revision == revision && liveRenderer.isReady }
  }

  /// The current status.
  public var status: Status { queue.sync { currentStatus() } }

  /// The current status with the session's counts of jumps and loaded presets.
  var statusAndCounts: (Status, jumpCount: Int, loadCount: Int) {
    queue.sync { (currentStatus(), jumpCount, loadCount) }
  }

  // MARK: On the queue

  /// The time of the track in seconds; constant while paused.
  var position: Double { scene.pausedAt ?? Double(liveRenderer.frame + offsetFrames) / sampleRate }

  private func execute(_ command: LiveCommand) throws -> String {
    switch command {
    case .edit(let edit): try apply(edit)
    case .next: return try loadPreset(inDirection: 1)
    case .previous: return try loadPreset(inDirection: -1)
    case .nextLine: return try goToNextLine()
    case .again: return try repeatLine()
    case .pauseAfterLine: return try pauseAfterLine()
    case .load(let name): return try load(name)
    case .save(let name): return try save(as: name)
    case .undo:
      guard let entry = undoStack.popLast() else { throw UserError(.usage, "there is nothing to undo") }
      restore(entry)
    case .learn(let target):
      try MIDIMap.validate(target)
      guard hasMIDI else {
        throw UserError(.usage, "no MIDI device is connected; start the player with `tingle play --midi all`")
      }
      pendingMIDILearn = target
    case .status(let asJSON): return asJSON ? currentStatus().json : currentStatus().text
    case .help: return LiveCommand.Definition.summary
    case .stop: stopping.store(true, ordering: .releasing)
    }
    return ""
  }

  func apply(_ edit: SceneEdit) throws {
    var next = scene
    let now = position
    let transition = try next.apply(edit, at: now)
    if transition.isUndoable { saveUndoEntry() }
    scene = next
    if let seconds = transition.jumpTo {
      offsetFrames = Int(seconds * sampleRate) - liveRenderer.frame
      moveTimers(by: seconds - now)
      // A resume continues at the same position.
      if abs(seconds - now) > 1e-3 { jumpCount += 1 }
    } else if case .sleep(nil) = edit {
      restartIfOver()
    }
    play(crossfade: transition.crossfadeSeconds)
  }

  /// Hands the scene to the renderer, now or as soon as the cross-fade to the previous one is complete.
  func play(crossfade seconds: Double) {
    revision += 1
    crossfadeSeconds = isRetrying ? max(crossfadeSeconds, seconds) : seconds
    submit()
  }

  private func submit() {
    guard submitted?.revision != revision else { return }
    guard liveRenderer.isReady else {
      guard !isRetrying else { return }
      isRetrying = true
      queue.asyncAfter(deadline: .now() + 0.004) { [weak self] in
        self?.isRetrying = false
        self?.submit()
      }
      return
    }
    logChangeIfStarted()
    let change = SegmentChange(
      at: liveRenderer.frame, to: PlaybackSegment(scene.mix, offsetFrames: offsetFrames),
      crossfadeFrames: max(1, Int(crossfadeSeconds * sampleRate)))
    let prepared = PreparedChange(change, sampleRate: sampleRate)
    // Preparing takes time, in which the renderer moves on; so does the first advance.
    prepared.advance(to: liveRenderer.frame)
    prepared.advance(to: liveRenderer.frame)
    submitted = (revision, scene, prepared)
    isLogged = false
    liveRenderer.schedule(prepared)
    pollForLog()
  }

  /// Checks every 20 ms whether the submitted change has started, while a journal waits for its entry.
  private func pollForLog() {
    guard journal != nil, !isLogged, !isPolling else { return }
    isPolling = true
    queue.asyncAfter(deadline: .now() + 0.02) { [weak self] in
      self?.isPolling = false
      self?.logChangeIfStarted()
      self?.pollForLog()
    }
  }

  /// Logs the submitted change at the frame at which it started, once it has.
  private func logChangeIfStarted() {
    guard !isLogged, let (_, scene, change) = submitted, let frame = change.startedAt else { return }
    log.add(
      scene, at: frame, crossfadeFrames: change.change.crossfadeFrames,
      offsetFrames: change.change.segment.offsetFrames)
    isLogged = true
    if let journal, let entry = log.entries.last { journal(PerformanceLog.line(entry)) }
  }
}
