import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleMix
import TinglePresets

/// Something that plays and can be changed while it does: every command, wherever it comes from, arrives here.
///
/// Commands are carried out one after the other on a queue of the session's own, far from the thread that plays. Each makes a
/// new scene; the newest is prepared and handed to the performer as soon as that has taken the one before. So a flood of
/// commands costs no more than a few, and all that is played can be played again from the log.
public final class LiveSession: @unchecked Sendable {
  /// What the session needs from around it.
  public struct Dependencies: Sendable {
    public var library: PresetLibrary
    /// Brings a preset to how it is heard here: output, head, room, loudness.
    public var prepare: @Sendable (Preset) throws -> Preset

    public init(library: PresetLibrary, prepare: @escaping @Sendable (Preset) throws -> Preset) {
      self.library = library
      self.prepare = prepare
    }
  }

  /// What plays it.
  public let liveRenderer: LiveRenderer
  let monitor: LoudnessMonitor
  let surroundings: Dependencies
  let queue = DispatchQueue(label: "tingle session", qos: .userInitiated)
  let sampleRate: Double
  private let stopping = Atomic<Bool>(false)
  // All below belong to the queue.
  var scene: Scene
  var past: [UndoEntry] = []
  // How many presets have been loaded.
  var loads = 0
  var offsetFrames: Int
  // How often the track's time has jumped, for those that follow it.
  var jumps = 0
  private var handed: (revision: Int, scene: Scene, change: PreparedChange)?
  private var isRecorded = true
  var pendingMIDILearn: String?
  var hasKnobs = false
  private var revision = 0
  private var crossfadeSeconds = 0.0
  private var isRetrying = false
  private var log: PerformanceLog
  // Gets the log's lines while it grows.
  private var journal: (@Sendable (Data) -> Void)?
  private var isWatching = false
  var player: Player?
  // The latest report of a fault, and the listener for reports.
  var trouble: String?
  var listener: (@Sendable (String) -> Void)?
  var deviceName = ""
  var latencySeconds = 0.0

  /// - Parameters:
  ///   - preset: not yet brought to its loudness.
  ///   - startSeconds: the time of the track at which it begins; from anywhere but its beginning it comes in by a fade.
  ///   - timerSeconds: ends it after so long, instead of the preset's own timer.
  ///   - sampleRate: the device's.
  /// - Throws: what `prepare` throws.
  public init(
    _ preset: Preset, startSeconds: Double = 0, timerSeconds: Double? = nil, sampleRate: Double,
    _ surroundings: Dependencies
  ) throws {
    self.surroundings = surroundings
    self.sampleRate = sampleRate
    var scene = Scene(levelled: try surroundings.prepare(preset), original: preset)
    if let timerSeconds {
      let fade = preset.mix.master.fadeOutSeconds
      scene.timer = SleepTimer(atSeconds: startSeconds + timerSeconds, fadeSeconds: fade)
    } else {
      scene.timer = scene.presetsTimer(from: startSeconds)
    }
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
        play(crossfade: Scene.gentleCrossfade)
      }
    }
  }

  /// A ring that is to be offered what is played.
  public var listeners: [FrameRing] { [monitor.ring] }

  /// Tells who plays it, for its figures.
  public func attach(_ player: Player, device: String, latencySeconds: Double) {
    queue.sync {
      self.player = player
      deviceName = device
      self.latencySeconds = latencySeconds
    }
  }

  /// True once it has been asked to stop.
  public var isStopping: Bool { stopping.load(ordering: .acquiring) }

  /// What has been played, with all its changes.
  /// - Parameters:
  ///   - length: how many frames were played.
  ///   - stoppedAt: the frame from which they were faded out, if they were.
  public func log(length: Int, stoppedAt: Int?) -> PerformanceLog {
    queue.sync {
      record()
      var log = log
      (log.length, log.stoppedAt) = (length, stoppedAt)
      return log
    }
  }

  /// Hands over the log's lines as it grows: its header and what was heard so far at once, then each change when it is
  /// heard. What it ends with is for `log(length:stoppedAt:)`.
  /// - Parameters:
  ///   - hrtf: an absolute path to a SOFA file, if the listener gave one.
  ///   - journal: called on the session's queue.
  public func keepLog(hrtf: String?, in journal: @Sendable @escaping (Data) -> Void) {
    queue.sync {
      log.hrtf = hrtf
      journal(log.headerLine)
      for entry in log.entries { journal(PerformanceLog.line(entry)) }
      self.journal = journal
      watch()
    }
  }

  /// Carries a line out.
  /// - Returns: what it answers, often nothing.
  /// - Throws: `Command.ParseError`, `UserError`; nothing has then changed.
  @discardableResult public func perform(_ line: String) throws -> String { try perform(Command(line)) }

  /// Carries a command out.
  @discardableResult public func perform(_ command: Command) throws -> String {
    try queue.sync { try carryOut(command) }
  }

  /// Whether all that was asked for is heard.
  package var isSettled: Bool {
    queue.sync { handed == nil || handed?.revision == revision && liveRenderer.isReady }
  }

  /// What is playing.
  public var status: Status { queue.sync { currentStatus() } }

  /// What is playing, how often its time has jumped, and how many presets were loaded before it.
  var statusAndCounts: (Status, jumps: Int, loads: Int) { queue.sync { (currentStatus(), jumps, loads) } }

  // MARK: On the queue

  /// The track's time, which stands still while it pauses.
  var position: Double { scene.pausedAt ?? Double(liveRenderer.frame + offsetFrames) / sampleRate }

  private func carryOut(_ command: Command) throws -> String {
    switch command {
    case .next: return try step(1)
    case .previous: return try step(-1)
    case .load(let name): return try load(name)
    case .save(let name):
      return try save(as: name)
    case .undo:
      guard let last = past.popLast() else { throw Command.ParseError("there is nothing to undo") }
      goBack(to: last)
    case .learn(let target):
      try MIDIMap.check(target)
      guard hasKnobs else {
        throw Command.ParseError("no knob is listened to; begin with `tingle play --midi all`")
      }
      pendingMIDILearn = target
    case .status(let asJSON): return asJSON ? currentStatus().json : currentStatus().text
    case .help: return Command.summary
    case .stop: stopping.store(true, ordering: .releasing)
    default:
      var next = scene
      let now = position
      let change = try next.apply(command, at: now)
      if change.isUndoable { remember() }
      scene = next
      if let seconds = change.jumpTo {
        offsetFrames = Int(seconds * sampleRate) - liveRenderer.frame
        moveTimers(by: seconds - now)
        // Pausing and resuming do not move the position.
        if abs(seconds - now) > 1e-3 { jumps += 1 }
      } else if case .sleep(nil) = command {
        beginAgainIfOver()
      }
      play(crossfade: change.crossfadeSeconds)
    }
    return ""
  }

  /// Lets the scene be heard, now or as soon as the last one is all there.
  func play(crossfade seconds: Double) {
    revision += 1
    crossfadeSeconds = isRetrying ? max(crossfadeSeconds, seconds) : seconds
    attempt()
  }

  private func attempt() {
    guard handed?.revision != revision else { return }
    guard liveRenderer.isReady else {
      guard !isRetrying else { return }
      isRetrying = true
      queue.asyncAfter(deadline: .now() + 0.004) { [weak self] in
        self?.isRetrying = false
        self?.attempt()
      }
      return
    }
    record()
    let change = SegmentChange(
      at: liveRenderer.frame, to: PlaybackSegment(scene.mix, offsetFrames: offsetFrames),
      crossfadeFrames: max(1, Int(crossfadeSeconds * sampleRate)))
    let prepared = PreparedChange(change, sampleRate: sampleRate)
    // Making it ready took a while, longer on a busy machine.
    prepared.advance(to: liveRenderer.frame)
    prepared.advance(to: liveRenderer.frame)
    handed = (revision, scene, prepared)
    isRecorded = false
    liveRenderer.schedule(prepared)
    watch()
  }

  /// Looks now and then whether the last change has begun, as long as somebody waits for its line.
  private func watch() {
    guard journal != nil, !isRecorded, !isWatching else { return }
    isWatching = true
    queue.asyncAfter(deadline: .now() + 0.02) { [weak self] in
      self?.isWatching = false
      self?.record()
      self?.watch()
    }
  }

  /// Notes the last change, at the frame at which it really began.
  private func record() {
    guard !isRecorded, let (_, scene, change) = handed, let frame = change.startedAt else { return }
    log.add(
      scene, at: frame, crossfadeFrames: change.change.crossfadeFrames,
      offsetFrames: change.change.segment.offsetFrames)
    isRecorded = true
    if let journal, let entry = log.entries.last { journal(PerformanceLog.line(entry)) }
  }
}
