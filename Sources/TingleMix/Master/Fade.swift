import TingleDSP

/// The fade-in and fade-out of the track: raised-cosine gain, a pure function of the frame.
struct Fade: Sendable {
  private let inFrames: Double
  private let outFrames: Double
  private let endFrame: Int

  /// The fades of a mix. Both are shortened by the same factor if they do not fit into the track.
  init(_ mix: Mix, sampleRate: Double) {
    let wanted = mix.master.fadeInSeconds + mix.master.fadeOutSeconds
    let share = wanted > mix.durationSeconds ? mix.durationSeconds / wanted : 1
    inFrames = max(1, mix.master.fadeInSeconds * share * sampleRate)
    outFrames = max(1, mix.master.fadeOutSeconds * share * sampleRate)
    endFrame = mix.durationFrames(sampleRate: sampleRate)
  }

  /// The gain at a frame; 0 outside the track.
  func gain(at frame: Int) -> Double {
    Curves.step(Double(frame) / inFrames) * Curves.step(Double(endFrame - frame) / outFrames)
  }

  /// Multiplies a block by the fade and a constant gain.
  /// - Parameter startFrame: the frame of the mix at which the block starts.
  func apply(to block: inout MutableSpan<StereoFrame>, gain: Float, startFrame: Int) {
    let start = gain * Float(self.gain(at: startFrame))
    let end = gain * Float(self.gain(at: startFrame + block.count))
    if start == end {
      for i in block.indices { block[i] *= start }
    } else {
      var ramp = Ramp(from: start, to: end, frames: block.count)
      for i in block.indices { block[i] = ramp.next() * block[i] }
    }
    // The ramp reaches 0 only at the end of the block; the track can end before that.
    for i in max(0, min(block.count, endFrame - startFrame))..<block.count { block[i] = .zero }
  }
}
