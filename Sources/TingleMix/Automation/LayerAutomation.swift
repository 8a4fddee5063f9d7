import TingleDSP

/// A layer's part in the track: when it is there, how loud, how dark; a pure function of time.
struct LayerAutomation {
  let arc: Arc
  let isBed: Bool
  /// When the gentle end begins and ends, in seconds.
  let wake: (start: Double, end: Double)?
  /// The turns of a layer that takes turns; nil for one that is always there. The layer owns the memory.
  let turns: UnsafeMutableBufferPointer<LayerRotation.Turn>?
  let crossfadeSeconds: Double

  /// Towards the end triggers come back as far as this, and the bed rises by so much.
  static let wakeDB = (triggers: -6.0, bed: 4.0)

  init(_ mix: Mix, isBed: Bool, turns: [LayerRotation.Turn]?) {
    arc = mix.arc
    self.isBed = isBed
    wake = mix.wakeSeconds.map { (max(0, mix.durationSeconds - $0), mix.durationSeconds) }
    crossfadeSeconds = mix.program?.crossfadeSeconds ?? 0
    self.turns = turns.map {
      let memory = UnsafeMutableBufferPointer<LayerRotation.Turn>.allocate(capacity: $0.count)
      _ = memory.initialize(from: $0)
      return memory
    }
  }

  func deallocate() { turns?.deallocate() }

  /// The gain at a time.
  func gain(at seconds: Double) -> Double {
    let night = arc.gain(at: seconds, isBed: isBed)
    return presence(at: seconds) * (wake.map { morning(at: seconds, $0, over: night) } ?? night)
  }

  /// Whether nothing will be heard between two times.
  func isSilent(from start: Double, to end: Double) -> Bool {
    if let turns, next(after: start, in: turns).map({ $0.start >= end }) ?? true { return true }
    return arc.gain(at: start, isBed: isBed) == 0 && (wake.map { end <= $0.start } ?? true)
  }

  /// The night's gain, slowly brought up.
  private func morning(at seconds: Double, _ wake: (start: Double, end: Double), over night: Double) -> Double
  {
    let light = Curves.step((seconds - wake.start) / (wake.end - wake.start))
    let day = isBed ? night * Maths.amplitude(dB: Self.wakeDB.bed) : Maths.amplitude(dB: Self.wakeDB.triggers)
    return night + light * max(0, day - night)
  }

  private func presence(at seconds: Double) -> Double {
    guard let turns else { return 1 }
    guard let turn = next(after: seconds, in: turns), turn.start < seconds else { return 0 }
    return Curves.equalPower((seconds - turn.start) / crossfadeSeconds).fadeIn
      * Curves.equalPower((turn.end - seconds) / crossfadeSeconds).fadeIn
  }

  /// The first turn that is not over at a time.
  private func next(after seconds: Double, in turns: UnsafeMutableBufferPointer<LayerRotation.Turn>)
    -> LayerRotation.Turn?
  {
    var (low, high) = (0, turns.count)
    while low < high {
      let middle = (low + high) / 2
      if turns[middle].end > seconds { high = middle } else { low = middle + 1 }
    }
    return low < turns.count ? turns[low] : nil
  }
}
