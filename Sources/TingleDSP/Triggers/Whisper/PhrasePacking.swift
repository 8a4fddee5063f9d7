/// Packs the breath groups of a text into slots of equal length: one long or several short ones each.
package struct PhrasePacking: Sendable {
  /// The largest number of phonemes in a slot, limited by the capacity of `SegmentTrack`.
  private static let maximumSymbols = 96

  /// The length of a slot, in seconds.
  package let slotSeconds: Double
  /// The number of slots that the text takes.
  package let count: Int
  // The first breath group of each slot, and the end of the last.
  private var starts = InlineArray<1025, Int32>(repeating: 0)

  /// Packs all breath groups in order, with the slot length that minimises the total duration.
  package init(_ speech: Speech, _ settings: Whisper) {
    let groups = (0..<speech.breathGroupCount).map { index in
      BreathGroup(
        seconds: WhisperScript.seconds(of: speech, breathGroup: index, settings),
        symbols: speech.range(ofBreathGroup: index).count)
    }
    let longest = groups.map(\.seconds).max() ?? 1
    let candidates = (0..<24).map { Self.packed(groups, maximumSeconds: longest * (1 + Double($0) / 12)) }
    let best = candidates.min { Self.seconds($0) < Self.seconds($1) } ?? []
    slotSeconds = Self.slotSeconds(best)
    count = best.count
    for (index, slot) in best.enumerated() { starts[index] = Int32(slot.first) }
    starts[count] = Int32(speech.breathGroupCount)
  }

  /// The breath groups of a slot.
  package subscript(slot: Int) -> Range<Int> { Int(starts[slot])..<Int(starts[slot + 1]) }

  private struct BreathGroup { var seconds: Double, symbols: Int }
  private struct Slot { var first: Int, seconds: Double, symbols: Int }

  /// First-fit in order: a breath group goes into the current slot if it fits, otherwise into a new one.
  private static func packed(_ groups: [BreathGroup], maximumSeconds: Double) -> [Slot] {
    var slots: [Slot] = []
    for (index, group) in groups.enumerated() {
      if let last = slots.last {
        let seconds = last.seconds + WhisperScript.meanPauseSeconds + group.seconds
        let symbols = last.symbols + group.symbols
        if seconds <= maximumSeconds, symbols <= maximumSymbols {
          slots[slots.count - 1] = Slot(first: last.first, seconds: seconds, symbols: symbols)
          continue
        }
      }
      slots.append(Slot(first: index, seconds: group.seconds, symbols: group.symbols))
    }
    return slots
  }

  private static func seconds(_ slots: [Slot]) -> Double { Double(slots.count) * slotSeconds(slots) }

  /// The longest slot plus 3 %, because durations vary from reading to reading, plus a pause.
  private static func slotSeconds(_ slots: [Slot]) -> Double {
    1.03 * (slots.map(\.seconds).max() ?? 1) + WhisperScript.meanPauseSeconds
  }
}
