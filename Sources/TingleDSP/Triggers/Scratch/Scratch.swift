/// Fingernails that scratch a microphone, cloth, a hat, a scalp or cork slowly.
public struct Scratch: Trigger {
  public typealias Voice = ScratchVoice

  /// The material that is scratched.
  public var material = ScratchMaterial.microphone
  /// The rate of strokes between the rests, per second.
  public var strokesPerSecond = 1.2
  /// The force of the nails, in decibels.
  public var intensityDB = 0.0
  /// A factor on the rests of the hand; 0 is without rests.
  public var rest = 1.0
  /// A factor on the frequencies of the material; a harder one is brighter.
  public var hardness = 1.0

  public init() {}

  public static let name = "scratch"
  public static let summary =
    "fingernails on microphone foam, fabric, nylon, a hat, a scalp or cork, with rests"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { material.calibrationDB }
  public static let parameters: [Parameter<Scratch>] = [
    .choice("material", \.material, "the material that is scratched"),
    .number("pace", \.strokesPerSecond, 0.2...4, .perSecond, "the rate of strokes between the rests"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the force of the nails"),
    .number("rest", \.rest, 0...3, .none, "a factor on the rests between runs of strokes; 0 for none"),
    .number("hardness", \.hardness, 0.5...2, .none, "the hardness of the material; harder is brighter"),
  ]

  /// A run of strokes per slot.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 2) }
}
