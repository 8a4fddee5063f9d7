/// The constants of one contact of a key: a blow on the plate under the keys, a thud of the case, and noise.
struct KeyImpact: Sendable {
  var levelDB: Double
  /// The length of the contact at a nominal press.
  var contactSeconds: Double
  /// The modes of the plate and of the cap.
  var plate: Plate.Model
  /// The thud of the case and of what it stands on.
  var thud: KeyThud
  /// The noise of the contact.
  var noise: KeyNoise
}

/// A low damped mode.
struct KeyThud: Sendable {
  var hz, t60Seconds, levelDB: Double
}

/// A short burst of noise.
struct KeyNoise: Sendable {
  var bandHz: ClosedRange<Double>
  var decaySeconds, levelDB: Double
}

/// The constants of the keys of a keyboard, a typewriter, a controller or a mouse.
struct KeyModel: Sendable {
  /// The key reaches the bottom, and the top again.
  var press, release: KeyImpact
  /// A click on the way down, and its time before the bottom.
  var click: KeyImpact?
  var clickLeadSeconds = 0.012
  /// The mean time that a key is held.
  var holdSeconds: Double
  /// The probability of a bounce, and its level.
  var bounce: (chance: Double, levelDB: Double)
  /// The level of the fingers that touch the keys, and how many touches there are for each key.
  var touches: (levelDB: Double, perKey: Double)
  /// The finger that slides over the cap before the press: the level of its noise.
  var slideDB: Double
  /// The parts of a key that rattle after a press: their mean number and level.
  var rattles: (perKey: Double, levelDB: Double)
  /// The noise of case and table that remains after a contact: level and decay time constant.
  var tail: (levelDB: Double, seconds: Double)
  /// How far the noise of a contact differs from that of the next: the standard deviation of its edges.
  var scatter: Double
  /// The standard deviation of the force.
  var spreadDB: Double
  /// The level of the steps of a carriage, relative to a release; nil without a carriage.
  var carriageDB: Double?
}
