/// The motion of a pen: letters as chains of half ovals, joined to words and lines.
///
/// A hand slows down in curves, v ∝ κ^(-1/3) (F. Lacquaniti, C. Terzuolo and P. Viviani, "The law relating
/// the kinematic and figural aspects of drawing movements", Acta Psychol. 54 (1983) 115). On an oval this is
/// the speed of two sines a quarter period apart: v = √(a² sin² φ + b² cos² φ), where φ increases at a
/// constant rate.
struct PenMotion: Sendable {
  private var dice: Dice
  private let endSeconds: Double
  private let letterSeconds: Double
  private let rest: Double

  // The current half oval: its time, and its two radii.
  private var start = 0.0
  private var duration = 0.1
  private var longRadius = 1.0
  private var shortRadius = 0.3
  private var isDown = false
  private var pressure = 1.0

  private var ovalsLeft = 0
  private var lettersLeft = 0
  private var wordsLeft = 0
  private var position = -0.8
  /// The time at which the pen came down, if it did since the previous call of `state`.
  private(set) var landedAt: Double?

  /// - Parameters:
  ///   - letterSeconds: the mean length of a letter of three half ovals.
  ///   - rest: a factor on the pauses between words and lines.
  init(spanSeconds: Double, letterSeconds: Double, rest: Double, dice: Dice) {
    self.dice = dice
    endSeconds = spanSeconds
    self.letterSeconds = letterSeconds
    self.rest = rest
    wordsLeft = 2
    position = self.dice.uniform(-0.8...0.2)
    start = 0.05
    duration = self.dice.uniform(0.05...0.25)
  }

  /// The longest time in which the hand slides on.
  private static let slideSeconds = 0.6
  /// The peak speed of the sliding hand, relative to a nominal stroke of the pen.
  private static let slideSpeed = 0.2

  /// Whether the last letter has ended.
  var isOver: Bool { !isDown && start >= endSeconds }

  /// The state of the hand at a time. Times must not decrease from call to call.
  mutating func state(at time: Double) -> HandMotion.State {
    landedAt = nil
    while time >= start + duration, start < endSeconds + 2 { advance() }
    guard isDown, time >= start else { return slide(at: time) }
    let progress = (time - start) / duration
    let (s, c) = Maths.sinCos(turns: 0.5 * progress)
    let speed = (longRadius * longRadius * s * s + shortRadius * shortRadius * c * c).squareRoot()
    return HandMotion.State(speed: speed, pressure: pressure, position: position)
  }

  /// The state of the heel of the hand, which slides on to the next letter while the pen is in the air.
  private func slide(at time: Double) -> HandMotion.State {
    let seconds = min(duration, Self.slideSeconds)
    let speed = Self.slideSpeed * Curves.minimumJerkSpeed(1 - (start + duration - time) / seconds)
    return HandMotion.State(speed: isOver ? 0 : speed, pressure: 0.5, position: position)
  }

  /// Moves on to the next half oval, or to the pause before it.
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
      position += 0.02
      // Some letters are not joined.
      if wasDown, dice.chance(0.35) { return lift(for: dice.uniform(0.05...0.13)) }
      isDown = true
    } else {
      lettersLeft = dice.whole(1...7)
      wordsLeft -= 1
      position += 0.03
      if wordsLeft <= 0 || position > 0.8 {
        // A new line, or a longer pause.
        wordsLeft = dice.whole(3...7)
        if position > 0.5 { position = -0.8 }
        return lift(for: 0.1 + rest * dice.uniform(0.25...0.9))
      }
      return lift(for: 0.06 + rest * dice.uniform(0.06...0.22))
    }
    if !wasDown { landedAt = start }
    // The duration does not depend on the size of the oval.
    duration = letterSeconds / 3 * dice.logNormal(sigma: 0.18)
    longRadius = 0.9 * dice.logNormal(sigma: 0.5)
    shortRadius = longRadius * dice.uniform(0.12...0.45)
    // Downstrokes have more pressure than upstrokes.
    pressure = (ovalsLeft % 2 == 0 ? 1.25 : 0.8) * dice.logNormal(sigma: 0.12)
  }

  private mutating func lift(for seconds: Double) {
    isDown = false
    duration = seconds
  }
}
