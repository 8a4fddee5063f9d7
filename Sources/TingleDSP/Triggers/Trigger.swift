/// A kind of sound, such as `Tap` or `Rain`. Its parameters are stored properties.
///
/// A trigger holds settings; its `Voice` renders the sound. To add a trigger, add a folder beside this file
/// and a line in `Catalogue`.
public protocol Trigger: Sendable {
  /// The type that renders the sound.
  associatedtype Voice: TingleDSP.Voice where Voice.Settings == Self

  /// Creates the trigger with all parameters at their defaults.
  init()
  /// The name in presets and on the command line.
  static var name: String { get }
  /// A one-line description of the sound.
  static var summary: String { get }
  /// All parameters. Parsing, validation and help use this declaration.
  static var parameters: [Parameter<Self>] { get }
  /// The gain in decibels that brings the trigger, with its current settings, to -26 LUFS at a level of 0 dB.
  /// `make calibrate` prints it.
  var calibrationDB: Double { get }
  /// Whether the sound has pauses or events; `.intermittent` by default.
  var continuity: Continuity { get }
  /// The timing of the voices.
  var timing: Timing { get }
  /// The extent of the source before the spatializer; `.point` by default.
  static var sourceExtent: SourceExtent { get }
  /// The distance from the head of a layer without a place, in metres; 0.3 by default. It has no effect for
  /// an ambient source, which then has no position.
  var usualDistanceMetres: Double { get }
}

extension Trigger {
  public static var sourceExtent: SourceExtent { .point }
  public var continuity: Continuity { .intermittent }
  public var usualDistanceMetres: Double { 0.3 }
}
