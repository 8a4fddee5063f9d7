/// What taps: how long it touches, and how it rings itself.
public enum Tool: String, Choice {
  case nail, pad, knuckle
  case brushHandle = "brush-handle"

  /// Its part of the trigger's `calibrationDB`, in decibels.
  var calibrationDB: Double { self == .pad ? 1.5 : 0 }
}

/// The figures of a tool.
struct ToolModel: Sendable {
  /// The length of the half-sine contact pulse of a nominal tap on something hard.
  let contactSeconds: Double
  /// How the contact shortens with force, T ∝ v^-hardening. Hertz's law for elastic bodies gives 0.2; a finger stiffens
  /// as it is pressed (D. Pawluk and R. Howe, J. Biomech. Eng. 121 (1999) 178), as do the layers of most objects.
  let hardening: Double
  /// The tool's own four modes: their range, T60 and level.
  let ring: (rangeHz: ClosedRange<Double>, t60Seconds: Double, levelDB: Double)
  /// The soft knock of the finger's own mass: pitch, T60, level.
  let skin: (hz: Double, t60Seconds: Double, levelDB: Double)
  /// The peak of the acceleration click (J. Chadwick, C. Zheng and D. James, ACM Trans. Graph. 31 (2012) 103: what small
  /// bodies radiate as they are shoved, beside their modes).
  let clickDB: Double
  /// The contact's noise, as a change of the surface's: its level, and its upper edge as a factor.
  let burst: (levelDB: Double, brightness: Double)
  /// How much of the body's knock it brings out.
  let thudDB: Double
  /// Micro-bounces after a tap: how likely another one is, the first's delay, and what is left of the force.
  let bounce: (chance: Double, seconds: ClosedRange<Double>, restitution: ClosedRange<Double>)
  /// How far apart on the object neighbouring fingers strike.
  let fingerSpread: Double
}

extension Tool {
  var law: ToolModel {
    switch self {
    case .nail:
      ToolModel(
        contactSeconds: 0.25e-3, hardening: 0.3, ring: (3500...9500, 0.010, -10), skin: (170, 0.015, -18),
        clickDB: -8, burst: (0, 1), thudDB: -7,
        bounce: (0.4, 4e-3...14e-3, 0.08...0.3), fingerSpread: 0.05)
    case .knuckle:
      ToolModel(
        contactSeconds: 0.8e-3, hardening: 0.35, ring: (800...3000, 0.015, -12), skin: (140, 0.03, -8),
        clickDB: -14, burst: (-2, 0.6), thudDB: 0,
        bounce: (0.15, 8e-3...14e-3, 0.06...0.2), fingerSpread: 0.06)
    case .pad:
      ToolModel(
        contactSeconds: 2.5e-3, hardening: 0.45, ring: (300...1500, 0.020, -14), skin: (110, 0.025, -6),
        clickDB: -20, burst: (-6, 0.35), thudDB: 0,
        bounce: (0.15, 8e-3...18e-3, 0.05...0.15), fingerSpread: 0.05)
    case .brushHandle:
      ToolModel(
        contactSeconds: 0.4e-3, hardening: 0.32, ring: (1200...6000, 0.030, -7), skin: (210, 0.02, -16),
        clickDB: -11, burst: (-3, 0.9), thudDB: -1,
        bounce: (0.75, 7e-3...16e-3, 0.15...0.45), fingerSpread: 0.01)
    }
  }
}
