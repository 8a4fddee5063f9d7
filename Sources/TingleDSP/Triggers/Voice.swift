/// One sounding event of a trigger, such as a run of taps, a crinkling gesture or a breath group.
///
/// A voice starts once, holds all its state, is independent of other voices, and ends within the
/// `Timing.longestSeconds` of its trigger.
///
/// Real-time contract of `init` and `render`: no allocation, no lock, no reference counting, no system call,
/// only finite numbers. A voice renders on the block grid of the mix, so its per-block work does not depend
/// on the caller. Keep state in `InlineArray`s. Put what needs memory of its own into `Shared`.
public protocol Voice: Sendable {
  /// The trigger of the voice.
  associatedtype Settings: Trigger
  /// The state that all voices of a layer share, computed once when the mix is prepared: filters, the object
  /// struck.
  associatedtype Shared: Sendable

  /// Computes the shared state. This is not on the real-time path: it can allocate.
  static func prepare(_ settings: Settings, layer: Draws, sampleRate: Double) -> Shared
  /// Starts a voice.
  init(_ shared: borrowing Shared, cue: Cue)
  /// Adds the next `block.count` frames (left ear, right ear) to `block`: `Grid.frames`, or fewer in the
  /// first block.
  /// - Returns: whether more frames will follow.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool
}
