/// A strike of up to eight modes: modal bank -> smooth fade-in over the contact -> sum.
///
/// The fade-in lasts as long as the contact, so the sound starts without a click.
struct Strike: Sendable {
  /// The modes; set them before the first render.
  var modes = ModalBank<1>()
  private var delay = StartDelay()
  private var onsetFramesLeft = 0
  private var onset: Float = 0
  private var onsetStep: Float = 0

  /// Creates a finished strike.
  init() {}

  /// - Parameters:
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  ///   - onsetFrames: the length of the contact, 1 or more.
  init(delayFrames: Int, onsetFrames: Double) {
    delay = StartDelay(frames: delayFrames)
    onsetFramesLeft = Int(onsetFrames.rounded(.up))
    onsetStep = Float(1 / onsetFrames)
  }

  var isOver: Bool { modes.isSilent }

  /// Adds the strike to a block.
  /// - Returns: the first frame of the block in which the strike is on, or nil if it starts after the block.
  @discardableResult mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Int? {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return nil }
    let onsetEnd = min(block.count, first + onsetFramesLeft)
    for i in first..<onsetEnd {
      onset = min(1, onset + onsetStep)
      block[i] += modes.next() * (onset * onset * (3 - 2 * onset))
    }
    modes.elapse(frames: onsetEnd - first)
    modes.add(to: &block, in: onsetEnd..<block.count)
    onsetFramesLeft -= onsetEnd - first
    return first
  }
}
