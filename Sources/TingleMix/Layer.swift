import TingleDSP

/// What the mixer sees of a layer: one dynamic call per block.
class AnyLayer {
  /// Makes `block` the next one to be rendered, with every voice that then sounds in the state it would have.
  func seek(toBlock block: Int) {}
  /// Adds the next block's frames.
  func render(into mix: inout MutableSpan<StereoFrame>, room: UnsafeMutableBufferPointer<Float>?) {}
  /// Whether the startle guard turns it down: every trigger, and a bed that falls silent between its events.
  final let isGuarded: Bool
  /// What is heard now depends on so many frames before, beside the voices.
  var memoryFrames: Int { 0 }
  /// The mean square of the last block, before it has a place.
  fileprivate(set) var power: Float = 0

  init(isGuarded: Bool) { self.isGuarded = isGuarded }
}

/// One trigger sounding: a score, a pool of voices, and a place.
final class Layer<T: Trigger>: AnyLayer {
  private let score: Score
  private let shared: T.Voice.Shared
  private let gain: Double
  private let part: LayerAutomation
  private let isMuted: Bool
  private let blockSeconds: Double
  // Voice `index` sits in seat `index` modulo the number of seats; those from `oldest` to `next` have started.
  private let voices: UnsafeMutableBufferPointer<T.Voice>
  private let seats: UnsafeMutableBufferPointer<VoiceSlot>
  private let scratch: UnsafeMutableBufferPointer<StereoFrame>
  private let sum: UnsafeMutableBufferPointer<StereoFrame>
  // Nil where nothing ever grows darker.
  private let highDamping: HighDamping?
  // Nil for what is all round.
  private var placement: Spatializer?
  // How long no voice has sounded: what was placed dies away, and then nothing is left to do.
  private var quietFrames = 0
  private let isMetered: Bool
  private var oldest = 0
  private var next = 0
  private var nextStart = 0
  private var block = 0

  /// Whether a voice sits here, and the frame at which it started.
  private struct VoiceSlot {
    var isTaken = false
    var startFrame = 0
  }

  /// - Parameters:
  ///   - turns: when it sounds, where layers take turns.
  ///   - head: nil for loudspeakers.
  init(
    _ settings: LayerSettings, trigger: T, in mix: Mix, turns: [LayerRotation.Turn]?, head: HRTF?,
    draws: Draws,
    sampleRate: Double
  ) {
    let isBed = settings.role == .bed
    isMuted = settings.isMuted
    isMetered = mix.isMetered
    part = LayerAutomation(mix, isBed: isBed, turns: turns)
    highDamping = mix.arc == .steady || isBed ? nil : HighDamping(sampleRate: sampleRate)
    blockSeconds = Double(Grid.frames) / sampleRate
    score = Score(
      timing: trigger.timing, tempo: isBed ? .even : mix.arc.tempo, draws: draws, sampleRate: sampleRate)
    shared = T.Voice.prepare(trigger, layer: score.layerDraws, sampleRate: sampleRate)
    gain = Maths.amplitude(dB: settings.levelDB + trigger.calibrationDB)
    sum = .allocate(capacity: Grid.frames)
    sum.initialize(repeating: .zero)
    let place = settings.place ?? (T.sourceExtent == .ambient ? nil : SourcePosition())
    placement = place.map {
      Spatializer(
        $0, isWide: T.sourceExtent != .point, head: head, draws: draws.branch("place"),
        sampleRate: sampleRate)
    }
    voices = .allocate(capacity: score.mostVoices)
    seats = .allocate(capacity: score.mostVoices)
    seats.initialize(repeating: VoiceSlot())
    scratch = .allocate(capacity: Grid.frames)
    scratch.initialize(repeating: .zero)
    super.init(isGuarded: !isBed || trigger.continuity == .intermittent)
  }

  deinit {
    while oldest < next { endOldest() }
    voices.deallocate()
    seats.deallocate()
    scratch.deallocate()
    sum.deallocate()
    part.deallocate()
    highDamping?.deallocate()
  }

  override var memoryFrames: Int { (placement?.memoryFrames ?? 0) + (highDamping?.memoryFrames ?? 0) }

  override func seek(toBlock target: Int) {
    guard !isMuted else { return }
    while oldest < next { endOldest() }
    placement?.reset()
    quietFrames = 0
    highDamping?.reset()
    let frame = Grid.start(of: target)
    next = score.firstIndex(from: frame - score.longestFrames)
    oldest = next
    nextStart = score.startFrame(of: next)
    block = target
    // Each voice that may still sound is run from its start up to the target, unheard.
    while nextStart < frame {
      block = Grid.block(of: nextStart)
      guard let index = begin() else { continue }
      while block < target, seats[seat(of: index)].isTaken {
        renderScratch(index)
        block += 1
      }
      dropTheDead()
    }
    block = target
  }

  override func render(into mix: inout MutableSpan<StereoFrame>, room: UnsafeMutableBufferPointer<Float>?) {
    power = 0
    guard !isMuted else { return }
    let end = Grid.start(of: block + 1)
    while nextStart < end { begin() }
    quietFrames = oldest < next ? 0 : quietFrames + Grid.frames
    if placement == nil, highDamping == nil {
      addVoices(to: &mix)
    } else if quietFrames <= memoryFrames + 2 * Grid.frames {
      sum.update(repeating: .zero)
      var span = sum.mutableSpan
      addVoices(to: &span)
      highDamping?.process(
        sum, from: part.arc.darkness(at: seconds(block)), to: part.arc.darkness(at: seconds(block + 1)))
      if placement != nil {
        placement!.process(sum, number: block, into: &mix, room: room)
      } else {
        for i in 0..<Grid.frames { mix[i] += sum[i] }
      }
    }
    dropTheDead()
    block += 1
  }

  private func seconds(_ block: Int) -> Double { Double(block) * blockSeconds }

  /// The level at a block's beginning.
  private func gain(at block: Int) -> Double {
    gain * part.gain(at: seconds(block))
  }

  private func addVoices(to mix: inout MutableSpan<StereoFrame>) {
    guard oldest < next else { return }
    let level = Float(gain(at: block))
    let step = (Float(gain(at: block + 1)) - level) / Float(Grid.frames)
    for index in oldest..<next where seats[seat(of: index)].isTaken {
      let first = renderScratch(index)
      mix.withUnsafeMutableBufferPointer { mix in
        for i in first..<Grid.frames { mix[i] += (level + step * Float(i)) * scratch[i] }
      }
      if isMetered { power += level * level * Vector.power(scratch.baseAddress!) }
    }
  }

  /// Renders the current block of a voice into the scratch; returns the frame within the block at which it begins.
  @discardableResult
  private func renderScratch(_ index: Int) -> Int {
    let seat = seat(of: index)
    let first = max(0, seats[seat].startFrame - Grid.start(of: block))
    scratch.update(repeating: .zero)
    let heard = scratch.extracting(first..<Grid.frames)
    var span = heard.mutableSpan
    if !voices[seat].render(into: &span) { end(seat) }
    return first
  }

  /// Starts the next voice, unless it would be over before anything is heard of it.
  @discardableResult
  private func begin() -> Int? {
    let index = next
    let seat = seat(of: index)
    let start = nextStart
    next += 1
    nextStart = score.startFrame(of: next)
    let seconds = Double(start) / Double(Grid.frames) * blockSeconds
    let longest = Double(score.longestFrames) / Double(Grid.frames) * blockSeconds
    guard !part.isSilent(from: seconds, to: seconds + longest) else { return nil }
    (voices.baseAddress! + seat).initialize(to: T.Voice(shared, cue: score.cue(for: index)))
    seats[seat] = VoiceSlot(isTaken: true, startFrame: start)
    return index
  }

  private func end(_ seat: Int) {
    (voices.baseAddress! + seat).deinitialize(count: 1)
    seats[seat].isTaken = false
  }

  private func endOldest() {
    let seat = seat(of: oldest)
    if seats[seat].isTaken { end(seat) }
    oldest += 1
  }

  private func dropTheDead() {
    while oldest < next, !seats[seat(of: oldest)].isTaken { oldest += 1 }
  }

  private func seat(of index: Int) -> Int {
    let remainder = index % seats.count
    return remainder < 0 ? remainder + seats.count : remainder
  }
}
