import TingleDSP

/// A background level estimator: a low quantile of the energies of the last 60 segments of 0.1 s.
///
/// block energy -> sum over each part of a segment -> minimum per segment -> 15 % quantile over 6 s -> bias
/// correction. The estimate follows a rise only after most of the window is louder, so a passage of events
/// does not become its own background. Memory: `memoryBlocks`; segments are counted from block 0 of the grid.
struct BackgroundLevel: ~Copyable {
  /// The number of past blocks that the estimate depends on.
  let memoryBlocks: Int

  private static let windowSeconds = 6.0
  private static let segmentSeconds = 0.1
  private static let quantile = 0.15

  private let partBlocks: Int
  private let parts: Int
  private let bias: Float
  private let ring: Buffer<Int64>
  private let sorted: Buffer<Int64>
  private var index = 0
  private var sum: Int64 = 0
  private var least = Int64.max
  /// The mean energy of a block of the background.
  private(set) var energy: Float = 0

  /// - Parameters:
  ///   - parts: the number of parts of a segment; the quietest one counts.
  ///   - biasDB: how far the estimate for steady noise is below its mean, in decibels.
  ///   - blocksPerSecond: the block rate of the grid.
  init(parts: Int, biasDB: Double, blocksPerSecond: Double) {
    self.parts = parts
    bias = Float(Maths.pow(10, biasDB / 10))
    partBlocks = max(1, Int((Self.segmentSeconds * blocksPerSecond / Double(parts)).rounded()))
    let segments = Int((Self.windowSeconds / Self.segmentSeconds).rounded())
    memoryBlocks = (segments + 2) * parts * partBlocks
    ring = Buffer(repeating: 0, count: segments)
    sorted = Buffer(repeating: 0, count: segments)
  }

  /// Clears the window.
  mutating func reset() {
    ring.fill(0)
    (index, sum, least, energy) = (0, 0, .max, 0)
  }

  /// Adds the energy of block `number`.
  mutating func push(_ energy: Float, block number: Int) {
    sum += BlockEnergy.quantized(energy)
    guard (number + 1) % partBlocks == 0 else { return }
    least = min(least, sum)
    sum = 0
    guard (number + 1) % (parts * partBlocks) == 0 else { return }
    ring[index] = least
    index = index + 1 == ring.count ? 0 : index + 1
    least = .max
    self.energy = bias * Float(lowQuantile()) / (BlockEnergy.unit * Float(partBlocks))
  }

  /// The quantile by insertion sort, which is fast here: the window is short and nearly sorted.
  private func lowQuantile() -> Int64 {
    for count in ring.indices {
      let value = ring[count]
      var k = count
      while k > 0, sorted[k - 1] > value {
        sorted[k] = sorted[k - 1]
        k -= 1
      }
      sorted[k] = value
    }
    return sorted[Int(Double(ring.count) * Self.quantile)]
  }
}
