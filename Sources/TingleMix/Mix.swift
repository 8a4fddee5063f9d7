import TingleDSP

/// What a preset describes: layers, a seed, a length, and the last stage. A value; `MixRenderer` makes it sound.
public struct Mix: Sendable {
  /// In the order in which they are summed; names are unique.
  public var layers: [LayerSettings]
  /// Where all chance comes from.
  public var seed: UInt64
  /// The length of the track in seconds; only the fade-out depends on it.
  public var durationSeconds: Double
  /// The last stage.
  public var master: Master
  /// How it changes from beginning to end.
  public var arc = Arc.steady
  /// Who sounds when, or nil for everybody all the time; the bed is always there.
  public var program: LayerRotation?
  /// How long before its end the track wakes its listener, slowly: triggers come back, the bed rises. Nil for not at all.
  public var wakeSeconds: Double?
  /// What it is heard through.
  public var output = OutputDevice.headphones
  /// Whose head it goes round; a sphere's where nobody's is known.
  public var head: HRIRSet?
  /// Whether the levels of its layers are wanted while it sounds.
  public var isMetered = false
  /// Whether both channels are to be the mean of both: for one loudspeaker, or a file with one channel.
  public var isMono = false
  /// The room round the listener, or nil for none.
  public var room: RoomSize?

  /// A mix.
  public init(
    layers: [LayerSettings], seed: UInt64 = 1, durationSeconds: Double = 600, master: Master = Master()
  ) {
    self.layers = layers
    self.seed = seed
    self.durationSeconds = durationSeconds
    self.master = master
  }

  /// The turns of those layers that take turns, by name.
  var turns: [String: [LayerRotation.Turn]] {
    guard let program else { return [:] }
    let names = layers.filter { $0.role == .trigger }.map(\.name)
    let turns = program.turns(
      of: names.count, durationSeconds: durationSeconds, draws: Draws(seed: seed).branch("program"))
    return Dictionary(uniqueKeysWithValues: zip(names, turns))
  }

  /// The track's length in frames.
  public func durationFrames(sampleRate: Double) -> Int { Int((durationSeconds * sampleRate).rounded()) }
}

/// A trigger in a mix: how loud, and where.
public struct LayerSettings: Sendable {
  /// What the layer is called; its draws hang on it, so that adding a layer leaves the others as they were.
  public var name: String
  /// What sounds, with its parameters.
  public var trigger: any Trigger
  /// Bed or trigger.
  public var role: LayerRole
  /// In decibels; every trigger is about equally loud at 0.
  public var levelDB = 0.0
  /// Where it is, or nil for straight ahead, or all round, as the trigger is.
  public var place: SourcePosition?
  /// Whether it is silent for now.
  public var isMuted = false
  /// Another seed than the mix's, or 0 for the mix's own.
  public var seed: UInt64 = 0

  /// A layer where its trigger belongs, at 0 dB.
  public init(
    name: String, trigger: any Trigger, role: LayerRole = .trigger, levelDB: Double = 0,
    place: SourcePosition? = nil
  ) {
    self.name = name
    self.trigger = trigger
    self.role = role
    self.levelDB = levelDB
    self.place = place
  }
}

/// The last stage: gain, fades, and the ceiling that nothing passes.
public struct Master: Sendable, Equatable {
  /// The integrated loudness that the whole is to have (EBU R 128), or nil for that of its layers. Found before it sounds, and
  /// made with `gainDB`; a renderer by itself does not see to it.
  public var loudnessLUFS: Double?
  /// Added to every layer, in decibels.
  public var gainDB = 0.0
  /// The highest true peak, in decibels of full scale.
  public var ceilingDB = -1.0
  /// How far the momentary loudness of the triggers may rise over the bed's, or nil for as far as it will.
  public var startleLU: Double?
  /// How long the track takes to come up from silence.
  public var fadeInSeconds = 2.0
  /// How long it takes to go.
  public var fadeOutSeconds = 10.0

  /// The defaults: 0 dB, a ceiling of -1 dBFS, 2 s in, 10 s out.
  public init() {}
}
