/// How the breaths of the words are laid into a layer's even slots: some short ones to a slot, or one long one.
package struct PhrasePacking: Sendable {
  /// A turn of more sounds would not fit into an utterance.
  private static let mostSounds = 96

  /// From one turn to the next.
  package let slotSeconds: Double
  /// How many turns the words take.
  package let count: Int
  // The breath that each turn begins with.
  private var starts = InlineArray<1025, Int32>(repeating: 0)

  /// Lays out all the breaths as `settings` say them, so that the words are over as soon as can be.
  package init(_ speech: Speech, _ settings: Whisper) {
    let breaths = (0..<speech.breaths).map { breath in
      Breath(
        seconds: WhisperScript.seconds(of: speech, breath: breath, settings),
        sounds: speech.range(ofBreath: breath).count)
    }
    let longest = breaths.map(\.seconds).max() ?? 1
    let ways = (0..<24).map { Self.packed(breaths, mostSeconds: longest * (1 + Double($0) / 12)) }
    let best = ways.min { Self.seconds($0) < Self.seconds($1) } ?? []
    slotSeconds = Self.slotSeconds(best)
    count = best.count
    for (turn, packed) in best.enumerated() { starts[turn] = Int32(packed.first) }
    starts[count] = Int32(speech.breaths)
  }

  /// The breaths of a turn.
  package subscript(turn: Int) -> Range<Int> { Int(starts[turn])..<Int(starts[turn + 1]) }

  private struct Breath { var seconds: Double, sounds: Int }
  private struct Turn { var first: Int, seconds: Double, sounds: Int }

  /// Breath by breath into turns that are no longer than that.
  private static func packed(_ breaths: [Breath], mostSeconds: Double) -> [Turn] {
    var turns: [Turn] = []
    for (index, breath) in breaths.enumerated() {
      if let last = turns.last {
        let seconds = last.seconds + WhisperScript.meanPauseSeconds + breath.seconds
        let sounds = last.sounds + breath.sounds
        if seconds <= mostSeconds, sounds <= mostSounds {
          turns[turns.count - 1] = Turn(first: last.first, seconds: seconds, sounds: sounds)
          continue
        }
      }
      turns.append(Turn(first: index, seconds: breath.seconds, sounds: breath.sounds))
    }
    return turns
  }

  private static func seconds(_ turns: [Turn]) -> Double { Double(turns.count) * slotSeconds(turns) }

  /// Long enough for the longest turn, whose length varies by a few hundredths from one reading to the next, and a pause.
  private static func slotSeconds(_ turns: [Turn]) -> Double {
    1.03 * (turns.map(\.seconds).max() ?? 1) + WhisperScript.meanPauseSeconds
  }
}
