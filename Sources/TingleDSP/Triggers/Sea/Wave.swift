/// A wave that breaks on a shore: the power of its parts over time, and where it is.
///
/// The swell is heard before the crest. The plunge rises by 6 dB in the last 0.8 s and falls by as much in
/// the next 0.9 s, as on recordings. The foam runs up the beach and hisses; the backwash drains through sand
/// and pebbles.
struct Wave: Sendable {
  /// One value for each part of a wave.
  struct Parts<Value: Sendable>: Sendable {
    var swell, plunge, foam, backwash: Value
  }

  /// The time of the crest, in seconds since the start of the section.
  var crestSeconds = 0.0
  /// The height relative to the mean of all waves.
  var height = 0.0
  /// A factor on all durations.
  var stretch = 1.0
  /// The direction in which the crest runs along the shore: -1 ... 1.
  var direction = 0.0
  /// The balance at the crest.
  var balance = 0.0

  /// How long before its crest a wave is heard, and after it, without stretch.
  static let leadSeconds = 4.0
  static let tailSeconds = 9.0

  /// The power of the parts at a time.
  func powers(at seconds: Double) -> SIMD4<Double> {
    let since = (seconds - crestSeconds) / stretch
    guard since > -Self.leadSeconds, since < Self.tailSeconds else { return .zero }
    let rising = Maths.exp(-since / 0.42)
    let power = height * height
    let swell = 1 / (Maths.exp(-since / 1.1) + Maths.exp(since / 0.5))
    let plunge = height / (rising + Maths.exp(since / 0.48))
    let foam = since > 0 ? since / 0.5 * Maths.exp(1 - since / 0.5) : 0
    let backwash = Curves.bell((since - 1.2) / 5.5)
    // All parts end smoothly.
    let fade = Curves.step((since + Self.leadSeconds) / 1.5) * Curves.step((Self.tailSeconds - since) / 3)
    return fade * power * SIMD4(swell, plunge, foam, backwash)
  }

  /// The balance at a time: the crest runs along the shore.
  func balance(at seconds: Double) -> Double {
    max(-0.85, min(0.85, balance + 0.22 * direction * (seconds - crestSeconds) / stretch))
  }
}
