/// A mode of a vibrating object: one damped sine, and where along the object a strike excites it.
struct Mode: Sendable {
  var frequencyHz = 0.0
  /// α in e^(-αt).
  var dampingPerSecond = 1.0
  /// The amplitude. `ModeSet.normalise()` scales the squares of all modes to a sum of 1.
  var gain = 0.0
  /// The number of half waves along the object: the contact point weights the mode accordingly.
  var halfWaves = 0.0

  /// The nepers in a fall of 60 dB: ln 1000, rounded. T60 = 6.91/α.
  static let nepersPerT60 = 6.91

  /// α of a mode that falls by 60 dB in `t60Seconds`.
  static func dampingPerSecond(t60Seconds: Double) -> Double { nepersPerT60 / t60Seconds }
  /// The time in which a mode with damping α falls by 60 dB.
  static func t60Seconds(dampingPerSecond: Double) -> Double { nepersPerT60 / dampingPerSecond }
}
