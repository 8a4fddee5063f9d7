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
}

extension Tool {
  var law: ToolLaw {
    switch self {
    case .nail: ToolLaw(contactSeconds: 0.25e-3, ring: (3500...9500, 0.010, -10), clickDB: -8)
    case .knuckle: ToolLaw(contactSeconds: 0.9e-3, ring: (800...3000, 0.015, -12), clickDB: -14)
    case .pad: ToolLaw(contactSeconds: 3e-3, ring: (300...1500, 0.020, -14), clickDB: -20)
    }
  }
}
