import TingleDSP

/// The description of one layer of a mix: a trigger with its role, level and source position.
public struct LayerSettings: Sendable {
  /// The layer's name. Its random draws depend on the name, so adding a layer does not change the others.
  public var name: String
  /// The trigger with its parameters.
  public var trigger: any Trigger
  /// Bed or trigger.
  public var role: LayerRole
  /// The level in decibels. At 0 dB all triggers have about the same loudness.
  public var levelDB = 0.0
  /// The source position. Nil for `defaultPlace`.
  public var place: SourcePosition?
  /// Whether the layer is muted.
  public var isMuted = false
  /// The seed of this layer; 0 for the mix's seed.
  public var seed: UInt64 = 0
  /// When the layer sounds, and where, if a script directs it.
  package var timetable: LayerTimetable?

  /// A layer, by default at 0 dB in its trigger's default position.
  public init(
    name: String, trigger: any Trigger, role: LayerRole = .trigger, levelDB: Double = 0,
    place: SourcePosition? = nil
  ) {
    self.name = name
    self.trigger = trigger
    self.role = role
    self.levelDB = levelDB
    self.place = place
  }

  /// The position of a layer without a place: straight ahead, at the usual distance of the trigger; nil for
  /// an ambient trigger, which then surrounds the listener.
  public var defaultPlace: SourcePosition? {
    type(of: trigger).sourceExtent == .ambient
      ? nil : SourcePosition(.init(distanceMetres: trigger.usualDistanceMetres))
  }

  /// The source position; nil if the layer surrounds the listener.
  public var settledPlace: SourcePosition? { place ?? defaultPlace }
}
