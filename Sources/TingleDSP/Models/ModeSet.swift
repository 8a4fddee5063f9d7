/// The modes of one object: a list of at most `capacity`, stored inline.
struct ModeSet<let capacity: Int>: Sendable {
  private var modes = InlineArray<capacity, Mode>(repeating: Mode())
  private(set) var count = 0

  /// Creates an empty set.
  init() {}

  /// Appends a mode.
  mutating func append(_ mode: Mode) {
    modes[count] = mode
    count += 1
  }

  /// Scales the gains so that their squares add up to 1.
  mutating func normalise() {
    var energy = 0.0
    for k in 0..<count { energy += modes[k].gain * modes[k].gain }
    for k in 0..<count { modes[k].gain /= energy.squareRoot() }
  }

  /// The mode at an index; a mode with zero gain from `count` on.
  @inline(__always) subscript(index: Int) -> Mode {
    // Yields the element in place: a plain getter copies the whole array to read one element.
    _read { yield modes[index] }
  }
}
