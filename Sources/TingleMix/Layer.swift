import TingleDSP

/// What the mixer sees of a layer: one dynamic call per block.
class SoundingLayer {
  /// Makes `block` the next one to be rendered, with every voice that then sounds in the state it would have.
  func seek(toBlock block: Int) {}
  /// Adds the next block's frames.
  func render(into mix: inout MutableSpan<StereoFrame>) {}
}

/// One trigger sounding: a score, a pool of voices, and a place.
final class Layer<T: Trigger>: SoundingLayer {
  private let score: Score
  private let shared: T.Voice.Shared
  private let pan: Pan
  // Voice `index` sits in seat `index` modulo the number of seats; those from `oldest` to `next` have started.
  private let voices: UnsafeMutableBufferPointer<T.Voice>
  private let seats: UnsafeMutableBufferPointer<Seat>
  private let scratch: UnsafeMutableBufferPointer<T.Voice.Frame>
  private var oldest = 0
  private var next = 0
  private var nextStart = 0
  private var block = 0

  /// Whether a voice sits here, and the frame at which it started.
  private struct Seat {
    var isTaken = false
    var startFrame = 0
  }

  init(_ settings: LayerSettings, trigger: T, draws: Draws, sampleRate: Double) {
    score = Score(timing: trigger.timing, draws: draws, sampleRate: sampleRate)
    shared = T.Voice.prepare(trigger, layer: score.layerDraws, sampleRate: sampleRate)
    pan = Pan(azimuthDegrees: settings.azimuthDegrees, gainDB: settings.levelDB + T.calibrationDB)
    voices = .allocate(capacity: score.mostVoices)
    seats = .allocate(capacity: score.mostVoices)
    seats.initialize(repeating: Seat())
    scratch = .allocate(capacity: Grid.frames)
    scratch.initialize(repeating: .zero)
  }

  deinit {
    while oldest < next { endOldest() }
    voices.deallocate()
    seats.deallocate()
    scratch.deallocate()
  }

  override func seek(toBlock target: Int) {
    while oldest < next { endOldest() }
    let frame = Grid.start(of: target)
    next = score.firstIndex(from: frame - score.longestFrames)
    oldest = next
    nextStart = score.startFrame(of: next)
    // Each voice that may still sound is run from its start up to the target, unheard.
    while nextStart < frame {
      block = Grid.block(of: nextStart)
      let index = begin()
      while block < target, seats[seat(of: index)].isTaken {
        renderScratch(index)
        block += 1
      }
      dropTheDead()
    }
    block = target
  }

  override func render(into mix: inout MutableSpan<StereoFrame>) {
    let end = Grid.start(of: block + 1)
    while nextStart < end { begin() }
    let gains = pan.gains
    for index in oldest..<next where seats[seat(of: index)].isTaken {
      let first = renderScratch(index)
      T.Voice.Frame.add(scratch.extracting(first..<Grid.frames).span, to: &mix, from: first, ears: gains)
    }
    dropTheDead()
    block += 1
  }

  /// Renders the current block of a voice into the scratch; returns the frame within the block at which it begins.
  @discardableResult
  private func renderScratch(_ index: Int) -> Int {
    let seat = seat(of: index)
    let first = max(0, seats[seat].startFrame - Grid.start(of: block))
    var span = scratch.extracting(first..<Grid.frames).mutableSpan
    T.Voice.Frame.clear(&span)
    if !voices[seat].render(into: &span) { end(seat) }
    return first
  }

  /// Starts the next voice.
  @discardableResult
  private func begin() -> Int {
    let index = next
    let seat = seat(of: index)
    (voices.baseAddress! + seat).initialize(to: T.Voice(shared, cue: score.cue(for: index)))
    seats[seat] = Seat(isTaken: true, startFrame: nextStart)
    next += 1
    nextStart = score.startFrame(of: next)
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
