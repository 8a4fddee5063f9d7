/// The small rooms that there are.
public enum RoomSize: String, Sendable, CaseIterable {
  case booth, bedroom, bathroom, hall

  /// How a room sounds.
  struct Model {
    /// After so long the tail is 60 dB down.
    let decaySeconds: Double
    /// Width, depth and height, in metres.
    let metres: SIMD3<Double>
    /// How much of a sound a wall throws back, as amplitude.
    let reflection: Double
    /// Of all that comes back, over a sound at 30 cm, in decibels.
    let levelDB: Double
    /// How much sooner the treble dies away: 1 for carpets and beds, 0.4 for tiles.
    let damping: Double
  }

  var law: Model {
    switch self {
    case .booth:
      Model(decaySeconds: 0.15, metres: [1.6, 1.7, 2.2], reflection: 0.4, levelDB: -15, damping: 1)
    case .bedroom:
      Model(decaySeconds: 0.25, metres: [3.4, 4.1, 2.5], reflection: 0.55, levelDB: -13, damping: 1)
    case .bathroom:
      Model(decaySeconds: 0.4, metres: [1.9, 2.6, 2.4], reflection: 0.8, levelDB: -7, damping: 0.4)
    case .hall: Model(decaySeconds: 0.5, metres: [9, 15, 5.5], reflection: 0.7, levelDB: -14, damping: 0.6)
    }
  }

  /// After so long its tail is 60 dB down, in seconds.
  public var decaySeconds: Double { law.decaySeconds }
}
