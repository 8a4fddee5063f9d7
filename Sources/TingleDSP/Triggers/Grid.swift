/// The grid of blocks on which everything is rendered: 256 frames each, counted from frame 0 of the mix.
///
/// A voice renders one grid block per call. The caller's block size, the start frame and the number of
/// threads select from what the grid renders, and never change it.
public enum Grid {
  /// The number of frames in a block; a power of two.
  public static let frames = 256

  /// The number of the block that contains `frame`. Both can be negative.
  public static func block(of frame: Int) -> Int { frame >> frames.trailingZeroBitCount }

  /// The first frame of block `number`.
  public static func start(of number: Int) -> Int { number * frames }
}
