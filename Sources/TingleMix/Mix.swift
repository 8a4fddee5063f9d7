import TingleDSP

/// The description of a mix: layers, seed, duration, room and master. A value type; `MixRenderer` renders it.
public struct Mix: Sendable {
  /// The layers in the order in which they are summed; names are unique.
  public var layers: [LayerSettings]
  /// The seed of all random draws.
  public var seed: UInt64
  /// The duration of the track in seconds. Affects only the fade-out, the wake-up and the end of the track.
  public var durationSeconds: Double
  /// The master section.
  public var master: Master
  /// The change of the mix over the whole track.
  public var arc = Arc.steady
  /// The rotation of the trigger layers; nil if all layers play all the time.
  public var rotation: LayerRotation?
  /// Which layers sound from which time on; nil if all layers play all the time. A schedule takes the place
  /// of a rotation.
  public var schedule: LayerSchedule?
  /// The length of the wake-up at the end of the track, in seconds: triggers fade back in, the bed rises. Nil
  /// for none.
  public var wakeSeconds: Double?
  /// The output device that the mix is rendered for.
  public var output = OutputDevice.headphones
  /// The listener's head-related impulse responses; nil for a spherical head model.
  public var head: HRIRSet?
  /// Whether the renderer measures the level of each layer.
  public var isMetered = false
  /// Whether both channels carry the mono downmix: for a single loudspeaker, or a file with one channel.
  public var isMono = false
  /// The room around the listener; nil for none.
  public var room: RoomSize?

  /// A mix with default headphones output, without arc, rotation or room.
  public init(
    layers: [LayerSettings], seed: UInt64 = 1, durationSeconds: Double = 600, master: Master = Master()
  ) {
    self.layers = layers
    self.seed = seed
    self.durationSeconds = durationSeconds
    self.master = master
  }

  /// The turns of the layers in the schedule or the rotation, by layer name.
  var turns: [String: [LayerRotation.Turn]] {
    if let schedule { return schedule.turns(durationSeconds: durationSeconds) }
    guard let rotation else { return [:] }
    let names = layers.filter { $0.role == .trigger && $0.timetable == nil }.map(\.name)
    let turns = rotation.turns(
      of: names.count, durationSeconds: durationSeconds, draws: Draws(seed: seed).branch("program"))
    return Dictionary(uniqueKeysWithValues: zip(names, turns))
  }

  /// The duration of the track in frames.
  public func durationFrames(sampleRate: Double) -> Int { Int((durationSeconds * sampleRate).rounded()) }
}
