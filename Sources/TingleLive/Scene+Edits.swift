import Foundation
import TingleMix
import TinglePresets
import TingleSupport

extension Scene {
  /// How playback moves from one scene to the next.
  struct Transition {
    /// The time of the track at which the next scene starts; nil continues at the current position.
    var jumpTo: Double?
    var crossfadeSeconds = Scene.shortCrossfade
    var isUndoable = true
  }

  /// Cross-fade lengths in seconds: of a change of the sound; of a pause or jump; of another preset or timer.
  static let shortCrossfade = 0.03
  static let jumpCrossfade = 0.3
  static let longCrossfade = 2.0
  private static let maximumLayers = 64
  /// The longest track that a preset can have: 7 days, in seconds.
  static let maximumSeconds = 604_800.0

  /// Applies an edit. If it changes the timetable of the script, playback stays at its line.
  /// - Parameter now: the current time of the track, in seconds.
  /// - Throws: `UserError` if the edit does not fit the scene, which is then unchanged or must be discarded.
  mutating func apply(_ edit: SceneEdit, at now: Double) throws -> Transition {
    let before = preset.script?.timetable
    var transition = try applied(edit, at: now)
    guard let before, edit.canChangeTimetable else { return transition }
    try preset.directScript()
    guard transition.jumpTo == nil, let after = preset.script?.timetable, after != before else {
      return transition
    }
    let moved = after.time(of: now, in: before)
    if moved != now {
      if pausedAt != nil { pausedAt = moved }
      (transition.jumpTo, transition.crossfadeSeconds) = (moved, Self.jumpCrossfade)
    }
    return transition
  }

  private mutating func applied(_ edit: SceneEdit, at now: Double) throws -> Transition {
    switch edit {
    case .level(let name, let level):
      let k = try index(of: name)
      let levelDB = Self.value(of: level, from: preset.mix.layers[k].levelDB)
      preset.mix.layers[k].levelDB = max(-80, min(24, levelDB))
    case .master(let level):
      let gainDB = Self.value(of: level, from: preset.mix.master.gainDB)
      preset.mix.master.gainDB = max(-60, min(24, gainDB))
    case .set(let name, let key, let value):
      let isDirected = preset.mix.layers[try index(of: name)].isDirected
      guard !isDirected || !["text", "phonemes"].contains(key) else {
        throw UserError(.usage, "'\(name)' whispers the script of the preset; it has no text of its own")
      }
      try LayerSpec.set(key, to: value, in: &preset.mix.layers[try index(of: name)])
    case .scalePace(let name, let factor):
      // A pace of 0 is treated as 1 % of the maximum, so that a factor can raise it.
      try changePace(of: name) { max($0, $1.upperBound / 100) * factor }
    case .pace(let name, let share):
      try changePace(of: name) { _, range in
        let slowest = max(range.lowerBound, range.upperBound / 100)
        return slowest * pow(range.upperBound / slowest, share)
      }
    case .rotate(let name, let degrees): try rotate(name, by: degrees)
    case .mute(let name, let isOn): try toggle(name, in: \.muted, isOn)
    case .solo(let name, let isOn): try toggle(name, in: \.soloed, isOn)
    case .add(let text):
      let layers = preset.mix.layers
      guard layers.count < Self.maximumLayers else {
        throw UserError(.usage, "a mix has at most \(Self.maximumLayers) layers; remove one first")
      }
      preset.mix.layers.append(try LayerSpec.parse(text, taken: layers.map(\.name)))
      return Transition(crossfadeSeconds: layerCrossfade)
    case .remove(let name):
      try remove(name)
      return Transition(crossfadeSeconds: layerCrossfade)
    case .seed(let seed): preset.mix.seed = seed
    case .jump(let seconds): return try jump(to: seconds)
    case .skip(let seconds): return try jump(to: max(0, now + seconds))
    case .sleep(let seconds):
      let fade = max(10, preset.mix.master.fadeOutSeconds)
      timer = seconds.map { SleepTimer(atSeconds: now + $0, fadeSeconds: min(max(2, $0 / 2), fade)) }
      // If a fade-out has begun, the level returns slowly.
      return Transition(crossfadeSeconds: Self.longCrossfade)
    case .pause: return pause(true, at: now)
    case .resume: return pause(false, at: now)
    case .toggle: return pause(pausedAt == nil, at: now)
    }
    return Transition()
  }

  private static func value(of level: SceneEdit.Level, from current: Double) -> Double {
    switch level {
    case .absolute(let value): value
    case .relative(let offset): current + offset
    }
  }

  private mutating func changePace(
    of name: String, _ change: (Double, ClosedRange<Double>) -> Double
  ) throws {
    guard preset.mix.layers[try index(of: name)].changePace(change) else {
      throw UserError(.usage, "'\(name)' has no pace")
    }
  }

  private mutating func rotate(_ name: String, by degrees: Double) throws {
    let k = try index(of: name)
    var place = preset.mix.layers[k].settledPlace ?? SourcePosition()
    guard place.motion.isStill else {
      throw UserError(.usage, "'\(name)' is in motion; 'place \(name) left' gives it a fixed place")
    }
    place.position.azimuthDegrees = (place.position.azimuthDegrees + degrees).remainder(dividingBy: 360)
    preset.mix.layers[k].place = place
  }

  private mutating func remove(_ name: String) throws {
    let k = try index(of: name)
    guard !preset.mix.layers[k].isDirected else {
      throw UserError(.usage, "'\(name)' belongs to the script; 'mute \(name)' silences it")
    }
    guard preset.mix.layers.count > 1 else {
      throw UserError(.usage, "'\(name)' is the only layer; 'stop' ends playback")
    }
    preset.mix.layers.remove(at: k)
    muted.remove(name)
    soloed.remove(name)
  }

  /// The cross-fade for one layer more or less. With a layer rotation that changes which layers sound, so it
  /// is long.
  private var layerCrossfade: Double {
    preset.mix.rotation == nil && preset.mix.schedule == nil ? Self.shortCrossfade : Self.longCrossfade
  }

  private mutating func toggle(
    _ name: String, in names: WritableKeyPath<Scene, Set<String>>, _ isOn: Bool?
  ) throws {
    _ = try index(of: name)
    if isOn ?? !self[keyPath: names].contains(name) {
      self[keyPath: names].insert(name)
    } else {
      self[keyPath: names].remove(name)
    }
  }

  private mutating func jump(to seconds: Double) throws -> Transition {
    let length = max(preset.mix.durationSeconds, endSeconds)
    guard seconds < length else {
      throw UserError(
        .usage, "the track is \(Quantity.describe(length, .seconds)) long; give a time before its end")
    }
    if pausedAt != nil { pausedAt = seconds }
    return Transition(jumpTo: seconds, crossfadeSeconds: Self.jumpCrossfade, isUndoable: false)
  }

  /// While the track is paused, the player renders silence and the position stays.
  private mutating func pause(_ isPaused: Bool, at now: Double) -> Transition {
    let position = pausedAt
    pausedAt = isPaused ? now : nil
    return Transition(
      jumpTo: isPaused ? nil : position, crossfadeSeconds: Self.jumpCrossfade, isUndoable: false)
  }
}
