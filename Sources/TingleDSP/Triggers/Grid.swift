/// The grid of blocks on which everything is rendered: 256 frames each, counted from frame 0 of the mix.
///
/// A voice renders one grid block per call. The caller's block size, the start frame and the number of
/// threads select from what the grid renders, and never change it.
public enum Grid {
  /// The number of frames in a block; a power of two.
  // Inlinable: a constant in the loops of all modules, which a stored property would not be.
  @inlinable public static var frames: Int { 256 }

  /// The number of the block that contains `frame`. Both can be negative.
  @inlinable public static func block(of frame: Int) -> Int { frame >> frames.trailingZeroBitCount }

  /// The first frame of block `number`.
  @inlinable public static func start(of number: Int) -> Int { number * frames }
}
