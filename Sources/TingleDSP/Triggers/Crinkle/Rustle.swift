/// The many snaps too faint to be told apart: all of a facet's go through the same two modes, however many there are.
/// When none has struck for a while it costs nothing.
struct Rustle: Sendable {
  private struct Push: Sendable {
    var frame = 0
    var facet = 0
    var amplitude: Float = 0
  }

  /// So many facets rustle, one to a SIMD lane.
  static let facets = 8
  private var modes = ModalBank<2>()
  // What makes the first and the second mode of each ring with their own gain.
  private var first = InlineArray<8, SIMD2<Float>>(repeating: .zero)
  private var second = InlineArray<8, SIMD2<Float>>(repeating: .zero)
  private var pushes = InlineList<96, Push>(repeating: Push())

  /// After this time nothing is heard of a faint snap any more.
  private static let ringSeconds = 0.05

  /// Tunes one of the eight to a facet of the sheet.
  mutating func tune(_ index: Int, to facet: Facet, pulseSeconds: Double, sampleRate: Double) {
    first[index] = tune(index, to: facet.modes[0], pulseSeconds, sampleRate)
    second[index] = tune(8 + index, to: facet.modes[1], pulseSeconds, sampleRate)
    // The facets lie side by side.
    let balance = 0.9 * (Double(index) + 0.5) / Double(Self.facets) - 0.45
    modes.turn(index, balance: balance)
    modes.turn(8 + index, balance: -balance)
  }

  private mutating func tune(
    _ index: Int, to mode: Facet.Mode, _ pulseSeconds: Double, _ sampleRate: Double
  ) -> SIMD2<Float> {
    let push = modes.tune(
      index, frequencyHz: min(mode.frequencyHz, 0.45 * sampleRate), dampingPerSecond: mode.dampingPerSecond,
      sampleRate: sampleRate)
    let isHeard = mode.frequencyHz < 0.45 * sampleRate
    return isHeard ? Float(mode.gain * Strike.pulseSpectrum(mode.frequencyHz * pulseSeconds)) * push : .zero
  }

  /// Lets a facet snap faintly.
  /// - Parameter delayFrames: frames from the next block's first until it does.
  mutating func push(_ facet: Int, amplitude: Double, delayFrames: Int) {
    pushes.append(Push(frame: delayFrames, facet: facet, amplitude: Float(amplitude)))
  }

  var isOver: Bool { pushes.isEmpty && modes.isSilent }

  /// Adds the rustle to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, sampleRate: Double) {
    guard !isOver else { return }
    let ringFrames = Int(Self.ringSeconds * sampleRate)
    var done = 0
    while let soonest = soonest(before: block.count) {
      let push = pushes[soonest]
      pushes.swapRemove(at: soonest)
      let frame = max(done, push.frame)
      modes.add(to: &block, in: done..<frame)
      done = frame
      modes.strike(push.facet, push: push.amplitude * first[push.facet], frames: ringFrames)
      modes.strike(8 + push.facet, push: push.amplitude * second[push.facet], frames: ringFrames)
    }
    modes.add(to: &block, in: done..<block.count)
    let count = block.count
    pushes.forEach { $0.frame -= count }
  }

  private mutating func soonest(before end: Int) -> Int? {
    var best: Int?
    for k in pushes.indices where pushes[k].frame < end {
      if let found = best, pushes[found].frame <= pushes[k].frame { continue }
      best = k
    }
    return best
  }
}
