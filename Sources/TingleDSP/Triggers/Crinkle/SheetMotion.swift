/// How a sheet is moved over some seconds: how fast it is strained, which makes it snap, and how fast it slides on itself
/// and on the fingers, which makes it rustle.
package struct SheetMotion: Sendable {
  /// A movement from rest to rest.
  struct SheetMove: Sendable {
    var start = 0.0
    var duration = 1.0
    /// The strain rate at its fastest, 1 in an ordinary stroke.
    var strain = 0.0
    /// The sliding speed at its fastest, 1 in an ordinary stroke.
    var slide = 0.0
    /// How long the sheet goes on settling after the stroke, in seconds.
    var settling = 0.5
  }

  private var strokes = InlineList<40, SheetMove>(repeating: SheetMove())
  private var firstLive = 0

  /// The sheet may go on settling this long after the last stroke's end.
  static let longestTailSeconds = 2.5

  /// A sheet at rest.
  init() {}

  /// Adds a stroke that begins no sooner than the last one added.
  mutating func add(_ stroke: SheetMove) { strokes.append(stroke) }

  /// The strain rate and the sliding speed at a time, both about 1 in the middle of an ordinary stroke. Times must not
  /// go back.
  package mutating func rates(at time: Double) -> (strain: Double, slide: Double) {
    var strain = 0.0
    var slide = 0.0
    for k in firstLive..<strokes.count {
      let stroke = strokes[k]
      let age = time - stroke.start
      guard age > 0 else { break }
      if k == firstLive, age > stroke.duration + stroke.settling { firstLive += 1 }
      let speed = Curves.minimumJerkSpeed(age / stroke.duration)
      strain += stroke.strain * speed
      slide += stroke.slide * speed
      // Stress relaxes as 1/t once most of the stroke is done.
      let since = age - 0.7 * stroke.duration
      let share = since / (0.3 * stroke.duration + stroke.settling)
      if since > 0, share < 1 { strain += 0.1 * stroke.strain / (1 + since / 0.06) * (1 - share) }
    }
    return (strain, slide)
  }
}
