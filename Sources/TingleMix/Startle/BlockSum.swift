/// A moving mean over the energies of the last blocks, in whole numbers: what leaves the window leaves no rounding behind.
struct BlockSum {
  private let ring: UnsafeMutableBufferPointer<Int64>
  private var index = 0
  private var sum: Int64 = 0

  /// - Parameter blocks: the length of the window.
  init(blocks: Int) {
    ring = .allocate(capacity: blocks)
    ring.initialize(repeating: 0)
  }

  func deallocate() { ring.deallocate() }

  /// Clears the window.
  mutating func reset() {
    ring.update(repeating: 0)
    (index, sum) = (0, 0)
  }

  /// Adds the newest block's energy and drops the oldest.
  mutating func push(_ energy: Float) {
    let whole = BlockEnergy.whole(energy)
    sum += whole - ring[index]
    ring[index] = whole
    index = index + 1 == ring.count ? 0 : index + 1
  }

  /// The mean energy of a block.
  var mean: Float { Float(sum) / (BlockEnergy.unit * Float(ring.count)) }
}

/// A block's energy as a whole number, so that sums are exact.
enum BlockEnergy {
  static let unit: Float = 0x1p30
  // No block's energy is counted higher.
  private static let highest: Float = 1e7

  static func whole(_ energy: Float) -> Int64 { Int64(unit * min(highest, energy)) }
}
