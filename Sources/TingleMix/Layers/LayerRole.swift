import TingleDSP

/// The role of a layer in its mix. Stored with the layer; neither the trigger nor the layer's name implies
/// it.
public enum LayerRole: String, Choice {
  /// Always on: exempt from the arc's fade-out and from layer rotation; the startle guard's reference.
  case bed
  /// Comes and goes over the bed, and is held down by the startle guard.
  case trigger
}

extension Mix {
  /// The beds that are not muted.
  var beds: [LayerSettings] { layers.filter { $0.role == .bed && !$0.isMuted } }

  /// Whether the mix has a bed that is not muted.
  public var hasBed: Bool { !beds.isEmpty }

  /// Whether a bed has events that need the startle guard: drops in rain, or noise that moves past an ear.
  var hasBedEvents: Bool {
    beds.contains { bed in
      let isStill = bed.place?.motion.isStill ?? true
      return bed.trigger.continuity == .continuous || bed.trigger.continuity == .steady && !isStill
    }
  }

  /// A faint brown noise under beds that fall silent between their events: the startle guard's reference
  /// there. Nil if any bed is continuous, or if the startle guard is off.
  var floor: LayerSettings? {
    guard master.startleLU != nil, let loudestDB = beds.map(\.levelDB).max(),
      beds.allSatisfy({ $0.trigger.continuity == .intermittent })
    else { return nil }
    var noise = Noise()
    noise.colour = .brown
    return LayerSettings(
      name: "bed floor", trigger: noise, role: .bed, levelDB: loudestDB + Self.floorDB)
  }

  /// The floor's level in decibels relative to the loudest bed.
  private static let floorDB = -8.0
}
