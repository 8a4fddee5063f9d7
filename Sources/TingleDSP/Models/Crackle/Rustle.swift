/// The background of faint snaps: event queue -> two shared modes per facet -> sum.
///
/// All snaps of a facet excite the same two modes, so the cost does not depend on their number. A silent
/// rustle costs nothing.
struct Rustle: Sendable {
  private struct Push: Sendable {
    var facet = 0
    var amplitude: Float = 0
  }

  /// The number of facets that rustle, one for each SIMD lane.
  static let facets = 8
  private var modes = ModalBank<2>()
  // What a snap with amplitude 1 adds to the state of the first and of the second mode of each facet.
  private var first = InlineArray<8, SIMD2<Float>>(repeating: .zero)
  private var second = InlineArray<8, SIMD2<Float>>(repeating: .zero)
  private var pending = EventQueue<96, Push>(filler: Push())

  /// A faint snap is inaudible after this time.
  private static let ringSeconds = 0.05

  /// Tunes the modes at an index to a facet of the sheet.
  mutating func tune(_ index: Int, to facet: Facet, pulseSeconds: Double, sampleRate: Double) {
    first[index] = tune(index, to: facet.modes[0], pulseSeconds, sampleRate)
    second[index] = tune(8 + index, to: facet.modes[1], pulseSeconds, sampleRate)
    // The facets lie side by side.
    let balance = 0.9 * (Double(index) + 0.5) / Double(Self.facets) - 0.45
    modes.setBalance(index, balance)
    modes.setBalance(8 + index, -balance)
  }

  private mutating func tune(
    _ index: Int, to mode: Mode, _ pulseSeconds: Double, _ sampleRate: Double
  ) -> SIMD2<Float> {
    let push = modes.tune(
      index, frequencyHz: min(mode.frequencyHz, 0.45 * sampleRate), dampingPerSecond: mode.dampingPerSecond,
      sampleRate: sampleRate)
    let isHeard = mode.frequencyHz < 0.45 * sampleRate
    return isHeard ? Float(mode.gain * PulseSpectrum.hann(mode.frequencyHz * pulseSeconds)) * push : .zero
  }

  /// Adds a faint snap.
  /// - Parameter delayFrames: the delay of the snap, counted from the first frame of the next block.
  mutating func push(_ facet: Int, amplitude: Double, delayFrames: Int) {
    pending.add(Push(facet: facet, amplitude: Float(amplitude)), delayFrames: delayFrames)
  }

  var isOver: Bool { pending.isEmpty && modes.isSilent }

  /// Adds the rustle to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, sampleRate: Double) {
    guard !isOver else { return }
    let ringFrames = Int(Self.ringSeconds * sampleRate)
    var done = 0
    while let (start, push) = pending.next(before: block.count) {
      let frame = max(done, start)
      modes.add(to: &block, in: done..<frame)
      done = frame
      modes.strike(push.facet, push: push.amplitude * first[push.facet], frames: ringFrames)
      modes.strike(8 + push.facet, push: push.amplitude * second[push.facet], frames: ringFrames)
    }
    modes.add(to: &block, in: done..<block.count)
    pending.advance(frames: block.count)
  }
}
