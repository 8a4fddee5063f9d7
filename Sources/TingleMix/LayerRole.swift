import TingleDSP

/// What a layer is for in its mix. Stored with the layer: neither its trigger nor its name implies it.
public enum LayerRole: String, Choice {
  /// Always on: the arc lets it stay, it takes no turns, and the startle guard measures the triggers against it.
  case bed
  /// Comes and goes over the bed, and is guarded.
  case trigger
}

extension Mix {
  /// The beds that sound.
  var beds: [LayerSettings] { layers.filter { $0.role == .bed && !$0.isMuted } }

  /// Whether a bed sounds under everything else.
  public var hasBed: Bool { !beds.isEmpty }

  /// Whether a bed has events of its own that need a guard: drops in rain, a noise that moves past an ear.
  var hasRestlessBed: Bool {
    beds.contains { bed in
      let isStill = bed.place?.motion.isStill ?? true
      return bed.trigger.continuity == .continuous || bed.trigger.continuity == .steady && !isStill
    }
  }

  /// The floor: faint brown noise under beds that fall silent between their events, where a startle guard needs something to
  /// measure against. Nil where a bed is continuous, or nothing is guarded.
  var floor: LayerSettings? {
    guard master.startleLU != nil, let loudestDB = beds.map(\.levelDB).max(),
      beds.allSatisfy({ $0.trigger.continuity == .intermittent })
    else { return nil }
    var noise = Noise()
    noise.slopeDBPerOctave = -6
    return LayerSettings(
      name: "bed floor", trigger: noise, role: .bed, levelDB: loudestDB + Self.floorDB)
  }

  /// The floor's level relative to the loudest bed.
  private static let floorDB = -8.0
}
