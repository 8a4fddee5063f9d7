import TingleDSP

/// Startle guard: a look-ahead leveller that bounds how far, and how fast, sounds rise over the bed.
///
/// bed and trigger bus -> weighted energies -> required gains -> look-ahead smoothing -> delayed bed + gain *
/// delayed triggers. Two bounds hold, both relative to the bed and so independent of the playback volume:
///
/// - The momentary loudness (EBU R 128, 0.4 s) rises at most `riseLU` over the bed's. As the bed is always
///   on, this also bounds the rise over any earlier moment.
/// - Within 10 ms the A-weighted level rises at most 20 dB.
///
/// A steady bed passes unchanged. A bed with events of its own (drops in rain) is held to the same bounds
/// relative to its own background level; the triggers share what these events leave of the bound.
///
/// Latency: `delayBlocks`. Finite memory: `memoryFrames`; all windows are whole blocks of the grid, and sums
/// are exact.
final class StartleGuard {
  /// The latency in blocks.
  static var delayBlocks: Int { LookAheadGain.delayBlocks }
  /// The number of past frames that the output depends on.
  let memoryFrames: Int

  /// The bound on the triggers' rise within 10 ms, as an energy ratio. The rest of the 20 dB is margin for
  /// the fluctuation of the bed.
  private static let triggerRiseRatio: Float = 50
  /// The same for the bed's own events. Lower, as turning them down turns the background down, too.
  private static let bedRiseRatio: Float = 12
  /// The margin on `riseLU` for triggers: a sound starts before its loudness is known.
  private static let marginLU = 2.0
  /// The margin on `riseLU` for the bed's own events.
  private static let bedMarginLU = 3.0
  /// Decibels of gain reduction per decibel over a bound.
  private static let ratio = 1.06
  /// The share of the bound that the triggers keep when the bed's own events use up the rest.
  private static let leastShare: Float = 0.1

  // The loudness bounds as energy ratios: bed events and triggers together, and triggers over a steady bed.
  private let highestRatio: Float
  private let triggerRatio: Float
  private var energy: WeightedEnergy
  // The number of blocks after which the weighting filters restart.
  private let chunkBlocks: Int
  // The lower limit of the reference level, per block. Above zero only in a mix without a bed.
  private let floor: (loudness: Float, level: Float)
  private var bedLoudness: BlockMean
  private var bedLevel: BlockMean
  private var bed: EventLevel
  private var triggers: EventLevel
  private var background: Background?
  private let hasBackground: Bool
  private var bedGain: LookAheadGain
  private var triggerGain: LookAheadGain
  private let bedLine: BlockDelayLine
  private let triggerLine: BlockDelayLine

  /// The background level of a bed with events.
  private struct Background: ~Copyable {
    var loudness: BackgroundLevel
    var level: BackgroundLevel
  }

  /// - Parameters:
  ///   - riseLU: how far the triggers can rise over the bed, in LU.
  ///   - mix: if it has no bed, 3 LU below its target loudness (-30 LUFS if it has none) takes the bed's
  ///     place.
  ///   - sampleRate: in hertz.
  init(riseLU: Double, _ mix: Mix, sampleRate: Double) {
    let blocksPerSecond = sampleRate / Double(Grid.frames)
    func blocks(_ seconds: Double) -> Int { Int((seconds * blocksPerSecond).rounded()) }
    highestRatio = Float(Maths.pow(10, (riseLU - Self.bedMarginLU) / 10))
    triggerRatio = Float(Maths.pow(10, (riseLU - Self.marginLU) / 10) - 1)
    energy = WeightedEnergy(sampleRate: sampleRate)
    chunkBlocks = blocks(0.2)
    let floorLUFS = mix.hasBed ? -120 : (mix.master.loudnessLUFS ?? -30) - 3 - mix.master.gainDB
    // BS.1770: LUFS are 0.691 dB below the mean square of both ears together. An ear's A-weighted level is
    // about 5 dB lower.
    let loudness = Float(Grid.frames) * Float(Maths.pow(10, (floorLUFS + 0.691) / 10))
    floor = (loudness, loudness / 3)
    bedLoudness = BlockMean(blocks: blocks(0.8))
    bedLevel = BlockMean(blocks: blocks(0.8))
    bed = EventLevel(blocksPerSecond: blocksPerSecond)
    triggers = EventLevel(blocksPerSecond: blocksPerSecond)
    var window = blocks(0.8)
    hasBackground = mix.hasBedEvents
    if hasBackground {
      let loudness = BackgroundLevel(parts: 1, biasDB: 1, blocksPerSecond: blocksPerSecond)
      let level = BackgroundLevel(parts: 5, biasDB: 1, blocksPerSecond: blocksPerSecond)
      // At some sample rates the two differ, as their parts are rounded to whole blocks.
      window = max(window, loudness.memoryBlocks, level.memoryBlocks)
      background = Background(loudness: loudness, level: level)
    } else {
      background = nil
    }
    bedGain = LookAheadGain(blocksPerSecond: blocksPerSecond)
    triggerGain = LookAheadGain(blocksPerSecond: blocksPerSecond)
    bedLine = BlockDelayLine(delayBlocks: Self.delayBlocks)
    triggerLine = BlockDelayLine(delayBlocks: Self.delayBlocks)
    memoryFrames = Grid.frames * (triggerGain.memoryBlocks + window + chunkBlocks + 4)
  }

  /// Clears all filters, detectors and delay lines.
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

  /// Reads block `number` of both buses, and writes their guarded sum, `delayBlocks` late, to `output`.
  /// - Parameters:
  ///   - output: the bed bus; it becomes the mix.
  ///   - events: the trigger bus.
  func process(
    block number: Int, bed output: UnsafeMutableBufferPointer<StereoFrame>,
    events: UnsafeMutableBufferPointer<StereoFrame>
  ) {
    if number % chunkBlocks == 0 { energy.reset() }
    let required = requiredGains(
      energy.measure(output.baseAddress!, events.baseAddress!, count: Grid.frames), block: number)
    bedLine.write(output, block: number)
    triggerLine.write(events, block: number)

    let (oldBed, oldEvents) = (bedLine.delayed(block: number), triggerLine.delayed(block: number))
    let (trigger, triggerStep) = triggerGain.push(required.triggers)
    guard hasBackground else {
      for i in 0..<Grid.frames { output[i] = oldBed[i] + (trigger + triggerStep * Float(i)) * oldEvents[i] }
      return
    }
    let (bed, bedStep) = bedGain.push(required.bed)
    for i in 0..<Grid.frames {
      output[i] = (bed + bedStep * Float(i)) * oldBed[i] + (trigger + triggerStep * Float(i)) * oldEvents[i]
    }
  }

  /// The gains that keep the newest block within the bounds.
  private func requiredGains(
    _ sums: WeightedEnergy.Sums, block number: Int
  ) -> (bed: Float, triggers: Float) {
    let newest = (loudness: sums.loudness.lowHalf.sum(), level: 0.5 * sums.level.lowHalf.sum())
    triggers.push(loudness: sums.loudness.highHalf.sum(), level: sums.level.highHalf.max())
    let trigger = (loudness: triggers.loudness, level: triggers.level)
    guard hasBackground else {
      bedLoudness.push(newest.loudness)
      bedLevel.push(newest.level)
      let loudness = max(floor.loudness, bedLoudness.mean)
      let level = max(floor.level, bedLevel.mean)
      return (1, Self.gain(trigger, bounds: (triggerRatio * loudness, Self.triggerRiseRatio * level)))
    }
    bed.push(loudness: newest.loudness, level: sums.level.lowHalf.max())
    let bedEvent = (loudness: bed.loudness, level: bed.level)
    background!.loudness.push(newest.loudness, block: number)
    background!.level.push(newest.level, block: number)
    let loudness = max(floor.loudness, background!.loudness.energy)
    let level = max(floor.level, background!.level.energy)
    // The bed's events and the triggers share the bound.
    let triggerShare = max(Self.leastShare, highestRatio - bedEvent.loudness / loudness)
    return (
      Self.gain(bedEvent, bounds: (highestRatio * loudness, Self.bedRiseRatio * level)),
      Self.gain(trigger, bounds: (triggerShare * loudness, Self.triggerRiseRatio * level))
    )
  }

  /// The gain that keeps the energies of a bus below two bounds.
  private static func gain(
    _ bus: (loudness: Float, level: Float), bounds: (loudness: Float, level: Float)
  ) -> Float {
    var power: Float = 1
    if bus.loudness > bounds.loudness { power = bounds.loudness / bus.loudness }
    if bus.level > bounds.level { power = min(power, bounds.level / bus.level) }
    // A sudden sound is half over before its length is known; so the reduction exceeds the required one
    // slightly.
    return power < 1 ? Float(Maths.pow(Double(power), 0.5 * ratio)) : 1
  }
}
