import TingleDSP

/// The mixer's interface to a layer: one dynamic call per block. The base class of `TriggerLayerRenderer`.
class LayerRenderer {
  /// Makes `block` the next one to render, with every voice in the state it has there.
  func seek(toBlock block: Int) {}
  /// Adds the next block to the mix and, if there is a room, to the room send.
  func render(into mix: inout MutableSpan<StereoFrame>, room: UnsafeMutableBufferPointer<Float>?) {}
  /// Whether the layer is on the trigger bus of the startle guard: triggers, and beds with silence between
  /// events.
  final let isGuarded: Bool
  /// The number of past frames that the output depends on after the voices.
  var memoryFrames: Int { 0 }
  /// The mean square of the last block before the spatializer; 0 unless the mix is metered.
  final var power: Float = 0

  init(isGuarded: Bool) { self.isGuarded = isGuarded }
}
