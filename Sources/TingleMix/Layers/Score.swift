import TingleDSP

/// The score of one layer: which voice starts at which frame. Slots of equal length on the tempo's clock,
/// with one voice start per slot, jittered within it.
///
/// The score has no beginning and no end, and a mix is a window on it. Looking up the voices at hour seven
/// costs as much as at minute one.
package struct Score: Sendable {
  package let timing: Timing
  package let draws: Draws
  package let sampleRate: Double
  /// The draws that all voices of the layer share.
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

  /// A score at constant tempo.
  package init(timing: Timing, draws: Draws, sampleRate: Double) {
    self.init(timing: timing, tempo: .even, draws: draws, sampleRate: sampleRate)
  }

  /// The frame at which voice `index` starts.
  package func startFrame(of index: Int) -> Int {
    let offset = timing.jitter * jitter.uniform(UInt64(bitPattern: Int64(index)))
    return Int((tempo.seconds(at: (Double(index) + offset) * timing.slotSeconds) * sampleRate).rounded())
  }

  /// The first voice that starts at `frame` or later.
  package func firstIndex(from frame: Int) -> Int {
    let slot = tempo.clock(at: Double(frame) / sampleRate) / timing.slotSeconds
    var index = Int(slot.rounded(.down)) - 1
    while startFrame(of: index) < frame { index += 1 }
    return index
  }

  /// The longest possible voice in frames, with its last block rounded up.
  package var longestFrames: Int {
    let span = timing.slotSeconds * (1 + timing.jitter) / tempo.slowest
    return Int(((span + timing.tailSeconds) * sampleRate).rounded(.up)) + Grid.frames
  }

  /// The largest number of voices that can sound at once: the size of the voice pool.
  package var mostVoices: Int {
    Int((timing.longestSeconds / timing.slotSeconds / tempo.slowest + timing.jitter).rounded(.up)) + 2
  }

  /// The start parameters of voice `index`.
  package func cue(for index: Int) -> Cue {
    let start = startFrame(of: index)
    let seconds = Double(start) / sampleRate
    return Cue(
      index: index, seconds: seconds, spanFrames: startFrame(of: index + 1) - start,
      pace: tempo.pace(at: seconds), draws: draws.branch(index), layer: layerDraws, sampleRate: sampleRate)
  }
}
