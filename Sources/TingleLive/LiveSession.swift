import Foundation
import Synchronization
import TingleAudio
import TingleDSP
import TingleMix
import TinglePresets

/// Something that plays and can be changed while it does: every command, wherever it comes from, arrives here.
///
/// Commands are carried out one after the other on a queue of the session's own, far from the thread that plays. Each makes a
/// new scene; the newest is prepared and handed to the performer as soon as that has taken the one before. So a flood of
/// commands costs no more than a few, and all that is played can be played again from the log.
public final class LiveSession: @unchecked Sendable {
  /// What the session needs from around it.
  public struct Surroundings: Sendable {
    public var library: PresetLibrary
    /// Brings a preset to how it is heard here: output, head, room, loudness.
    public var prepare: @Sendable (Preset) throws -> Preset

    public init(library: PresetLibrary, prepare: @escaping @Sendable (Preset) throws -> Preset) {
      self.library = library
      self.prepare = prepare
    }
  }

  /// What plays it.
  public let performer: Performer
  let monitor: Monitor
  private let surroundings: Surroundings
  private let queue = DispatchQueue(label: "tingle session", qos: .userInitiated)
  private let sampleRate: Double
  private let stopping = Atomic<Bool>(false)
  // All below belong to the queue.
  private var scene: Scene
  private var past: [Scene] = []
  private var offsetFrames: Int
  private var handed: (revision: Int, scene: Scene, change: PreparedChange)?
  private var isRecorded = true
  private var lesson: String?
  private var revision = 0
  private var crossfadeSeconds = 0.0
  private var isRetrying = false
  private var log: PerformanceLog
  private var player: Player?
  private var deviceName = ""
  private var latencySeconds = 0.0

  /// How long a change takes to be all there; one that is a matter of seconds; and one to another preset.
  private static let shortCrossfade = 0.03
  private static let gentleCrossfade = 2.0
  private static let pauseCrossfade = 0.3
  private static let mostUndone = 100

  /// - Parameters:
  ///   - preset: not yet brought to its loudness.
  ///   - startSeconds: the time of the track at which it begins.
  ///   - sampleRate: the device's.
  /// - Throws: what `prepare` throws.
  public init(
    _ preset: Preset, startSeconds: Double = 0, sampleRate: Double, _ surroundings: Surroundings
  ) throws {
    self.surroundings = surroundings
    self.sampleRate = sampleRate
    scene = Scene(levelled: try surroundings.prepare(preset), original: preset)
    offsetFrames = Int((startSeconds * sampleRate).rounded())
    let take = Take(scene.mix, offsetFrames: offsetFrames)
    performer = Performer(take, sampleRate: sampleRate)
    log = PerformanceLog(sampleRate: sampleRate, first: scene, offsetFrames: offsetFrames)
    monitor = Monitor(sampleRate: sampleRate)
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

  /// Carries a line out.
  /// - Returns: what it answers, often nothing.
  /// - Throws: `Command.Misread`, `PresetError`; nothing has then changed.
  @discardableResult public func perform(_ line: String) throws -> String { try perform(Command(line)) }

  /// Carries a command out.
  @discardableResult public func perform(_ command: Command) throws -> String {
    try queue.sync { try carryOut(command) }
  }

  /// What the next knob or pad is to do, once.
  func takeLesson() -> String? {
    queue.sync {
      defer { lesson = nil }
      return lesson
    }
  }

  /// Whether all that was asked for is heard.
  package var isSettled: Bool {
    queue.sync { handed == nil || handed?.revision == revision && performer.isReady }
  }

  /// What is playing.
  public var status: Status { queue.sync { currentStatus() } }

  // MARK: On the queue

  private var position: Double { Double(performer.frame + offsetFrames) / sampleRate }

  private func carryOut(_ command: Command) throws -> String {
    var next = scene
    var jumpTo: Double?
    var crossfade = Self.shortCrossfade
    switch command {
    case .level(let name, let value, let by):
      let k = try next.index(of: name)
      let level = by ? next.preset.mix.layers[k].levelDB + value : value
      next.preset.mix.layers[k].levelDB = max(-80, min(24, level))
    case .master(let value, let by):
      let gain = by ? next.preset.mix.master.gainDB + value : value
      next.preset.mix.master.gainDB = max(-60, min(24, gain))
    case .set(let name, let key, let value):
      try LayerSpec.set(key, to: value, in: &next.preset.mix.layers[try next.index(of: name)])
    case .mute(let name, let isOn): try Self.turn(&next.muted, next, name, isOn)
    case .solo(let name, let isOn): try Self.turn(&next.soloed, next, name, isOn)
    case .add(let text):
      let layers = next.preset.mix.layers
      guard layers.count < 64 else { throw Command.Misread("there are 64 layers; remove one first") }
      next.preset.mix.layers.append(try LayerSpec.parse(text, taken: layers.map(\.name)))
    case .remove(let name):
      let k = try next.index(of: name)
      guard next.preset.mix.layers.count > 1 else {
        throw Command.Misread("'\(name)' is the only layer; 'stop' ends it all")
      }
      next.preset.mix.layers.remove(at: k)
    case .seed(let seed): next.preset.mix.seed = seed
    case .jump(let seconds): jumpTo = seconds
    case .skip(let seconds): jumpTo = max(0, position + seconds)
    case .sleep(let seconds):
      next.timer = seconds.map {
        (position + $0, min(max(2, $0 / 2), max(10, next.preset.mix.master.fadeOutSeconds)))
      }
      // Called off while it fades, it comes back slowly.
      crossfade = seconds == nil ? Self.gentleCrossfade : crossfade
    case .pause: next.isPaused = true
    case .resume: next.isPaused = false
    case .toggle: next.isPaused.toggle()
    case .next: return try load(neighbour(1))
    case .previous: return try load(neighbour(-1))
    case .load(let name): return try load(name)
    case .save(let name): return try save(name)
    case .undo:
      guard var last = past.popLast() else { throw Command.Misread("there is nothing to undo") }
      last.isPaused = scene.isPaused
      scene = last
      play(crossfade: Self.shortCrossfade)
      return ""
    case .learn(let target):
      try MIDIMap.check(target)
      lesson = target
      return ""
    case .status(let asJSON): return asJSON ? currentStatus().json : currentStatus().text
    case .help: return Command.summary
    case .stop:
      stopping.store(true, ordering: .releasing)
      return ""
    }
    if let jumpTo {
      guard jumpTo < next.preset.mix.durationSeconds else {
        throw Command.Misread(
          "the track is \(Quantity.describe(next.preset.mix.durationSeconds, .seconds)) long; jump to before that"
        )
      }
      crossfade = Self.pauseCrossfade
    }
    if next.isPaused != scene.isPaused {
      crossfade = Self.pauseCrossfade
      // While it pauses, the performance goes on and the track does not.
      if next.isPaused { pausedAt = position } else { jumpTo = jumpTo ?? pausedAt }
    } else if jumpTo == nil, !next.isPaused {
      remember()
    }
    scene = next
    if let jumpTo {
      offsetFrames = Int(jumpTo * sampleRate) - performer.frame
      pausedAt = jumpTo
    }
    play(crossfade: crossfade)
    return ""
  }

  private var pausedAt = 0.0

  private func remember() {
    past.append(scene)
    if past.count > Self.mostUndone { past.removeFirst() }
  }

  private static func turn(_ names: inout Set<String>, _ scene: Scene, _ name: String, _ isOn: Bool?) throws {
    _ = try scene.index(of: name)
    if isOn ?? !names.contains(name) { names.insert(name) } else { names.remove(name) }
  }

  private func neighbour(_ step: Int) throws -> String {
    let names = surroundings.library.entries().map(\.name)
    guard !names.isEmpty else { throw Command.Misread("there are no presets on the shelf") }
    let here = names.firstIndex(of: scene.preset.name)
    let place = here.map { ($0 + step + names.count) % names.count } ?? (step > 0 ? 0 : names.count - 1)
    return names[place]
  }

  private func load(_ name: String) throws -> String {
    let original = try surroundings.library.preset(name)
    let levelled = try surroundings.prepare(original)
    remember()
    let timer = scene.timer.map { ($0.atSeconds - position, $0.fadeSeconds) }
    scene = Scene(levelled: levelled, original: original)
    offsetFrames = -performer.frame
    // It comes in by the cross-fade; the timer that was set still counts.
    scene.timer = timer.map { (max(1, $0.0), $0.1) }
    play(crossfade: Self.gentleCrossfade)
    return scene.preset.title
  }

  private func save(_ name: String) throws -> String {
    let folder = surroundings.library.ownFolder
    let path = "\(folder)/\(name).yaml"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Command.Misread("'\(path)' exists; take another name")
    }
    var preset = scene.preset
    preset.mix.layers.removeAll { scene.isSilent($0) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(PresetWriter.text(preset).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw PresetError(.cannotCreate, "cannot write '\(path)': \(error.localizedDescription)")
    }
    return path
  }

  /// Lets the scene be heard, now or as soon as the last one is all there.
  private func play(crossfade seconds: Double) {
    revision += 1
    crossfadeSeconds = isRetrying ? max(crossfadeSeconds, seconds) : seconds
    attempt()
  }

  private func attempt() {
    guard handed?.revision != revision else { return }
    guard performer.isReady else {
      guard !isRetrying else { return }
      isRetrying = true
      queue.asyncAfter(deadline: .now() + 0.004) { [weak self] in
        self?.isRetrying = false
        self?.attempt()
      }
      return
    }
    record()
    let change = Change(
      at: performer.frame, to: Take(scene.mix, offsetFrames: offsetFrames),
      crossfadeFrames: max(1, Int(crossfadeSeconds * sampleRate)))
    let prepared = PreparedChange(change, sampleRate: sampleRate)
    handed = (revision, scene, prepared)
    isRecorded = false
    performer.hand(over: prepared)
  }

  /// Notes the last change, at the frame at which it really began.
  private func record() {
    guard !isRecorded, let (_, scene, change) = handed, let frame = change.beganAt else { return }
    log.add(
      scene, at: frame, crossfadeFrames: change.change.crossfadeFrames,
      offsetFrames: change.change.take.offsetFrames)
    isRecorded = true
  }

  private func currentStatus() -> Status {
    performer.collect()
    let renderer = performer.current.renderer
    let mix = scene.preset.mix
    let end = min(mix.durationSeconds, scene.timer?.atSeconds ?? .infinity)
    let now = scene.isPaused ? pausedAt : position
    func shown(_ value: Double) -> Double? { value.isFinite ? (10 * value).rounded() / 10 : nil }
    let sounding = performer.current.change.take.mix?.layers.map(\.name)
    return Status(
      preset: scene.preset.name, title: scene.preset.title, seed: mix.seed, isPaused: scene.isPaused,
      masterDB: mix.master.gainDB,
      seconds: now, endSeconds: end, sleepSeconds: scene.timer.map { $0.atSeconds - now },
      layers: mix.layers.map { layer in
        let power = sounding?.firstIndex(of: layer.name).flatMap { renderer?.power(ofLayer: $0) } ?? 0
        return Status.Layer(
          name: layer.name, trigger: type(of: layer.trigger).name, levelDB: layer.levelDB,
          isMuted: scene.muted.contains(layer.name), isSolo: scene.soloed.contains(layer.name),
          meterDB: power > 1e-9
            ? shown(10 * log10(Double(power)) + mix.master.gainDB + scene.foundGainDB) : nil,
          place: layer.placeText, pace: layer.paceText)
      },
      momentaryLUFS: shown(monitor.momentaryLUFS), truePeakDB: shown(monitor.truePeakDB),
      underruns: player?.underruns ?? 0, worstLoad: player?.worstLoad ?? 0, sampleRate: sampleRate,
      latencySeconds: latencySeconds, device: deviceName)
  }
}
