import TingleDSP

/// Which voices of a layer start when: slots of equal length on the time axis, one voice somewhere in each.
///
/// The score reaches from the endless past to the endless future; a mix is a window on it. So nothing special
/// happens at the beginning, and asking for the voices that sound at hour seven costs what it costs at minute one.
package struct Score: Sendable {
  package let timing: Timing
  package let draws: Draws
  package let sampleRate: Double
  /// What all voices of the layer share.
  package let layerDraws: Draws
  private let jitter: Draws

  package init(timing: Timing, draws: Draws, sampleRate: Double) {
    self.timing = timing
    self.draws = draws
    self.sampleRate = sampleRate
    layerDraws = draws.branch("layer")
    jitter = draws.branch("start")
  }

  /// The frame at which voice `index` starts.
  package func startFrame(of index: Int) -> Int {
    let within = timing.jitter * jitter.uniform(UInt64(bitPattern: Int64(index)))
    return Int(((Double(index) + within) * timing.slotSeconds * sampleRate).rounded())
  }

  /// The first voice that starts at `frame` or after it.
  package func firstIndex(from frame: Int) -> Int {
    let slot = Double(frame) / (timing.slotSeconds * sampleRate)
    var index = Int(slot.rounded(.down)) - 1
    while startFrame(of: index) < frame { index += 1 }
    return index
  }

  /// The most frames a voice can sound, its last block rounded up.
  package var longestFrames: Int { Int((timing.longestSeconds * sampleRate).rounded(.up)) + Grid.frames }

  /// The most voices that can sound at once.
  package var mostVoices: Int {
    Int((timing.longestSeconds / timing.slotSeconds + timing.jitter).rounded(.up)) + 2
  }

  /// What voice `index` is told.
  package func cue(for index: Int) -> Cue {
    let start = startFrame(of: index)
    return Cue(
      index: index, seconds: Double(start) / sampleRate, spanFrames: startFrame(of: index + 1) - start,
      draws: draws.branch(index), layer: layerDraws, sampleRate: sampleRate)
  }
}
