/// The constants of a tool: the length of its contact, and its own sound.
struct ToolModel: Sendable {
  /// The length of the half-sine contact pulse of a nominal tap on a hard surface.
  let contactSeconds: Double
  /// How the contact shortens with force: T ∝ v^-hardening. Hertz's law for elastic bodies gives 0.2; a
  /// finger stiffens as it is pressed (D. Pawluk and R. Howe, J. Biomech. Eng. 121 (1999) 178), as do the
  /// layers of most objects.
  let hardening: Double
  /// The four modes of the tool: frequency range, T60 and level.
  let ring: (rangeHz: ClosedRange<Double>, t60Seconds: Double, levelDB: Double)
  /// The soft thud of the mass of the finger: pitch, T60, level.
  let skin: (hz: Double, t60Seconds: Double, levelDB: Double)
  /// The peak of the acceleration click, which small bodies radiate beside their modes as they are
  /// accelerated (J. Chadwick, C. Zheng and D. James, ACM Trans. Graph. 31 (2012) 103).
  let clickDB: Double
  /// The noise of the contact, relative to that of the surface: a change of level, and a factor on the upper
  /// edge.
  let burst: (levelDB: Double, brightness: Double)
  /// The level at which the tool excites the thud of the body.
  let thudDB: Double
  /// Micro-bounces after a tap: the probability of one more, the delay of the first, and the remaining share
  /// of force.
  let bounce: (chance: Double, seconds: ClosedRange<Double>, restitution: ClosedRange<Double>)
  /// The distance between the contact points of neighbouring fingers, as a share of the object.
  let fingerSpread: Double
}
