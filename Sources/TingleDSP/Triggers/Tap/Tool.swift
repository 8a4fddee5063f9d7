/// What taps: how long it touches, and how it rings itself.
public enum Tool: String, Choice {
  case nail, pad, knuckle
}

/// The figures of a tool.
struct ToolLaw: Sendable {
  /// The length of the half-sine contact pulse of a nominal tap.
  let contactSeconds: Double
  /// The tool's own four modes: their range, T60 and level.
  let ring: (rangeHz: ClosedRange<Double>, t60Seconds: Double, levelDB: Double)
  /// The peak of the acceleration click.
  let clickDB: Double
  /// The contact's noise, as a change of the surface's: its level, and its upper edge as a factor.
  let burst: (levelDB: Double, brightness: Double)
  /// How much of the body's knock it brings out.
  let thudDB: Double
  /// What brings its taps to the loudness of the others'.
  let levelDB: Double
}

extension Tool {
  var law: ToolLaw {
    switch self {
    case .nail:
      ToolLaw(
        contactSeconds: 0.25e-3, ring: (3500...9500, 0.010, -10), clickDB: -8, burst: (0, 1), thudDB: -4,
        levelDB: 0)
    case .knuckle:
      ToolLaw(
        contactSeconds: 0.9e-3, ring: (800...3000, 0.015, -12), clickDB: -14, burst: (-2, 0.6), thudDB: 0,
        levelDB: 2)
    case .pad:
      ToolLaw(
        contactSeconds: 3e-3, ring: (300...1500, 0.020, -14), clickDB: -20, burst: (-6, 0.35), thudDB: 1,
        levelDB: 4)
    }
  }
}
