import TingleDSP

/// The automation of one layer: arc, schedule or rotation, and wake-up combined into a gain and an amount of
/// high damping. Pure functions of time.
struct LayerAutomation: ~Copyable {
  let arc: Arc
  let isBed: Bool
  /// The start and the end of the wake-up in seconds; nil for none.
  let wake: (start: Double, end: Double)?
  /// Whether the layer takes part in the schedule or the rotation.
  let rotates: Bool
  /// The layer's turns in time order.
  let turns: Buffer<LayerRotation.Turn>
  let crossfadeSeconds: Double

  /// The wake-up's targets in decibels: the gain of the triggers, and the rise of the bed over its gain at
  /// night.
  static let wakeDB = (triggers: -6.0, bed: 4.0)

  /// - Parameter crossfadeSeconds: the length of the fades of the turns; nil for that of the mix.
  init(_ mix: Mix, isBed: Bool, turns: [LayerRotation.Turn]?, crossfadeSeconds: Double? = nil) {
    arc = mix.arc
    self.isBed = isBed
    wake = mix.wakeSeconds.map { (max(0, mix.durationSeconds - $0), mix.durationSeconds) }
    self.crossfadeSeconds =
      crossfadeSeconds ?? mix.schedule?.crossfadeSeconds ?? mix.rotation?.crossfadeSeconds ?? 0
    rotates = turns != nil
    self.turns = Buffer(turns ?? [])
  }

  /// The gain at a time of the mix.
  func gain(at seconds: Double) -> Double {
    let night = arc.gain(at: seconds, isBed: isBed)
    return rotationGain(at: seconds) * (wake.map { wakeGain(at: seconds, $0, over: night) } ?? night)
  }

  /// The amount of high damping at a time of the mix, 0 to 1.
  func highDamping(at seconds: Double) -> Double { arc.highDamping(at: seconds) }

  /// Whether the gain is 0 from `start` to `end`.
  func isSilent(from start: Double, to end: Double) -> Bool {
    if rotates, turn(endingAfter: start).map({ $0.start >= end }) ?? true { return true }
    return arc.gain(at: start, isBed: isBed) == 0 && (wake.map { end <= $0.start } ?? true)
  }

  /// The arc's gain, raised to the wake-up's target during the wake-up.
  private func wakeGain(
    at seconds: Double, _ wake: (start: Double, end: Double), over night: Double
  ) -> Double {
    let progress = Curves.step((seconds - wake.start) / (wake.end - wake.start))
    let target =
      isBed ? night * Maths.amplitude(dB: Self.wakeDB.bed) : Maths.amplitude(dB: Self.wakeDB.triggers)
    return night + progress * max(0, target - night)
  }

  /// The layer's equal-power cross-fade gain within its turns.
  private func rotationGain(at seconds: Double) -> Double {
    guard rotates else { return 1 }
    guard let turn = turn(endingAfter: seconds), turn.start < seconds else { return 0 }
    return Curves.equalPower((seconds - turn.start) / crossfadeSeconds).fadeIn
      * Curves.equalPower((turn.end - seconds) / crossfadeSeconds).fadeIn
  }

  /// The first turn that ends after a time, by binary search.
  private func turn(endingAfter seconds: Double) -> LayerRotation.Turn? {
    var (low, high) = (0, turns.count)
    while low < high {
      let middle = (low + high) / 2
      if turns[middle].end > seconds { high = middle } else { low = middle + 1 }
    }
    return low < turns.count ? turns[low] : nil
  }
}
