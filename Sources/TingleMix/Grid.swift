import TingleDSP

/// The grid on which everything is computed: blocks of 256 frames counted from frame 0 of the mix.
///
/// What a caller asks for, where it starts and how many workers share the work only slice what the grid gave.
public enum Grid {
  /// Frames in a block.
  public static let frames = 256

  /// The number of the block that holds `frame`, which may be negative.
  public static func block(of frame: Int) -> Int { frame >> 8 }

  /// The first frame of block `number`.
  public static func start(of number: Int) -> Int { number << 8 }
}

/// A frame of the mix: left and right.
public typealias StereoFrame = SIMD2<Float>
