/// A hand that writes: letters as chains of half ovals, put together to words.
///
/// A hand slows down where it turns, v ∝ κ^(-1/3) (F. Lacquaniti, C. Terzuolo and P. Viviani, "The law
/// relating the kinematic and figural aspects of drawing movements", Acta Psychol. 54 (1983) 115). Round an
/// oval that is the speed of two sines a quarter turn apart: v = √(a² sin² φ + b² cos² φ), with φ at an even
/// pace.
struct PenMotion: Sendable {
  private var dice: Dice
  private let endSeconds: Double
  private let letterSeconds: Double
  private let rest: Double

  // The half oval that is being drawn.
  private var start = 0.0
  private var duration = 0.1
  private var long = 1.0
  private var narrow = 0.3
  private var isDown = false
  private var pressure = 1.0

  private var ovalsLeft = 0
  private var lettersLeft = 0
  private var wordsLeft = 0
  private var place = -0.8
  /// When the pen came down, if it did since the state before.
  private(set) var landedAt: Double?

  /// - Parameters:
  ///   - letterSeconds: how long a letter takes.
  ///   - rest: pauses, 1 as a calm hand makes them.
  init(spanSeconds: Double, letterSeconds: Double, rest: Double, dice: Dice) {
    self.dice = dice
    endSeconds = spanSeconds
    self.letterSeconds = letterSeconds
    self.rest = rest
    wordsLeft = 2
    place = self.dice.uniform(-0.8...0.2)
    start = 0.05
    duration = self.dice.uniform(0.05...0.25)
  }

  /// When the last letter has ended, at the latest.
  var isOver: Bool { !isDown && start >= endSeconds }

  /// What the hand does at a time; times must not go back.
  mutating func state(at time: Double) -> HandMotion.State {
    landedAt = nil
    while time >= start + duration, start < endSeconds + 2 { advance() }
    guard isDown, time >= start else { return HandMotion.State(position: place) }
    let share = (time - start) / duration
    let (s, c) = Maths.sinCos(turns: 0.5 * share)
    let speed = (long * long * s * s + narrow * narrow * c * c).squareRoot()
    return HandMotion.State(speed: speed, pressure: pressure, position: place)
  }

  /// Goes on to the next half oval, or to the pause before it.
  private mutating func advance() {
    start += duration
    guard start < endSeconds else {
      isDown = false
      duration = 10
      return
    }
    let wasDown = isDown
    if ovalsLeft > 0 {
      ovalsLeft -= 1
      isDown = true
    } else if lettersLeft > 0 {
      lettersLeft -= 1
      ovalsLeft = dice.whole(1...3)
      place += 0.02
      // Some letters are not joined.
      if wasDown, dice.chance(0.35) { return lift(for: dice.uniform(0.05...0.13)) }
      isDown = true
    } else {
      lettersLeft = dice.whole(1...7)
      wordsLeft -= 1
      place += 0.03
      if wordsLeft <= 0 || place > 0.8 {
        // A new line, or a thought.
        wordsLeft = dice.whole(3...7)
        if place > 0.5 { place = -0.8 }
        return lift(for: 0.1 + rest * dice.uniform(0.25...0.9))
      }
      return lift(for: 0.06 + rest * dice.uniform(0.06...0.22))
    }
    if !wasDown { landedAt = start }
    // An oval takes as long whether it is large or small.
    duration = letterSeconds / 3 * dice.logNormal(sigma: 0.18)
    long = 0.9 * dice.logNormal(sigma: 0.5)
    narrow = long * dice.uniform(0.12...0.45)
    // Down strokes press.
    pressure = (ovalsLeft % 2 == 0 ? 1.25 : 0.8) * dice.logNormal(sigma: 0.12)
  }

  private mutating func lift(for seconds: Double) {
    isDown = false
    duration = seconds
  }
}
