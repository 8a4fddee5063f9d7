import TingleDSP

/// Startle guard: a look-ahead leveller that bounds how far, and how fast, sounds rise over the bed.
/// bed and triggers -> weighted energies -> wanted gains -> look-ahead smoothing -> delayed bed + gain x delayed triggers.
///
/// Two bounds hold, both relative to the bed and so at any volume:
///
/// - The momentary loudness (EBU R 128, 400 ms) rises at most `riseLU` over the bed's; and since the bed is always there, at
///   most so far over whatever came before.
/// - Within 10 ms the A-weighted level rises at most 20 dB.
///
/// A steady bed is left alone. A bed with events of its own (drops in rain) is held to the same bounds against its own
/// background, and the triggers with it.
///
/// Finite memory, like the limiter's: everything is counted in whole blocks of the grid, and sums are of whole numbers.
final class StartleGuard {
  /// Blocks by which the output lags behind the input.
  static var delayBlocks: Int { LookAheadGain.delayBlocks }
  /// Frames after which nothing is remembered.
  let memoryFrames: Int

  /// What a rise within 10 ms is held to; the rest of the 20 dB is the bed's own fluctuation.
  private static let suddenRatio: Float = 50
  /// The same for the bed's own events: turning them down takes the background with them.
  private static let ownSuddenRatio: Float = 12
  /// Sounds begin before their loudness is known, and continue at it: the bound is kept with this reserve.
  private static let reserveLU = 2.0
  /// Decibels of gain reduction for each decibel over a bound.
  private static let excess = 1.06
  /// Of the bound, what is left to the triggers while the bed's own events use it up.
  private static let leastShare: Float = 0.1

  /// The reserve of a bed's own events, for the same reason.
  private static let ownReserveLU = 3.0
  // The bound of a bed with events and triggers together, and the triggers' over a steady bed.
  private let highestRatio: Float
  private let triggerRatio: Float
  private var energy: WeightedEnergy
  private let chunkBlocks: Int
  // What stands for a bed that is not there, per block.
  private let floor: (loudness: Float, level: Float)
  private var bedLoudness: BlockSum
  private var bedLevel: BlockSum
  private var bed: EventLevel
  private var triggers: EventLevel
  private var background: Background?
  private var bedGain: LookAheadGain
  private var triggerGain: LookAheadGain
  private let bedLine: BlockLine
  private let triggerLine: BlockLine

  /// The level between the events of a bed that has any.
  private struct Background {
    var loudness: BackgroundLevel
    var level: BackgroundLevel
  }

  /// - Parameters:
  ///   - riseLU: how far the triggers may rise over the bed.
  ///   - mix: where it has no bed, a little less than the loudness it is to have stands for one.
  init(riseLU: Double, _ mix: Mix, sampleRate: Double) {
    let blocksPerSecond = sampleRate / Double(Grid.frames)
    func blocks(_ seconds: Double) -> Int { Int((seconds * blocksPerSecond).rounded()) }
    highestRatio = Float(Maths.pow(10, (riseLU - Self.ownReserveLU) / 10))
    triggerRatio = Float(Maths.pow(10, (riseLU - Self.reserveLU) / 10) - 1)
    energy = WeightedEnergy(sampleRate: sampleRate)
    chunkBlocks = blocks(0.2)
    let floorLUFS = mix.hasBed ? -120 : (mix.master.loudnessLUFS ?? -30) - 3 - mix.master.gainDB
    // BS.1770: 0.691 dB over the mean square, of both ears together; an ear's A-weighted level is some 5 dB lower.
    let loudness = Float(Grid.frames) * Float(Maths.pow(10, (floorLUFS + 0.691) / 10))
    floor = (loudness, loudness / 3)
    bedLoudness = BlockSum(blocks: blocks(0.8))
    bedLevel = BlockSum(blocks: blocks(0.8))
    bed = EventLevel(blocksPerSecond: blocksPerSecond)
    triggers = EventLevel(blocksPerSecond: blocksPerSecond)
    if mix.hasRestlessBed {
      background = Background(
        loudness: BackgroundLevel(parts: 1, biasDB: 1, blocksPerSecond: blocksPerSecond),
        level: BackgroundLevel(parts: 5, biasDB: 1, blocksPerSecond: blocksPerSecond))
    }
    bedGain = LookAheadGain(blocksPerSecond: blocksPerSecond)
    triggerGain = LookAheadGain(blocksPerSecond: blocksPerSecond)
    bedLine = BlockLine(delayBlocks: Self.delayBlocks)
    triggerLine = BlockLine(delayBlocks: Self.delayBlocks)
    // At some rates a tenth of a second is more blocks in one than in the other.
    let window = max(
      blocks(0.8), background.map { max($0.loudness.memoryBlocks, $0.level.memoryBlocks) } ?? 0)
    memoryFrames = Grid.frames * (triggerGain.memoryBlocks + window + chunkBlocks + 4)
  }

  deinit {
    bedLoudness.deallocate()
    bedLevel.deallocate()
    bed.deallocate()
    triggers.deallocate()
    background?.loudness.deallocate()
    background?.level.deallocate()
    bedLine.deallocate()
    triggerLine.deallocate()
  }

  /// Forgets everything.
  func reset() {
    energy.reset()
    bedLoudness.reset()
    bedLevel.reset()
    bed.reset()
    triggers.reset()
    background?.loudness.reset()
    background?.level.reset()
    bedGain.reset()
    triggerGain.reset()
    bedLine.reset()
    triggerLine.reset()
  }

  /// Takes block `number` of the bed and of the triggers, and makes `bed` the sum of what they were `delayBlocks` before.
  func process(
    block number: Int, bed output: UnsafeMutableBufferPointer<StereoFrame>,
    events: UnsafeMutableBufferPointer<StereoFrame>
  ) {
    if number % chunkBlocks == 0 { energy.reset() }
    let wanted = gains(
      for: energy.measure(output.baseAddress!, events.baseAddress!, count: Grid.frames), number)
    bedLine.write(output, block: number)
    triggerLine.write(events, block: number)

    let (oldBed, oldEvents) = (bedLine.delayed(block: number), triggerLine.delayed(block: number))
    let (trigger, triggerStep) = triggerGain.push(wanted.triggers)
    guard background != nil else {
      for i in 0..<Grid.frames { output[i] = oldBed[i] + (trigger + triggerStep * Float(i)) * oldEvents[i] }
      return
    }
    let (bed, bedStep) = bedGain.push(wanted.bed)
    for i in 0..<Grid.frames {
      output[i] = (bed + bedStep * Float(i)) * oldBed[i] + (trigger + triggerStep * Float(i)) * oldEvents[i]
    }
  }

  /// The gains that the newest block needs.
  private func gains(for sums: WeightedEnergy.Sums, _ number: Int) -> (bed: Float, triggers: Float) {
    let bedNow = (loudness: sums.loudness.lowHalf.sum(), level: 0.5 * sums.level.lowHalf.sum())
    triggers.push(loudness: sums.loudness.highHalf.sum(), level: sums.level.highHalf.max())
    guard background != nil else {
      bedLoudness.push(bedNow.loudness)
      bedLevel.push(bedNow.level)
      let loudness = max(floor.loudness, bedLoudness.mean)
      let level = max(floor.level, bedLevel.mean)
      return (1, gain(triggers, loudness: triggerRatio * loudness, level: Self.suddenRatio * level))
    }
    bed.push(loudness: bedNow.loudness, level: sums.level.lowHalf.max())
    background!.loudness.push(bedNow.loudness, block: number)
    background!.level.push(bedNow.level, block: number)
    let loudness = max(floor.loudness, background!.loudness.energy)
    let level = max(floor.level, background!.level.energy)
    // The bed's events and the triggers share what may rise.
    let left = max(Self.leastShare, highestRatio - bed.loudness / loudness)
    return (
      gain(bed, loudness: highestRatio * loudness, level: Self.ownSuddenRatio * level),
      gain(triggers, loudness: left * loudness, level: Self.suddenRatio * level)
    )
  }

  /// The gain that holds a bus under two bounds.
  private func gain(_ events: EventLevel, loudness: Float, level: Float) -> Float {
    var wanted: Float = 1
    if events.loudness > loudness { wanted = loudness / events.loudness }
    if events.sudden > level { wanted = min(wanted, level / events.sudden) }
    // A sudden sound is half over before it is known how long it lasts: the farther down, the more so.
    return wanted < 1 ? Float(Maths.pow(Double(wanted), 0.5 * Self.excess)) : 1
  }
}
