/// The start of one voice: when it starts, how long its slot is, and its random streams. Scores create cues.
public struct Cue: Sendable {
  /// The index of the voice in its layer; 0 is the first voice that starts at or after the start of the mix.
  public let index: Int
  /// The start time in the mix, in seconds; negative before the start of the mix.
  public let seconds: Double
  /// The number of frames until the next voice of the layer starts.
  public let spanFrames: Int
  /// A factor on the speed; 1 is the speed in the trigger's settings.
  public let pace: Double
  /// The random stream of the voice.
  public let draws: Draws
  /// The random stream that all voices of the layer share, for example for the object that is tapped.
  public let layer: Draws
  /// The sample rate in hertz.
  public let sampleRate: Double

  /// Creates a cue.
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

  /// The time until the next voice of the layer starts, in seconds.
  public var spanSeconds: Double { Double(spanFrames) / sampleRate }
}
