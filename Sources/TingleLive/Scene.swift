import Foundation
import TingleMix
import TinglePresets

/// An end that was asked for.
struct SleepTimer: Sendable {
  /// The track's time of the end, and how long it fades out before.
  var atSeconds: Double
  var fadeSeconds: Double
  /// Whether it came with the preset; it goes with it then.
  var isPresets = false
}

/// What is to be heard: a preset as it was altered, and what hangs on the moment. A value: undo goes back to an older one.
struct Scene: Sendable {
  var preset: Preset
  /// Added to the preset's own gain, so that the whole is as loud as it asks: found by listening beforehand.
  var foundGainDB: Double
  var muted: Set<String> = []
  var soloed: Set<String> = []
  /// What ends it at another time than its own.
  var timer: SleepTimer?
  /// The track's time at which it pauses, if it does.
  var pausedAt: Double?
  /// The preset's own gain; what differs from it is the listener's.
  private let ownGainDB: Double

  /// A preset whose mix has been brought to its loudness.
  /// - Parameter original: the same preset before that.
  init(levelled preset: Preset, original: Preset) {
    self.preset = preset
    foundGainDB = preset.mix.master.gainDB - original.mix.master.gainDB
    ownGainDB = original.mix.master.gainDB
    self.preset.mix.master.gainDB = ownGainDB
  }

  /// The track's time at which it is over: its own, or the timer's. The listener's is kept, even where the track would be over
  /// before; the preset's only ends it sooner.
  var endSeconds: Double {
    let length = preset.mix.durationSeconds
    guard let timer else { return length }
    return timer.isPresets ? min(length, timer.atSeconds) : min(Self.longestSeconds, timer.atSeconds)
  }

  /// The timer that the preset itself sets where it is begun at a time of the track.
  func presetsTimer(from seconds: Double) -> SleepTimer? {
    guard let after = preset.timerSeconds, seconds + after < preset.mix.durationSeconds else { return nil }
    return SleepTimer(
      atSeconds: seconds + after, fadeSeconds: preset.mix.master.fadeOutSeconds, isPresets: true)
  }

  /// By how much the listener has made the whole louder.
  var turnedUpDB: Double {
    get { preset.mix.master.gainDB - ownGainDB }
    set { preset.mix.master.gainDB = max(-60, min(24, ownGainDB + newValue)) }
  }

  /// The mix that the performer is given; nil when it pauses.
  var mix: Mix? {
    guard pausedAt == nil else { return nil }
    var mix = preset.mix
    mix.isMetered = true
    mix.master.gainDB += foundGainDB
    for k in mix.layers.indices { mix.layers[k].isMuted = isSilent(mix.layers[k]) }
    if let timer, !timer.isPresets || timer.atSeconds < mix.durationSeconds {
      mix.durationSeconds = max(1, endSeconds)
      mix.master.fadeOutSeconds = timer.fadeSeconds
      // Who asks for an end does not ask to be woken for it.
      mix.wakeSeconds = nil
    }
    return mix
  }

  /// Whether a layer is muted, or another one is heard alone; the bed stays under a solo.
  func isSilent(_ layer: LayerSettings) -> Bool {
    muted.contains(layer.name)
      || !soloed.isEmpty && !soloed.contains(layer.name) && layer.role == .trigger
  }

  /// The place of a layer in the mix.
  /// - Throws: `Command.ParseError`.
  func index(of name: String) throws -> Int {
    if let index = preset.mix.layers.firstIndex(where: { $0.name == name }) { return index }
    let names = preset.mix.layers.map(\.name)
    throw Command.ParseError("there is no layer '\(name)'\(Spelling.hint(for: name, among: names))")
  }
}

extension Scene {
  /// How an altered scene comes to be heard.
  struct Change {
    /// The track's time that is heard next, if it is another than would be.
    var jumpTo: Double?
    var crossfadeSeconds = Scene.shortCrossfade
    var isUndoable = true
  }

  /// How long a change takes to be all there; one to other places and to silence; one that is a matter of seconds.
  static let shortCrossfade = 0.03
  static let pauseCrossfade = 0.3
  static let gentleCrossfade = 2.0
  private static let mostLayers = 64
  // As long as a preset's track may be.
  private static let longestSeconds = 604_800.0

  /// Alters it.
  /// - Parameter now: the track's time, which stands still while it pauses.
  /// - Throws: `Command.ParseError`, `UserError`.
  mutating func apply(_ command: Command, at now: Double) throws -> Change {
    switch command {
    case .level(let name, let value, let by):
      let k = try index(of: name)
      let level = by ? preset.mix.layers[k].levelDB + value : value
      preset.mix.layers[k].levelDB = max(-80, min(24, level))
    case .master(let value, let by):
      let gain = by ? preset.mix.master.gainDB + value : value
      preset.mix.master.gainDB = max(-60, min(24, gain))
    case .set(let name, let key, let value):
      try LayerSpec.set(key, to: value, in: &preset.mix.layers[try index(of: name)])
    case .quicken(let name, let factor):
      // What stands still can be set going.
      try changePace(of: name) { max($0, $1.upperBound / 100) * factor }
    case .pace(let name, let share):
      try changePace(of: name) { _, range in
        let slowest = max(range.lowerBound, range.upperBound / 100)
        return slowest * pow(range.upperBound / slowest, share)
      }
    case .turn(let name, let degrees):
      let k = try index(of: name)
      var place = preset.mix.layers[k].place ?? SourcePosition()
      guard place.motion.isStill else {
        throw Command.ParseError("'\(name)' moves by itself; 'place \(name) left' sets it still")
      }
      place.position.azimuthDegrees = (place.position.azimuthDegrees + degrees).remainder(dividingBy: 360)
      preset.mix.layers[k].place = place
    case .mute(let name, let isOn): try turn(\.muted, name, isOn)
    case .solo(let name, let isOn): try turn(\.soloed, name, isOn)
    case .add(let text):
      let layers = preset.mix.layers
      guard layers.count < Self.mostLayers else {
        throw Command.ParseError("there are \(Self.mostLayers) layers; remove one first")
      }
      preset.mix.layers.append(try LayerSpec.parse(text, taken: layers.map(\.name)))
      return Change(crossfadeSeconds: crowdCrossfade)
    case .remove(let name):
      let k = try index(of: name)
      guard preset.mix.layers.count > 1 else {
        throw Command.ParseError("'\(name)' is the only layer; 'stop' ends it all")
      }
      preset.mix.layers.remove(at: k)
      muted.remove(name)
      soloed.remove(name)
      return Change(crossfadeSeconds: crowdCrossfade)
    case .seed(let seed): preset.mix.seed = seed
    case .jump(let seconds): return try jump(to: seconds)
    case .skip(let seconds): return try jump(to: max(0, now + seconds))
    case .sleep(let seconds):
      let fade = max(10, preset.mix.master.fadeOutSeconds)
      timer = seconds.map { SleepTimer(atSeconds: now + $0, fadeSeconds: min(max(2, $0 / 2), fade)) }
      // What fades already comes back slowly.
      return Change(crossfadeSeconds: Self.gentleCrossfade)
    case .pause: return pause(true, at: now)
    case .resume: return pause(false, at: now)
    case .toggle: return pause(pausedAt == nil, at: now)
    default: preconditionFailure("\(command) alters no scene")
    }
    return Change()
  }

  private mutating func changePace(
    of name: String, _ change: (Double, ClosedRange<Double>) -> Double
  ) throws {
    guard preset.mix.layers[try index(of: name)].changePace(change) else {
      throw Command.ParseError("'\(name)' has no pace")
    }
  }

  /// Where layers take turns, one more or less changes whose turn it is.
  private var crowdCrossfade: Double {
    preset.mix.rotation == nil ? Self.shortCrossfade : Self.gentleCrossfade
  }

  private mutating func turn(_ names: WritableKeyPath<Scene, Set<String>>, _ name: String, _ isOn: Bool?)
    throws
  {
    _ = try index(of: name)
    if isOn ?? !self[keyPath: names].contains(name) {
      self[keyPath: names].insert(name)
    } else {
      self[keyPath: names].remove(name)
    }
  }

  private mutating func jump(to seconds: Double) throws -> Change {
    let length = max(preset.mix.durationSeconds, endSeconds)
    guard seconds < length else {
      throw Command.ParseError(
        "the track is \(Quantity.describe(length, .seconds)) long; jump to before that")
    }
    if pausedAt != nil { pausedAt = seconds }
    return Change(jumpTo: seconds, crossfadeSeconds: Self.pauseCrossfade, isUndoable: false)
  }

  /// While it pauses, the performance goes on and the track does not.
  private mutating func pause(_ isPaused: Bool, at now: Double) -> Change {
    let place = pausedAt
    pausedAt = isPaused ? now : nil
    return Change(
      jumpTo: isPaused ? nil : place, crossfadeSeconds: Self.pauseCrossfade, isUndoable: false)
  }
}
