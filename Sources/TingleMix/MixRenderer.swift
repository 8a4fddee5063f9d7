import Synchronization
import TingleDSP

/// Makes a mix sound, from any frame on, in portions of any size.
///
/// Everything it needs is taken in `init`; after that `seek` and `render` keep the real-time contract: no
/// allocation, no lock, no reference counting, no system call. It belongs to one thread at a time.
public final class MixRenderer {
  /// In hertz.
  public let sampleRate: Double

  // Unmanaged: calling a layer through a counted reference would retain and release it at every block.
  private let layers: UnsafeMutableBufferPointer<Unmanaged<AnyLayer>>
  private let powers: UnsafeMutableBufferPointer<Atomic<Float>>
  private let fade: Fade
  private let gain: Float
  private let startleGuard: StartleGuard?
  private let isGuarded: Bool
  private let isMono: Bool
  private let limiter: Limiter
  private let room: Room?
  private let memoryFrames: Int
  // The beds, and what is guarded against them; the former becomes the mix.
  private let block: UnsafeMutableBufferPointer<StereoFrame>
  private let events: UnsafeMutableBufferPointer<StereoFrame>
  private var taken = Grid.frames
  private var nextBlock = 0

  /// Prepares a mix.
  /// - Parameters:
  ///   - mix: what to play.
  ///   - sampleRate: 44100, 48000, 88200 or 96000 hertz; others work as well.
  ///   - startFrame: the first frame to be rendered.
  public init(_ mix: Mix, sampleRate: Double, startFrame: Int = 0) {
    self.sampleRate = sampleRate
    let head = mix.output == .headphones ? HRTF.head(mix.head, sampleRate: sampleRate) : nil
    let turns = mix.turns
    let prepared = (mix.layers + (mix.floor.map { [$0] } ?? [])).map {
      Unmanaged.passRetained(
        Self.layer($0, mix: mix, turns: turns[$0.name], head: head, sampleRate: sampleRate))
    }
    layers = .allocate(capacity: prepared.count)
    _ = layers.initialize(from: prepared)
    powers = .allocate(capacity: mix.isMetered ? mix.layers.count : 0)
    for k in powers.indices { (powers.baseAddress! + k).initialize(to: Atomic(0)) }
    fade = Fade(mix, sampleRate: sampleRate)
    gain = Float(Maths.amplitude(dB: mix.master.gainDB))
    startleGuard = mix.master.startleLU.map { StartleGuard(riseLU: $0, mix, sampleRate: sampleRate) }
    isGuarded = startleGuard != nil
    isMono = mix.isMono
    limiter = Limiter(ceilingDB: mix.master.ceilingDB, sampleRate: sampleRate)
    room = mix.room.map { Room($0, sampleRate: sampleRate) }
    memoryFrames =
      limiter.memoryFrames + (room?.memoryFrames ?? 0) + (startleGuard?.memoryFrames ?? 0)
      + (prepared.map { $0.takeUnretainedValue().memoryFrames }.max() ?? 0)
    block = .allocate(capacity: Grid.frames)
    block.initialize(repeating: .zero)
    events = .allocate(capacity: Grid.frames)
    events.initialize(repeating: .zero)
    seek(toFrame: startFrame)
  }

  deinit {
    for layer in layers { layer.release() }
    layers.deallocate()
    powers.deallocate()
    block.deallocate()
    events.deallocate()
  }

  private static func layer(
    _ settings: LayerSettings, mix: Mix, turns: [LayerRotation.Turn]?, head: HRTF?, sampleRate: Double
  ) -> AnyLayer {
    let seed = settings.seed == 0 ? mix.seed : settings.seed
    let draws = Draws(seed: seed).branch(settings.name)
    func open<T: Trigger>(_ trigger: T) -> AnyLayer {
      Layer(
        settings, trigger: trigger, in: mix, turns: turns, head: head, draws: draws, sampleRate: sampleRate)
    }
    return open(settings.trigger)
  }

  /// Makes `frame` the next one to be rendered. Costs the same wherever it leads.
  public func seek(toFrame frame: Int) {
    nextBlock = Grid.block(of: frame - memoryFrames)
    for layer in layers { layer._withUnsafeGuaranteedRef { $0.seek(toBlock: nextBlock) } }
    room?.reset()
    startleGuard?.reset()
    limiter.reset()
    let latency = limiter.latencyFrames + Grid.start(of: startleDelay)
    let unheard = frame + latency - Grid.start(of: nextBlock)
    for _ in 0..<unheard / Grid.frames { renderBlock() }
    renderBlock()
    taken = unheard % Grid.frames
  }

  /// Writes the next frames of the mix: left, right, left, right. Silent before frame 0 and after the track's end.
  public func render(into output: UnsafeMutableBufferPointer<StereoFrame>) {
    var written = 0
    while written < output.count {
      if taken == Grid.frames {
        renderBlock()
        taken = 0
      }
      let count = min(Grid.frames - taken, output.count - written)
      let part = block.extracting(taken..<taken + count)
      _ = output.extracting(written..<written + count).update(fromContentsOf: part)
      taken += count
      written += count
    }
  }

  /// Blocks by which the startle guard lags behind.
  private var startleDelay: Int { isGuarded ? StartleGuard.delayBlocks : 0 }

  /// How loud each layer of a metered mix has been of late, as a mean square before it has a place; asked on any thread.
  public func power(ofLayer index: Int) -> Float {
    powers.indices.contains(index) ? powers[index].load(ordering: .relaxed) : 0
  }

  /// A tenth of a second's mean, about.
  private func meter() {
    for k in powers.indices {
      let now = layers[k]._withUnsafeGuaranteedRef { $0.power }
      let before = powers[k].load(ordering: .relaxed)
      powers[k].store(before + 0.05 * (now - before), ordering: .relaxed)
    }
  }

  private func renderBlock() {
    block.update(repeating: .zero)
    var mix = block.mutableSpan
    let send = room?.send
    if isGuarded {
      events.update(repeating: .zero)
      var others = events.mutableSpan
      for layer in layers {
        layer._withUnsafeGuaranteedRef {
          if $0.isGuarded { $0.render(into: &others, room: send) } else { $0.render(into: &mix, room: send) }
        }
      }
      room?.render(into: &others)
      if isMono {
        Self.foldDown(&others)
        Self.foldDown(&mix)
      }
      startleGuard?.process(block: nextBlock, bed: block, events: events)
    } else {
      for layer in layers { layer._withUnsafeGuaranteedRef { $0.render(into: &mix, room: send) } }
      room?.render(into: &mix)
      if isMono { Self.foldDown(&mix) }
    }
    fade.apply(to: &mix, gain: gain, startFrame: Grid.start(of: nextBlock - startleDelay))
    limiter.process(&mix)
    meter()
    nextBlock += 1
  }

  /// Gives both channels the mean of both.
  private static func foldDown(_ frames: inout MutableSpan<StereoFrame>) {
    for i in frames.indices { frames[i] = StereoFrame(repeating: 0.5 * (frames[i].x + frames[i].y)) }
  }
}
