/// The motion of a hand over some seconds: moves from rest to rest, each with the speed of a minimum-jerk
/// movement.
package struct HandMotion: Sendable {
  /// One move from rest to rest.
  struct HandMove: Sendable {
    var start = 0.0
    var duration = 1.0
    /// The peak speed, 1 in a nominal stroke.
    var speed = 0.0
    /// The pressure of the hand, 1 in a nominal stroke.
    var pressure = 1.0
    /// The position at the start and at the end, -1 (left) ... 1 (right).
    var from = 0.0
    var to = 0.0

    var end: Double { start + duration }
  }

  /// The state of the hand at one moment.
  package struct State: Sendable {
    /// 1 in the middle of a nominal stroke; 0 at rest and at turning points.
    package var speed = 0.0
    /// 1 in a nominal stroke.
    package var pressure = 1.0
    /// -1 (left) ... 1 (right).
    package var position = 0.0

    /// Creates a state; by default, a hand at rest.
    package init(speed: Double = 0, pressure: Double = 1, position: Double = 0) {
      self.speed = speed
      self.pressure = pressure
      self.position = position
    }
  }

  private var moves = InlineList<24, HandMove>(repeating: HandMove())
  private var current = 0

  /// Creates a hand at rest.
  init() {}

  var isFull: Bool { moves.isFull }
  var isEmpty: Bool { moves.isEmpty }

  /// Adds a move that starts no sooner than the last one ends.
  mutating func add(_ move: HandMove) { moves.append(move) }

  /// The end of the last move, in seconds.
  package var endSeconds: Double { mutating get { moves.isEmpty ? 0 : moves[moves.count - 1].end } }

  /// The state at a time. Times must not decrease from call to call.
  package mutating func state(at time: Double) -> State {
    while current < moves.count, time >= moves[current].end { current += 1 }
    guard current < moves.count else { return State() }
    let move = moves[current]
    guard time > move.start else { return State(position: move.from) }
    let progress = (time - move.start) / move.duration
    // The integral of the minimum-jerk speed.
    let covered = progress * progress * progress * (10 - 15 * progress + 6 * progress * progress)
    return State(
      speed: move.speed * Curves.minimumJerkSpeed(progress), pressure: move.pressure,
      position: move.from + (move.to - move.from) * covered)
  }
}
