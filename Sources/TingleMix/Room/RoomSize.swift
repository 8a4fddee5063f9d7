/// The available rooms.
public enum RoomSize: String, Sendable, CaseIterable {
  case booth, bedroom, bathroom, hall

  /// The constants of a room model.
  struct Model {
    /// The reverberation time (-60 dB) in seconds.
    let decaySeconds: Double
    /// Width, depth and height in metres.
    let metres: SIMD3<Double>
    /// The reflection coefficient of the walls, as amplitude.
    let reflection: Double
    /// The level of the diffuse tail relative to a source at 30 cm, in decibels.
    let levelDB: Double
    /// How much faster the treble decays: 1 for carpets and beds, 0.4 for tiles.
    let damping: Double
  }

  var model: Model {
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

  /// The reverberation time (-60 dB) in seconds.
  public var decaySeconds: Double { model.decaySeconds }
}
