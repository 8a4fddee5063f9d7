import Synchronization
import TingleDSP

/// Renders a mix from any start frame, in portions of any size.
///
/// layers -> bed and trigger bus, room send -> room -> startle guard -> fade and master gain -> limiter.
/// `init` allocates everything; `seek` and `render` keep the real-time contract: no allocation, no lock, no
/// reference counting, no system call. One thread at a time can use a renderer.
public final class MixRenderer {
  /// The sample rate in hertz.
  public let sampleRate: Double

  // Unmanaged: calls through a strong reference would retain and release every layer in every block.
  private let layers: Buffer<Unmanaged<LayerRenderer>>
  private let powers: UnsafeMutableBufferPointer<Atomic<Float>>
  private let fade: Fade
  private let gain: Float
  private let startleGuard: StartleGuard?
  private let isGuarded: Bool
  private let isMono: Bool
  private let limiter: Limiter
  private let room: Room?
  private let memoryFrames: Int
  // The bed bus, which becomes the mix, and the trigger bus.
  private let block: Buffer<StereoFrame>
  private let events: Buffer<StereoFrame>
  // The number of frames of `block` that the caller has received.
  private var taken = Grid.frames
  private var nextBlock = 0

  /// Prepares a mix.
  /// - Parameters:
  ///   - mix: the mix to render.
  ///   - sampleRate: in hertz; tested at 44100, 48000, 88200 and 96000.
  ///   - startFrame: the first frame to render.
  public init(_ mix: Mix, sampleRate: Double, startFrame: Int = 0) {
    self.sampleRate = sampleRate
    let settings = mix.layers + (mix.floor.map { [$0] } ?? [])
    let needsHead = mix.output == .headphones && settings.contains { $0.settledPlace != nil }
    let head = needsHead ? HRTF.head(mix.head, sampleRate: sampleRate) : nil
    let turns = mix.turns
    let prepared = settings.map {
      Unmanaged.passRetained(
        Self.layer($0, mix: mix, turns: turns[$0.name], head: head, sampleRate: sampleRate))
    }
    layers = Buffer(prepared)
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
    block = Buffer(repeating: .zero, count: Grid.frames)
    events = Buffer(repeating: .zero, count: Grid.frames)
    seek(toFrame: startFrame)
  }

  deinit {
    for layer in layers.elements { layer.release() }
    powers.deallocate()
  }

  private static func layer(
    _ settings: LayerSettings, mix: Mix, turns: [LayerRotation.Turn]?, head: HRTF?, sampleRate: Double
  ) -> LayerRenderer {
    let draws = settings.draws(mixSeed: mix.seed)
    func open<T: Trigger>(_ trigger: T) -> LayerRenderer {
      TriggerLayerRenderer(
        settings, trigger: trigger, in: mix, turns: turns, head: head, draws: draws, sampleRate: sampleRate)
    }
    if let whisper = settings.trigger as? Whisper, let lines = settings.timetable?.lines {
      return open(NarratedWhisper(whisper, lines: lines))
    }
    return open(settings.trigger)
  }

  /// Makes `frame` the next one to render. The cost does not depend on the frame.
  public func seek(toFrame frame: Int) {
    nextBlock = Grid.block(of: frame - memoryFrames)
    for layer in layers.elements { layer._withUnsafeGuaranteedRef { $0.seek(toBlock: nextBlock) } }
    room?.reset()
    startleGuard?.reset()
    limiter.reset()
    let latency = limiter.latencyFrames + Grid.start(of: startleDelay)
    let discarded = frame + latency - Grid.start(of: nextBlock)
    for _ in 0..<discarded / Grid.frames { renderBlock() }
    renderBlock()
    taken = discarded % Grid.frames
  }

  /// Writes the next frames of the mix; silence before frame 0 and after the end of the track.
  public func render(into output: UnsafeMutableBufferPointer<StereoFrame>) {
    var written = 0
    while written < output.count {
      if taken == Grid.frames {
        renderBlock()
        taken = 0
      }
      let count = min(Grid.frames - taken, output.count - written)
      _ = output.extracting(written..<written + count).update(fromContentsOf: block[taken..<taken + count])
      taken += count
      written += count
    }
  }

  /// The latency of the startle guard in blocks.
  private var startleDelay: Int { isGuarded ? StartleGuard.delayBlocks : 0 }

  /// The mean square of a layer before its spatializer, smoothed over about 0.1 s. Any thread can call this.
  /// - Returns: 0 if the mix is not metered.
  public func power(ofLayer index: Int) -> Float {
    powers.indices.contains(index) ? powers[index].load(ordering: .relaxed) : 0
  }

  /// Updates the meters: a one-pole smoother per layer.
  private func meter() {
    for k in powers.indices {
      let power = layers[k]._withUnsafeGuaranteedRef { $0.power }
      let previous = powers[k].load(ordering: .relaxed)
      powers[k].store(previous + 0.05 * (power - previous), ordering: .relaxed)
    }
  }

  private func renderBlock() { Subnormals.flushed { mixBlock() } }

  private func mixBlock() {
    block.fill(.zero)
    let frames = block.elements
    var mix = frames.mutableSpan
    let send = room?.send.elements
    if isGuarded {
      events.fill(.zero)
      let eventFrames = events.elements
      var others = eventFrames.mutableSpan
      for layer in layers.elements {
        layer._withUnsafeGuaranteedRef {
          if $0.isGuarded { $0.render(into: &others, room: send) } else { $0.render(into: &mix, room: send) }
        }
      }
      room?.render(into: &others)
      if isMono {
        Self.downmix(&others)
        Self.downmix(&mix)
      }
      startleGuard?.process(block: nextBlock, bed: frames, events: eventFrames)
    } else {
      for layer in layers.elements {
        layer._withUnsafeGuaranteedRef { $0.render(into: &mix, room: send) }
      }
      room?.render(into: &mix)
      if isMono { Self.downmix(&mix) }
    }
    fade.apply(to: &mix, gain: gain, startFrame: Grid.start(of: nextBlock - startleDelay))
    limiter.process(&mix)
    meter()
    nextBlock += 1
  }

  /// Writes the mono downmix to both channels.
  private static func downmix(_ frames: inout MutableSpan<StereoFrame>) {
    for i in frames.indices { frames[i] = StereoFrame(repeating: frames[i].mid) }
  }
}
