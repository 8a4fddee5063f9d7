/// Up to eight modes set ringing by a blow that takes its time: they come as it presses, not before a frame of its own.
struct Strike: Sendable {
  /// To be set before it begins.
  var modes = ModalBank<1>()
  private var framesUntilStart = 0
  private var onsetFramesLeft = 0
  private var onset: Float = 0
  private var onsetStep: Float = 0

  /// A strike that is over.
  init() {}

  /// - Parameters:
  ///   - delayFrames: frames from the next block's first until it begins.
  ///   - onsetFrames: how long the blow takes; 1 or more.
  init(delayFrames: Int, onsetFrames: Double) {
    framesUntilStart = delayFrames
    onsetFramesLeft = Int(onsetFrames.rounded(.up))
    onsetStep = Float(1 / onsetFrames)
  }

  /// The spectrum of a Hann pulse of unit area, at a frequency given in cycles per pulse.
  static func pulseSpectrum(_ cycles: Double) -> Double {
    guard cycles > 1e-3 else { return 1 }
    let offset = 1 - cycles * cycles
    guard abs(offset) > 1e-4 else { return 0.5 }
    return abs(Maths.sinCos(turns: cycles / 2).sin / (.pi * cycles * offset))
  }

  var isOver: Bool { modes.isSilent }

  /// Adds what rings to a block.
  /// - Returns: the frame of the block from which it may be heard; nil if that is not in this one.
  @discardableResult mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Int? {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return nil
    }
    let first = framesUntilStart
    framesUntilStart = 0
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
