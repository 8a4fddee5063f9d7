import TingleDSP

/// A moving average of block energies. Sums of integers: no rounding error remains when a block leaves the
/// window.
struct BlockMean: ~Copyable {
  private let ring: Buffer<Int64>
  private var index = 0
  private var sum: Int64 = 0

  /// - Parameter blocks: the length of the window.
  init(blocks: Int) { ring = Buffer(repeating: 0, count: blocks) }

  /// Clears the window.
  mutating func reset() {
    ring.fill(0)
    (index, sum) = (0, 0)
  }

  /// Adds the newest block's energy and drops the oldest.
  mutating func push(_ energy: Float) {
    let quantized = BlockEnergy.quantized(energy)
    sum += quantized - ring[index]
    ring[index] = quantized
    index = index + 1 == ring.count ? 0 : index + 1
  }

  /// The mean energy of a block.
  var mean: Float { Float(sum) / (BlockEnergy.unit * Float(ring.count)) }
}

/// Fixed-point block energies, so that sums are exact.
enum BlockEnergy {
  /// The integer value of an energy of 1.
  static let unit: Float = 0x1p30
  // Higher energies are clipped, so that sums do not overflow.
  private static let highest: Float = 1e7

  /// An energy as an integer.
  static func quantized(_ energy: Float) -> Int64 { Int64(unit * min(highest, energy)) }
}
