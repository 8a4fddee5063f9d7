/// A sound learned from a recording: endless noise with the recording's statistics.
public struct Texture: Trigger {
  public typealias Voice = TextureVoice

  /// The texture: the name of a shipped one, or of a file that `model` was read from.
  public var file = "surf"
  /// What was learned; nil for the shipped texture with the name in `file`.
  public var model: TextureModel?
  /// A factor on the rate of events.
  public var pace = 1.0
  /// The depth of the changes of level over minutes, 0 ... 1.
  public var gusts = 0.0
  /// A slope of the spectrum in decibels per octave.
  public var brightnessDBPerOctave = 0.0
  /// How much softer peaks and events are, 0 ... 1.
  public var softness = 0.0
  /// The level in decibels.
  public var intensityDB = 0.0

  public init() {}

  public static let name = "texture"
  public static let summary = "endless noise with the statistics of a recording, by tingle learn"
  public static let sourceExtent = SourceExtent.ambient
  // The loudness follows from the model.
  public var calibrationDB: Double { 0 }
  public var continuity: Continuity { .continuous }
  public static let parameters: [Parameter<Texture>] = [
    .text(
      "file", \.file, limit: 1000,
      "a texture: a name from tingle textures, or the path of a .texture file"),
    .number("pace", \.pace, 0.1...4, .none, "a factor on the rate of events"),
    .number("gusts", \.gusts, 0...1, .none, "the depth of the changes of level over minutes"),
    .number(
      "brightness", \.brightnessDBPerOctave, -4...3, .decibelsPerOctave,
      "added to the slope of the spectrum; lower is darker"),
    .number("softness", \.softness, 0...1, .none, "how much softer peaks and events are"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level"),
  ]

  /// Sections of eight seconds that join without a seam.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0, tailSeconds: 0) }
}
