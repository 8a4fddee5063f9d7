/// The bar of taps that a phrase repeats: which finger taps when, and how hard.
struct TapBar: Sendable {
  /// One tap of the bar.
  struct Step: Sendable {
    /// The time since the start of the bar.
    var seconds = 0.0
    /// 0 for the first hand, 1 for the second.
    var hand = 0
    /// 0 for the index finger ... 3 for the little finger.
    var finger = 0
    /// The level, relative to the phrase.
    var levelDB = 0.0
  }

  private var steps = InlineArray<8, Step>(repeating: Step())
  private(set) var count = 0
  /// The length of the bar.
  private(set) var seconds = 0.0
  /// The level, relative to the other gestures.
  private(set) var levelDB = 0.0
  /// The standard deviation of the hand position from tap to tap, as a share of the object.
  private(set) var wander = 0.02
  /// The share of the path between taps over which the hand slides instead of lifting.
  private(set) var sliding = 0.35

  subscript(index: Int) -> Step { steps[index] }

  /// - Parameters:
  ///   - gesture: the pattern; `mixed` draws one.
  ///   - hand: the hand that plays.
  ///   - both: whether the other hand takes part in gestures for two.
  ///   - beatSeconds: the mean time between taps.
  init(
    _ gesture: TapGesture, hand: Int, both: Bool, beatSeconds: Double, variation: Double, dice: inout Dice
  ) {
    let other = both ? 1 - hand : hand
    switch gesture == .mixed ? Self.any(&dice) : gesture {
    case .mixed, .single: single(hand, beatSeconds * dice.uniform(0.85...1.3), &dice)
    case .alternate: alternate(hand, other, beatSeconds * dice.uniform(0.8...1.25), variation, &dice)
    case .roll: roll(hand, other, beatSeconds * dice.uniform(0.8...1.2), variation, &dice)
    case .flutter: flutter(hand, other, max(0.085, 0.55 * beatSeconds * dice.uniform(0.8...1.3)))
    case .explore: explore(hand, beatSeconds * dice.uniform(1.2...2), &dice)
    case .drum: drum(hand, other, max(0.11, 0.6 * beatSeconds * dice.uniform(0.85...1.2)), &dice)
    }
  }

  private static func any(_ dice: inout Dice) -> TapGesture {
    switch dice.uniform() {
    case ..<0.26: .single
    case ..<0.44: .alternate
    case ..<0.70: .roll
    case ..<0.84: .flutter
    case ..<0.93: .explore
    default: .drum
    }
  }

  private mutating func add(_ seconds: Double, _ hand: Int, _ finger: Int, _ levelDB: Double) {
    guard count < 8 else { return }
    steps[count] = Step(seconds: seconds, hand: hand, finger: finger, levelDB: levelDB)
    count += 1
  }

  /// One finger, with an accent on every first of one to four taps.
  private mutating func single(_ hand: Int, _ beat: Double, _ dice: inout Dice) {
    let group = dice.whole(1...4)
    let accentDB = group == 1 ? 0 : dice.uniform(1.5...4)
    for k in 0..<group { add(Double(k) * beat, hand, 0, k == 0 ? accentDB : -accentDB / Double(group)) }
    seconds = Double(group) * beat
  }

  /// Two fingers, or two hands, in turn; the second tap is weaker and slightly off the beat.
  private mutating func alternate(
    _ hand: Int, _ other: Int, _ beat: Double, _ variation: Double, _ dice: inout Dice
  ) {
    add(0, hand, 0, 0.5)
    add(beat * (1 + 0.08 * variation * dice.uniform(-1...1)), other, hand == other ? 1 : 0, -1.5)
    seconds = 2 * beat
    wander = 0.03
  }

  /// A roll of four fingers, from the little finger to the index finger or back. Sometimes a second roll
  /// answers in the other direction, with the other hand if both play.
  private mutating func roll(
    _ hand: Int, _ other: Int, _ beat: Double, _ variation: Double, _ dice: inout Dice
  ) {
    let bar = max(0.34, 4 * beat)
    let fingerSeconds = min(dice.uniform(0.05...0.10), bar / 5)
    let inwards = dice.chance(0.8)
    let answered = dice.chance(0.3)
    for turn in 0..<(answered ? 2 : 1) {
      var time = Double(turn) * bar
      for k in 0..<4 {
        let finger = inwards == (turn == 0) ? 3 - k : k
        add(time, turn == 0 ? hand : other, finger, k == 0 || k == 3 ? -1.5 : 0)
        time += fingerSeconds * (1 + 0.15 * variation * dice.uniform(-1...1))
      }
    }
    seconds = bar * (answered ? 2 : 1)
  }

  /// Two fingers in fast, light alternation.
  private mutating func flutter(_ hand: Int, _ other: Int, _ beat: Double) {
    add(0, hand, 0, 0)
    add(beat, other, hand == other ? 1 : 0, -1)
    seconds = 2 * beat
    levelDB = -3
    wander = 0.04
    sliding = 0.1
  }

  /// One or two slow touches, with slides over the object between them.
  private mutating func explore(_ hand: Int, _ beat: Double, _ dice: inout Dice) {
    let pair = dice.chance(0.5)
    add(0, hand, 0, 0)
    if pair { add(beat * dice.uniform(0.25...0.5), hand, 1, -2) }
    seconds = beat * (pair ? 1.7 : 1)
    levelDB = -3
    wander = 0.12
    sliding = 1
  }

  /// A rhythm of eight steps with accents, played by two fingers or two hands.
  private mutating func drum(_ hand: Int, _ other: Int, _ step: Double, _ dice: inout Dice) {
    let rhythm = Rhythm.any(&dice)
    let accentDB = dice.uniform(2.5...5)
    for k in 0..<8 where rhythm.taps & (0x80 >> UInt8(k)) != 0 {
      let second = rhythm.second & (0x80 >> UInt8(k)) != 0
      let accent = rhythm.accents & (0x80 >> UInt8(k)) != 0
      add(
        Double(k) * step, second ? other : hand, second && hand == other ? 1 : 0,
        (accent ? accentDB : -1.5) - (second ? 1 : 0))
    }
    seconds = 8 * step
    wander = 0.01
    sliding = 0.1
  }
}

/// A rhythm of eight steps as bit masks, the first step in the highest bit.
private struct Rhythm {
  /// The steps with a tap, those with an accent, and those of the second hand.
  let taps: UInt8
  let accents: UInt8
  let second: UInt8

  static func any(_ dice: inout Dice) -> Rhythm {
    switch dice.choose(6) {
    case 0: Rhythm(taps: 0b1111_1111, accents: 0b1000_1000, second: 0b0100_1011)  // a paradiddle
    case 1: Rhythm(taps: 0b1001_0010, accents: 0b1000_0000, second: 0b0001_0000)  // three, three, two
    case 2: Rhythm(taps: 0b1011_1011, accents: 0b1000_1000, second: 0b0001_0001)  // a gallop
    case 3: Rhythm(taps: 0b1010_1100, accents: 0b1000_1000, second: 0b0010_0100)
    case 4: Rhythm(taps: 0b1101_1010, accents: 0b1001_0000, second: 0b0100_1000)  // five of eight
    default: Rhythm(taps: 0b1010_1110, accents: 0b1000_0000, second: 0b0010_0100)
    }
  }
}
