import TingleDSP

/// Which voices of a layer start when: slots of equal length on a clock that may slow down, one voice somewhere in each.
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
  private let tempo: Tempo

  init(timing: Timing, tempo: Tempo, draws: Draws, sampleRate: Double) {
    self.timing = timing
    self.tempo = tempo
    self.draws = draws
    self.sampleRate = sampleRate
    layerDraws = draws.branch("layer")
    jitter = draws.branch("start")
  }

  /// A score at an even pace.
  package init(timing: Timing, draws: Draws, sampleRate: Double) {
    self.init(timing: timing, tempo: .even, draws: draws, sampleRate: sampleRate)
  }

  /// The frame at which voice `index` starts.
  package func startFrame(of index: Int) -> Int {
    let within = timing.jitter * jitter.uniform(UInt64(bitPattern: Int64(index)))
    return Int((tempo.seconds(at: (Double(index) + within) * timing.slotSeconds) * sampleRate).rounded())
  }

  /// The first voice that starts at `frame` or after it.
  package func firstIndex(from frame: Int) -> Int {
    let slot = tempo.clock(at: Double(frame) / sampleRate) / timing.slotSeconds
    var index = Int(slot.rounded(.down)) - 1
    while startFrame(of: index) < frame { index += 1 }
    return index
  }

  /// The most frames a voice can sound, its last block rounded up.
  package var longestFrames: Int {
    let span = timing.slotSeconds * (1 + timing.jitter) / tempo.slowest
    return Int(((span + timing.tailSeconds) * sampleRate).rounded(.up)) + Grid.frames
  }

  /// The most voices that can sound at once.
  package var mostVoices: Int {
    Int((timing.longestSeconds / timing.slotSeconds / tempo.slowest + timing.jitter).rounded(.up)) + 2
  }

  /// What voice `index` is told.
  package func cue(for index: Int) -> Cue {
    let start = startFrame(of: index)
    let seconds = Double(start) / sampleRate
    return Cue(
      index: index, seconds: seconds, spanFrames: startFrame(of: index + 1) - start,
      pace: tempo.pace(at: seconds), draws: draws.branch(index), layer: layerDraws, sampleRate: sampleRate)
  }
}
