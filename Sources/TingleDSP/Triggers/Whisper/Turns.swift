/// How the breaths of the words are laid into a layer's even slots: as many short ones to a slot as one long one takes.
struct Turns: Sendable {
  /// From one turn to the next.
  let slotSeconds: Double
  /// How many turns the words take.
  let count: Int
  // The breath that each turn begins with.
  private var starts = InlineArray<1025, Int32>(repeating: 0)

  /// Lays out all the breaths as `settings` say them.
  init(_ speech: Speech, _ settings: Whisper) {
    var lengths = InlineArray<1024, Float>(repeating: 0)
    var longest = 1.0
    for breath in 0..<speech.breaths {
      let seconds = WhisperScript.seconds(of: speech, breath: breath, settings)
      lengths[breath] = Float(seconds)
      longest = max(longest, seconds)
    }
    // Lengths vary by a few hundredths from one reading to the next.
    slotSeconds = 1.05 * longest + 0.4
    var turns = 0
    var seconds = Double.infinity
    var sounds = 0
    for breath in 0..<speech.breaths {
      let length = Double(lengths[breath])
      let soundsInBreath = speech.range(ofBreath: breath).count
      if seconds + length > 1.02 * longest || sounds + soundsInBreath > Speech.mostSoundsInBreath {
        starts[turns] = Int32(breath)
        turns += 1
        (seconds, sounds) = (0, 0)
      }
      seconds += length + WhisperScript.meanPauseSeconds
      sounds += soundsInBreath
    }
    count = turns
    starts[turns] = Int32(speech.breaths)
  }

  /// The breaths of a turn.
  subscript(turn: Int) -> Range<Int> { Int(starts[turn])..<Int(starts[turn + 1]) }
}
