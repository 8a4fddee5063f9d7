/// A kind of sound, with its parameters as stored properties: `Tap(surface: .wood)`.
///
/// A trigger describes; its `Voice` sounds. A new trigger is a folder beside this file and a line in
/// `Catalogue`.
public protocol Trigger: Sendable {
  /// What sounds.
  associatedtype Voice: TingleDSP.Voice where Voice.Settings == Self

  /// The trigger with every parameter at its default.
  init()
  /// The word by which presets call it.
  static var name: String { get }
  /// What one hears, in a sentence.
  static var summary: String { get }
  /// Every parameter: the one declaration from which parsing, validation and help follow.
  static var parameters: [Parameter<Self>] { get }
  /// The gain in decibels that brings the trigger, as it is set, to -26 LUFS at a level of 0 dB. `make calibrate` prints it.
  var calibrationDB: Double { get }
  /// Whether the sound ever falls silent or rises, as the startle guard must know of a bed; intermittent if not said.
  var continuity: Continuity { get }
  /// How its voices follow one another.
  var timing: Timing { get }
  /// How it reaches the ears before it has a place; a thing's if not said.
  static var sourceExtent: SourceExtent { get }
}

extension Trigger {
  public static var sourceExtent: SourceExtent { .point }
  public var continuity: Continuity { .intermittent }
}

/// How evenly a trigger sounds over seconds.
public enum Continuity: Sendable {
  /// Stationary: nothing in it rises or falls.
  case steady
  /// Never silent, with events over its background: rain and its near drops.
  case continuous
  /// Events with silence between them.
  case intermittent
}

/// How a trigger reaches both ears before a head is between them.
public enum SourceExtent: Sendable {
  /// Nearly the same at both ears.
  case point
  /// Differently enough at each ear.
  case wide
  /// All round the listener, unless it is given a place.
  case ambient
}

/// How the voices of a trigger follow one another: one to a slot, jittered within it.
public struct Timing: Sendable, Equatable {
  /// The mean time from one voice's start to the next, in seconds.
  public var slotSeconds: Double
  /// How far into its slot a voice may start, as a share of the slot: 0 is a clock, 0.5 is loose.
  public var jitter: Double
  /// How long a voice may go on sounding after the next one's start, in seconds.
  public var tailSeconds: Double

  /// - Parameters:
  ///   - slotSeconds: above 0.
  ///   - jitter: 0 ... 0.9.
  ///   - tailSeconds: 0 or more.
  public init(slotSeconds: Double, jitter: Double, tailSeconds: Double) {
    self.slotSeconds = slotSeconds
    self.jitter = jitter
    self.tailSeconds = tailSeconds
  }

  /// The longest a voice can last: the widest slot and the tail.
  public var longestSeconds: Double { slotSeconds * (1 + jitter) + tailSeconds }
}

/// What the score tells a voice when it is its turn.
public struct Cue: Sendable {
  /// The voice's number within its layer: 0 is the first to start at the mix's beginning or after it.
  public let index: Int
  /// The time in the mix at which it starts, in seconds; negative before the mix begins.
  public let seconds: Double
  /// The frames until the layer's next voice starts: the voice's place to fill.
  public let spanFrames: Int
  /// How fast it is to be, 1 as its trigger's settings say.
  public let pace: Double
  /// The voice's own draws.
  public let draws: Draws
  /// The draws that all voices of the layer share: the object that is tapped, the sheet that is crumpled.
  public let layer: Draws
  /// In hertz.
  public let sampleRate: Double

  /// A cue; scores make them.
  public init(
    index: Int, seconds: Double, spanFrames: Int, pace: Double = 1, draws: Draws, layer: Draws,
    sampleRate: Double
  ) {
    self.pace = pace
    self.index = index
    self.seconds = seconds
    self.spanFrames = spanFrames
    self.draws = draws
    self.layer = layer
    self.sampleRate = sampleRate
  }

  /// The time until the layer's next voice starts, in seconds.
  public var spanSeconds: Double { Double(spanFrames) / sampleRate }
}

/// One sounding event: a run of taps, a crinkling gesture, a breath group. It begins once, carries all its
/// state, never knows of another voice, and ends within its trigger's `Timing.longestSeconds`.
///
/// The real-time contract holds in `init` as in `render`: no allocation, no lock, no reference counting, no
/// system call, nothing but finite numbers. A voice renders in the mix's grid of blocks, so what it does per
/// block is the same whoever asks. Keep its state in `InlineArray`s; what needs memory of its own is prepared
/// once for the layer, as `Shared`.
public protocol Voice: Sendable {
  /// The trigger it belongs to.
  associatedtype Settings: Trigger
  /// What all voices of a layer share, computed when the mix is prepared: filter shapes, the object struck.
  associatedtype Shared: Sendable

  /// Computes what is shared. May allocate and take its time.
  static func prepare(_ settings: Settings, layer: Draws, sampleRate: Double) -> Shared
  /// Begins.
  init(_ shared: borrowing Shared, cue: Cue)
  /// Adds the next `block.count` frames to `block`, left ear and right ear: `Grid.frames` or, at the beginning, fewer.
  /// - Returns: whether more will come.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool
}
