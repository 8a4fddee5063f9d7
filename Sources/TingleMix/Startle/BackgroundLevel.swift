import TingleDSP

/// The level that a sound keeps between its events: a low quantile of its energy in tenths of a second, over the last seconds;
/// of each tenth its quietest part counts.
///
/// It follows a rise only after most of the window is louder, so a passage of events never becomes its own background.
/// Finite memory: tenths are counted from block zero of the grid.
struct BackgroundLevel {
  /// Blocks after which nothing is remembered.
  let memoryBlocks: Int

  private static let windowSeconds = 6.0
  private static let tenthSeconds = 0.1
  private static let quantile = 0.15

  private let partBlocks: Int
  private let parts: Int
  private let bias: Float
  private let ring: UnsafeMutableBufferPointer<Int64>
  private let sorted: UnsafeMutableBufferPointer<Int64>
  private var index = 0
  private var sum: Int64 = 0
  private var least = Int64.max
  /// The mean energy of a block of the background.
  private(set) var energy: Float = 0

  /// - Parameters:
  ///   - parts: into how many parts a tenth of a second is cut.
  ///   - biasDB: how far the quantile of steady noise lies under its mean.
  ///   - blocksPerSecond: the grid's.
  init(parts: Int, biasDB: Double, blocksPerSecond: Double) {
    self.parts = parts
    bias = Float(Maths.pow(10, biasDB / 10))
    partBlocks = max(1, Int((Self.tenthSeconds * blocksPerSecond / Double(parts)).rounded()))
    let tenths = Int((Self.windowSeconds / Self.tenthSeconds).rounded())
    memoryBlocks = (tenths + 2) * parts * partBlocks
    ring = .allocate(capacity: tenths)
    ring.initialize(repeating: 0)
    sorted = .allocate(capacity: tenths)
    sorted.initialize(repeating: 0)
  }

  func deallocate() {
    ring.deallocate()
    sorted.deallocate()
  }

  /// Clears the window.
  mutating func reset() {
    ring.update(repeating: 0)
    (index, sum, least, energy) = (0, 0, .max, 0)
  }

  /// Takes the energy of block `number`.
  mutating func push(_ energy: Float, block number: Int) {
    sum += BlockEnergy.whole(energy)
    guard (number + 1) % partBlocks == 0 else { return }
    least = min(least, sum)
    sum = 0
    guard (number + 1) % (parts * partBlocks) == 0 else { return }
    ring[index] = least
    index = index + 1 == ring.count ? 0 : index + 1
    least = .max
    self.energy = bias * Float(low()) / (BlockEnergy.unit * Float(partBlocks))
  }

  /// The quantile, by insertion sort: a tenth of a second differs little from the one before, and the window is short.
  private func low() -> Int64 {
    var count = 0
    for value in ring {
      var k = count
      while k > 0, sorted[k - 1] > value {
        sorted[k] = sorted[k - 1]
        k -= 1
      }
      sorted[k] = value
      count += 1
    }
    return sorted[Int(Double(count) * Self.quantile)]
  }
}
