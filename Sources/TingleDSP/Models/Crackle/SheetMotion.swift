/// The motion of a sheet over some seconds: its strain rate, which makes it snap, and its sliding speed,
/// which makes it rustle on itself and on the fingers.
///
/// Every move is uneven, because neither the hand nor the resistance of the folds is steady. After a move the
/// sheet settles for some seconds: its stress relaxes as 1/t.
package struct SheetMotion: Sendable {
  /// One move from rest to rest.
  struct SheetMove: Sendable {
    var start = 0.0
    var duration = 1.0
    /// The peak strain rate, 1 in a nominal move.
    var strain = 0.0
    /// The peak sliding speed, 1 in a nominal move.
    var slide = 0.0
    /// How much longer than `shortestSettlingSeconds` the sheet settles after the move, in seconds.
    var settling = 0.5
  }

  private var moves = InlineList<40, SheetMove>(repeating: SheetMove())
  private var firstLive = 0
  private var unevenness: Flutter?

  private static let shortestSettlingSeconds = 1.5
  /// The longest `settling` of a move.
  static let longestSettlingSeconds = 2.0
  /// The longest time that a sheet settles after its last move.
  static let longestTailSeconds = shortestSettlingSeconds + longestSettlingSeconds

  /// Creates a sheet at rest.
  /// - Parameter hand: the random stream of the unevenness of the hand; nil for even moves.
  init(hand: Draws? = nil) {
    unevenness = hand.map { Flutter(sigma: 0.4, correlationSeconds: 0.12, draws: $0) }
  }

  /// Adds a move that starts no sooner than the last one added.
  mutating func add(_ move: SheetMove) { moves.append(move) }

  /// The strain rate and the sliding speed at a time, both about 1 in the middle of a nominal move. Times
  /// must not decrease from call to call.
  package mutating func rates(at time: Double) -> (strain: Double, slide: Double) {
    var strain = 0.0
    var slide = 0.0
    let settling = Self.shortestSettlingSeconds
    for k in firstLive..<moves.count {
      let move = moves[k]
      let age = time - move.start
      guard age > 0 else { break }
      if k == firstLive, age > move.duration + settling + move.settling { firstLive += 1 }
      var speed = Curves.minimumJerkSpeed(age / move.duration)
      // Stress relaxes as 1/t after 70 % of the move.
      let since = age - 0.7 * move.duration
      let share = since / (0.3 * move.duration + settling + move.settling)
      if since > 0, share < 1 { speed += 0.3 / (1 + since / 0.25) * (1 - share) }
      strain += move.strain * speed
      slide += move.slide * speed
    }
    let gain = unevenness?.gain(at: time) ?? 1
    return (gain * strain, gain * slide)
  }
}
