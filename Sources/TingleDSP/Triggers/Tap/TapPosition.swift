/// Where the hands tap for a few phrases before they move: the position on the object, and which object.
struct TapPosition: Sendable {
  /// The centre of the taps on the object, 0 ... 1.
  let position: Double
  /// Whether the hands tap the other object.
  let isOther: Bool
  /// Whether this is the first phrase at the position.
  let isNew: Bool
  private static let phrasesPerPosition = 3.0

  /// The position of the phrase that starts at `seconds`: a pure function of time.
  init(at seconds: Double, slotSeconds: Double, hasOther: Bool, layer: Draws) {
    let stay = Self.phrasesPerPosition * slotSeconds
    let index = Int((seconds / stay).rounded(.down))
    var dice = Dice(layer.branch("place").branch(index))
    position = dice.uniform(0.1...0.9)
    isOther = hasOther && dice.chance(0.2) != index.isMultiple(of: 2)
    isNew = Int(((seconds - slotSeconds) / stay).rounded(.down)) != index
  }
}
