/// The motion of a sheet over some seconds: its strain rate, which makes it snap, and its sliding speed,
/// which makes it rustle on itself and on the fingers.
package struct SheetMotion: Sendable {
  /// One move from rest to rest.
  struct SheetMove: Sendable {
    var start = 0.0
    var duration = 1.0
    /// The peak strain rate, 1 in a nominal move.
    var strain = 0.0
    /// The peak sliding speed, 1 in a nominal move.
    var slide = 0.0
    /// How long the sheet settles after the move, in seconds.
    var settling = 0.5
  }

  private var moves = InlineList<40, SheetMove>(repeating: SheetMove())
  private var firstLive = 0

  /// The longest time that a sheet settles after its last move.
  static let longestTailSeconds = 2.5

  /// Creates a sheet at rest.
  init() {}

  /// Adds a move that starts no sooner than the last one added.
  mutating func add(_ move: SheetMove) { moves.append(move) }

  /// The strain rate and the sliding speed at a time, both about 1 in the middle of a nominal move. Times
  /// must not decrease from call to call.
  package mutating func rates(at time: Double) -> (strain: Double, slide: Double) {
    var strain = 0.0
    var slide = 0.0
    for k in firstLive..<moves.count {
      let move = moves[k]
      let age = time - move.start
      guard age > 0 else { break }
      if k == firstLive, age > move.duration + move.settling { firstLive += 1 }
      let speed = Curves.minimumJerkSpeed(age / move.duration)
      strain += move.strain * speed
      slide += move.slide * speed
      // Stress relaxes as 1/t after 70 % of the move.
      let since = age - 0.7 * move.duration
      let share = since / (0.3 * move.duration + move.settling)
      if since > 0, share < 1 { strain += 0.1 * move.strain / (1 + since / 0.06) * (1 - share) }
    }
    return (strain, slide)
  }
}
