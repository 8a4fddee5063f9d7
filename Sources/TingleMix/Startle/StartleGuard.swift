import TingleDSP

/// Keeps the triggers from standing out of the bed: how far their loudness may rise over it, and how fast.
///
/// The bed is left alone. The triggers, mixed, are turned down while they would rise too far: half-way between a fader that a
/// careful hand moves and a limiter, since the gain is where it has to be before a sound begins, and comes back over a second
/// or two. Two bounds hold, both relative to the bed and so at any volume:
///
/// - The momentary loudness (EBU R 128, 400 ms) rises at most `riseLU` over the bed's; and since the bed is always there, at
///   most so far over whatever came before.
/// - Within 10 ms the A-weighted level rises at most 20 dB.
///
/// Finite memory, like the limiter's: everything is counted in whole blocks of the grid, sums are of whole numbers, and no
/// gain is held below `deepestDB`.
final class StartleGuard {
  /// Blocks by which the output lags behind the input.
  static let delayBlocks = 5
  /// Frames after which nothing is remembered.
  let memoryFrames: Int

  private static let deepestDB = -80.0
  private static let releaseDBPerSecond = 30.0
  /// What a rise within 10 ms is held to; the rest of the 20 dB is the bed's own flutter.
  private static let suddenRatio: Float = 50
  /// Sounds begin before their loudness is known, and go on at it: so much is kept back for that.
  private static let reserveLU = 2.0

  /// Decibels that the triggers are turned down for each that they are too loud.
  private static let excess = 1.06

  private let mostRatio: Float
  private let deepest: Float
  private let releaseFactor: Float
  private var energy: WeightedEnergy
  private let chunkBlocks: Int
  // What a bed that is not there would have, per block.
  private let floor: (loudness: Float, level: Float)
  private var bedLoudness: BlockSum
  private var bedLevel: BlockSum
  private var momentary: BlockSum
  private var short: BlockSum
  private var recent = SIMD4<Float>.zero
  private var released: Float = 1
  private var gainBefore: Float = 1
  // Wanted gains, newest last, and the lowest over the look-ahead.
  private var wanted = InlineArray<6, Float>(repeating: 1)
  private var lowest = InlineArray<5, Float>(repeating: 1)
  private static let bell: InlineArray<5, Float> = [0.0625, 0.25, 0.375, 0.25, 0.0625]
  // Blocks on their way.
  private let bedLine: UnsafeMutableBufferPointer<StereoFrame>
  private let eventLine: UnsafeMutableBufferPointer<StereoFrame>

  /// - Parameters:
  ///   - riseLU: how far the triggers may rise over the bed.
  ///   - mix: where it has no bed, a little less than the loudness it is to have stands for one.
  init(riseLU: Double, _ mix: Mix, sampleRate: Double) {
    let blocksPerSecond = sampleRate / Double(Grid.frames)
    func blocks(_ seconds: Double) -> Int { Int((seconds * blocksPerSecond).rounded()) }
    mostRatio = Float(Maths.pow(10, (riseLU - Self.reserveLU) / 10) - 1)
    deepest = Float(Maths.amplitude(dB: Self.deepestDB))
    releaseFactor = Float(Maths.amplitude(dB: Self.releaseDBPerSecond / blocksPerSecond))
    energy = WeightedEnergy(sampleRate: sampleRate)
    chunkBlocks = blocks(0.2)
    let floorLUFS = mix.hasBed ? -120 : (mix.master.loudnessLUFS ?? -30) - 3 - mix.master.gainDB
    // BS.1770: 0.691 dB over the mean square, of both ears together; an ear's A-weighted level is some 5 dB lower.
    let loudness = Float(Grid.frames) * Float(Maths.pow(10, (floorLUFS + 0.691) / 10))
    floor = (loudness, loudness / 3)
    bedLoudness = BlockSum(blocks: blocks(0.8))
    bedLevel = BlockSum(blocks: blocks(0.8))
    momentary = BlockSum(blocks: blocks(0.4))
    short = BlockSum(blocks: blocks(0.17))
    let releaseBlocks = Int(-Self.deepestDB / Self.releaseDBPerSecond * blocksPerSecond * 1.02) + 1
    memoryFrames = Grid.frames * (releaseBlocks + blocks(0.8) + chunkBlocks + 2 * Self.delayBlocks + 4)
    bedLine = .allocate(capacity: (Self.delayBlocks + 1) * Grid.frames)
    eventLine = .allocate(capacity: (Self.delayBlocks + 1) * Grid.frames)
    bedLine.initialize(repeating: .zero)
    eventLine.initialize(repeating: .zero)
  }

  deinit {
    for sum in [bedLoudness, bedLevel, momentary, short] { sum.deallocate() }
    bedLine.deallocate()
    eventLine.deallocate()
  }

  /// Forgets everything.
  func reset() {
    energy.reset()
    bedLoudness.reset()
    bedLevel.reset()
    momentary.reset()
    short.reset()
    recent = .zero
    (released, gainBefore) = (1, 1)
    wanted = InlineArray(repeating: 1)
    lowest = InlineArray(repeating: 1)
    bedLine.update(repeating: .zero)
    eventLine.update(repeating: .zero)
  }

  /// Takes block `number` of the bed and of the triggers, and makes `bed` the sum of what they were `delayBlocks` before.
  func process(
    block number: Int, bed: UnsafeMutableBufferPointer<StereoFrame>,
    events: UnsafeMutableBufferPointer<StereoFrame>
  ) {
    if number % chunkBlocks == 0 { energy.reset() }
    let sums = energy.measure(bed.baseAddress!, events.baseAddress!, count: Grid.frames)
    push(gain(for: sums))
    let place = Self.seat(number)
    _ = bedLine.extracting(place).update(fromContentsOf: bed)
    _ = eventLine.extracting(place).update(fromContentsOf: events)

    let due = Self.seat(number - Self.delayBlocks)
    let (oldBed, oldEvents) = (bedLine.extracting(due), eventLine.extracting(due))
    var now: Float = 0
    for k in lowest.indices { now += Self.bell[k] * lowest[k] }
    let step = (now - gainBefore) / Float(Grid.frames)
    for i in 0..<Grid.frames { bed[i] = oldBed[i] + (gainBefore + step * Float(i)) * oldEvents[i] }
    gainBefore = now
  }

  private static func seat(_ number: Int) -> Range<Int> {
    let seat = number % (delayBlocks + 1)
    let start = (seat < 0 ? seat + delayBlocks + 1 : seat) * Grid.frames
    return start..<start + Grid.frames
  }

  /// The gain that the newest block of the triggers needs.
  private func gain(for sums: WeightedEnergy.Sums) -> Float {
    let (bed, events) = (sums.loudness.lowHalf.sum(), sums.loudness.highHalf.sum())
    bedLoudness.push(bed)
    bedLevel.push(0.5 * sums.level.lowHalf.sum())
    momentary.push(events)
    short.push(events)
    // The louder ear's, as a meter of 10 ms follows it.
    recent = SIMD4(sums.level.highHalf.max(), recent.x, recent.y, recent.z)
    let sudden = (recent * SIMD4(0.41, 0.24, 0.14, 0.08)).sum()

    let loudness = max(floor.loudness, bedLoudness.mean)
    let level = max(floor.level, bedLevel.mean)
    // What has sounded for a sixth of a second is taken to go on.
    let rise = max(momentary.mean, short.mean)
    var wanted: Float = 1
    if rise > mostRatio * loudness { wanted = mostRatio * loudness / rise }
    if sudden > Self.suddenRatio * level { wanted = min(wanted, Self.suddenRatio * level / sudden) }
    // A sudden sound is half over before it is known how long it goes on: the farther down, the more so.
    let gain = wanted < 1 ? Float(Maths.pow(Double(wanted), 0.5 * Self.excess)) : 1
    released = min(max(deepest, gain), min(1, released * releaseFactor))
    return released
  }

  /// Every gain under the bell has seen the block that it is for.
  private func push(_ gain: Float) {
    var low = gain
    for k in 1..<wanted.count {
      wanted[k - 1] = wanted[k]
      low = min(low, wanted[k])
    }
    wanted[wanted.count - 1] = gain
    for k in 1..<lowest.count { lowest[k - 1] = lowest[k] }
    lowest[lowest.count - 1] = low
  }
}

/// The mean of the last so many blocks' energies, exact: in whole numbers, so that it forgets.
private struct BlockSum {
  private let ring: UnsafeMutableBufferPointer<Int64>
  private var place = 0
  private var sum: Int64 = 0
  private static let unit: Float = 0x1p30
  /// No sum of a block is taken to be higher.
  private static let most: Float = 1e7

  init(blocks: Int) {
    ring = .allocate(capacity: blocks)
    ring.initialize(repeating: 0)
  }

  func deallocate() { ring.deallocate() }

  mutating func reset() {
    ring.update(repeating: 0)
    (place, sum) = (0, 0)
  }

  mutating func push(_ energy: Float) {
    let whole = Int64(Self.unit * min(Self.most, energy))
    sum += whole - ring[place]
    ring[place] = whole
    place = place + 1 == ring.count ? 0 : place + 1
  }

  var mean: Float { Float(sum) / (Self.unit * Float(ring.count)) }
}
