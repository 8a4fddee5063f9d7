import TingleDSP

/// The channel strip of one layer: score or cue list -> voice pool -> gain -> high damping -> spatializer ->
/// mix and room send.
final class TriggerLayerRenderer<T: Trigger>: LayerRenderer {
  private let score: Score
  // The voices that a script directs, which replace those of `score`; empty without a script.
  private let list: CueList
  private let isListed: Bool
  private let longestFrames: Int
  private let shared: T.Voice.Shared
  private let gain: Double
  private let automation: LayerAutomation
  private let isMuted: Bool
  private let isMetered: Bool
  private let blockSeconds: Double
  // Voice `index` is in slot `index` modulo `slots.count`; voices from `oldest` up to `next` have started.
  // Raw memory, as only the voices of slots in use are initialised.
  private let voices: UnsafeMutablePointer<T.Voice>
  private let slots: Buffer<VoiceSlot>
  private let scratch: Buffer<StereoFrame>
  private let sum: Buffer<StereoFrame>
  // Nil if the arc never damps this layer.
  private var highDamping: HighDamping?
  // Nil for ambient layers without a position.
  private var spatializer: Spatializer?
  // Frames since a voice last sounded: after `memoryFrames` more the output is silent.
  private var quietFrames = 0
  private var oldest = 0
  private var next = 0
  private var nextStart = 0
  private var block = 0

  /// - Parameters:
  ///   - turns: the layer's turns; nil if it is not part of the rotation.
  ///   - head: nil for loudspeakers.
  init(
    _ settings: LayerSettings, trigger: T, in mix: Mix, turns: [LayerRotation.Turn]?, head: HRTF?,
    draws: Draws, sampleRate: Double
  ) {
    let isBed = settings.role == .bed
    isMuted = settings.isMuted
    isMetered = mix.isMetered
    let timetable = settings.timetable
    automation =
      timetable == nil
      ? LayerAutomation(mix, isBed: isBed, turns: turns)
      : LayerAutomation(
        mix, isBed: isBed, turns: timetable?.turns, crossfadeSeconds: LayerTimetable.fadeSeconds)
    highDamping = mix.arc == .steady || isBed ? nil : HighDamping(sampleRate: sampleRate)
    blockSeconds = Double(Grid.frames) / sampleRate
    score = Score(
      timing: trigger.timing, tempo: isBed ? .even : mix.arc.tempo, draws: draws, sampleRate: sampleRate)
    isListed = timetable != nil
    list = CueList(
      timetable?.voices ?? .listed([]), timing: trigger.timing, draws: draws, sampleRate: sampleRate)
    longestFrames = isListed ? list.longestFrames : score.longestFrames
    shared = T.Voice.prepare(trigger, layer: score.layerDraws, sampleRate: sampleRate)
    gain = Maths.amplitude(dB: settings.levelDB + trigger.calibrationDB)
    if let position = settings.settledPlace {
      spatializer = Spatializer(
        position, moves: timetable?.moves ?? [], decorrelates: T.sourceExtent == .point, head: head,
        draws: draws.branch("place"),
        sampleRate: sampleRate)
    } else {
      spatializer = nil
    }
    let mostVoices = isListed ? list.mostVoices : score.mostVoices
    voices = .allocate(capacity: mostVoices)
    slots = Buffer(repeating: VoiceSlot(), count: mostVoices)
    scratch = Buffer(repeating: .zero, count: Grid.frames)
    sum = Buffer(repeating: .zero, count: Grid.frames)
    super.init(isGuarded: !isBed || trigger.continuity == .intermittent)
  }

  deinit {
    while oldest < next { endOldest() }
    voices.deallocate()
  }

  override var memoryFrames: Int { (spatializer?.memoryFrames ?? 0) + (highDamping?.memoryFrames ?? 0) }

  override func seek(toBlock target: Int) {
    guard !isMuted else { return }
    while oldest < next { endOldest() }
    spatializer?.reset()
    quietFrames = 0
    highDamping?.reset()
    let frame = Grid.start(of: target)
    let first = frame - longestFrames
    next = isListed ? list.firstIndex(from: first) : score.firstIndex(from: first)
    oldest = next
    nextStart = startFrame(of: next)
    block = target
    // Every voice that can still sound is rendered from its start to the target, and discarded.
    while nextStart < frame {
      block = Grid.block(of: nextStart)
      guard let index = startNext() else { continue }
      while block < target, slots[slot(of: index)].isTaken {
        renderScratch(index)
        block += 1
      }
      dropEnded()
    }
    block = target
  }

  override func render(into mix: inout MutableSpan<StereoFrame>, room: UnsafeMutableBufferPointer<Float>?) {
    power = 0
    guard !isMuted else { return }
    let end = Grid.start(of: block + 1)
    while nextStart < end { startNext() }
    quietFrames = oldest < next ? 0 : quietFrames + Grid.frames
    if spatializer == nil, highDamping == nil {
      addVoices(to: &mix)
    } else if quietFrames <= memoryFrames + 2 * Grid.frames {
      sum.fill(.zero)
      let frames = sum.elements
      var span = frames.mutableSpan
      addVoices(to: &span)
      highDamping?.process(
        frames, from: automation.highDamping(at: seconds(block)),
        to: automation.highDamping(at: seconds(block + 1)))
      if spatializer != nil {
        spatializer!.process(frames, number: block, into: &mix, room: room)
      } else {
        for i in 0..<Grid.frames { mix[i] += frames[i] }
      }
    }
    dropEnded()
    block += 1
  }

  private func startFrame(of index: Int) -> Int {
    isListed ? list.startFrame(of: index) : score.startFrame(of: index)
  }

  private func seconds(_ block: Int) -> Double { Double(block) * blockSeconds }

  /// The layer's gain at the start of a block.
  private func gain(at block: Int) -> Double {
    gain * automation.gain(at: seconds(block))
  }

  private func addVoices(to mix: inout MutableSpan<StereoFrame>) {
    guard oldest < next else { return }
    let level = Float(gain(at: block))
    let step = (Float(gain(at: block + 1)) - level) / Float(Grid.frames)
    let voice = scratch.baseAddress
    for index in oldest..<next where slots[slot(of: index)].isTaken {
      let first = renderScratch(index)
      mix.withUnsafeMutableBufferPointer { mix in
        if step == 0 {
          for i in first..<Grid.frames { mix[i] += level * voice[i] }
        } else {
          for i in first..<Grid.frames { mix[i] += (level + step * Float(i)) * voice[i] }
        }
      }
      if isMetered { power += level * level * Vector.power(voice) }
    }
  }

  /// Renders the current block of a voice into `scratch`.
  /// - Returns: the index within the block of the voice's first frame.
  @discardableResult
  private func renderScratch(_ index: Int) -> Int {
    let slot = slot(of: index)
    let first = max(0, slots[slot].startFrame - Grid.start(of: block))
    scratch.fill(.zero)
    let output = scratch[first..<Grid.frames]
    var span = output.mutableSpan
    if !voices[slot].render(into: &span) { end(slot) }
    return first
  }

  /// Starts the next voice. Skips it and returns nil if the layer is silent for as long as the voice can
  /// last.
  @discardableResult
  private func startNext() -> Int? {
    let index = next
    let slot = slot(of: index)
    let start = nextStart
    next += 1
    nextStart = startFrame(of: next)
    let seconds = Double(start) / Double(Grid.frames) * blockSeconds
    let longest = Double(longestFrames) / Double(Grid.frames) * blockSeconds
    guard !automation.isSilent(from: seconds, to: seconds + longest) else { return nil }
    // Before `shared` is read: in between, the compiler would copy it.
    let cue = isListed ? list.cue(for: index) : score.cue(for: index)
    (voices + slot).initialize(to: T.Voice(shared, cue: cue))
    slots[slot] = VoiceSlot(isTaken: true, startFrame: start)
    return index
  }

  private func end(_ slot: Int) {
    (voices + slot).deinitialize(count: 1)
    slots[slot].isTaken = false
  }

  private func endOldest() {
    let slot = slot(of: oldest)
    if slots[slot].isTaken { end(slot) }
    oldest += 1
  }

  /// Advances `oldest` past the voices that have ended.
  private func dropEnded() {
    while oldest < next, !slots[slot(of: oldest)].isTaken { oldest += 1 }
  }

  private func slot(of index: Int) -> Int {
    let remainder = index % slots.count
    return remainder < 0 ? remainder + slots.count : remainder
  }
}

/// A slot of the voice pool: whether a voice is in it, and the frame at which that voice starts.
///
/// Outside the generic class: as a nested type its layout would be looked up at run time.
private struct VoiceSlot: BitwiseCopyable {
  var isTaken = false
  var startFrame = 0
}
