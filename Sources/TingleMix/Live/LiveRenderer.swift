import Synchronization
import TingleDSP

/// A change made ready: its mix prepared and sought to where it begins. Making one takes milliseconds and memory, so it is
/// made on any thread but the one that plays.
public final class PreparedChange: @unchecked Sendable {
  public let change: Change
  /// Nil for silence.
  public let renderer: MixRenderer?
  let endFrame: Int
  // The same, for the thread that plays: a counted reference would be retained and released.
  fileprivate let playing: Unmanaged<MixRenderer>?
  /// The frame at which it really began, -1 before.
  private let begun = Atomic<Int>(-1)
  /// The performance's frame that it would render next; whoever has it alone may change it.
  fileprivate var readyFrame: Int

  /// Makes a change ready.
  public init(_ change: Change, sampleRate: Double) {
    self.change = change
    let start = change.frame + change.take.offsetFrames
    renderer = change.take.mix.map { MixRenderer($0, sampleRate: sampleRate, startFrame: start) }
    playing = renderer.map { .passUnretained($0) }
    readyFrame = change.frame
    endFrame = change.take.endFrame(sampleRate: sampleRate)
  }

  /// Passes over what should have been heard of it before a frame, on the thread that made it ready: less is then left to the
  /// thread that plays.
  public func advance(to frame: Int) {
    guard frame > readyFrame, let renderer else { return }
    let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 4096)
    frames.initialize(repeating: .zero)
    defer { frames.deallocate() }
    while readyFrame < frame {
      let part = frames.extracting(0..<min(frames.count, frame - readyFrame))
      renderer.render(into: part)
      readyFrame += part.count
    }
  }

  /// The performance's frame at which it began, once it has: the one it was made for, or a later one if it came late.
  public var beganAt: Int? {
    let frame = begun.load(ordering: .acquiring)
    return frame < 0 ? nil : frame
  }

  func begin(at frame: Int) { begun.store(frame, ordering: .releasing) }
}

/// Plays one take after the other, each cross-faded into the next.
///
/// `render` belongs to the thread that plays and keeps the real-time contract; `hand(over:)`, `isReady` and `collect` belong to
/// one other. Between the two lie a place for the cue that is to come and one for the cue that is done with.
public final class LiveRenderer: @unchecked Sendable {
  /// In hertz.
  public let sampleRate: Double
  /// What is heard first.
  public let first: PreparedChange

  // Cues are kept alive by who hands them over, until they are collected.
  private let coming = Atomic<UnsafeRawPointer?>(nil)
  private let retired = Atomic<UnsafeRawPointer?>(nil)
  private let position = Atomic<Int>(0)
  // The frame at which it was over, -1 before.
  private let over = Atomic<Int>(-1)
  // The playing thread's own.
  private var now: Unmanaged<PreparedChange>
  private var next: Unmanaged<PreparedChange>?
  private var fadeStart = 0
  private let scratch: UnsafeMutableBufferPointer<StereoFrame>
  private static let portion = 512
  // The other thread's own.
  private var kept: [PreparedChange]

  /// A performer that begins with a take at its frame 0.
  public init(_ take: PlaybackSegment, sampleRate: Double) {
    self.sampleRate = sampleRate
    first = PreparedChange(Change(at: 0, to: take, crossfadeFrames: 1), sampleRate: sampleRate)
    kept = [first]
    now = .passUnretained(first)
    scratch = .allocate(capacity: Self.portion)
    scratch.initialize(repeating: .zero)
  }

  deinit { scratch.deallocate() }

  /// How many frames have been played.
  public var frame: Int { position.load(ordering: .acquiring) }

  /// True once the last take's mix has come to its end.
  public var isOver: Bool { over.load(ordering: .acquiring) >= 0 }

  /// How many frames have been played since it was over.
  public var framesSinceEnd: Int { isOver ? frame - over.load(ordering: .relaxed) : 0 }

  /// Whether a cue can be handed over: the last one has begun, and its cross-fade is over.
  public var isReady: Bool {
    collect()
    return kept.count == 1
  }

  /// The cue that is heard, or that fades in.
  public var current: PreparedChange { kept[kept.count - 1] }

  /// Lets a cue begin at its frame, or at once if that is past. Only when `isReady`.
  public func hand(over cue: PreparedChange) {
    kept.append(cue)
    coming.store(UnsafeRawPointer(Unmanaged.passUnretained(cue).toOpaque()), ordering: .releasing)
  }

  /// Frees what is no longer heard.
  public func collect() {
    guard let pointer = retired.exchange(nil, ordering: .acquiringAndReleasing) else { return }
    kept.removeAll { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) == pointer }
  }

  /// Plays the next frames.
  public func render(into output: UnsafeMutableBufferPointer<StereoFrame>) {
    var done = 0
    while done < output.count {
      let frame = position.load(ordering: .relaxed)
      var count = min(output.count - done, Self.portion)
      if next == nil { take(at: frame) }
      if let cue = next { count = min(count, fadeEnd(cue) - frame) }
      // Up to where the next cue is due.
      if next == nil, let pointer = coming.load(ordering: .acquiring) {
        let due = Unmanaged<PreparedChange>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.change.frame }
        count = min(count, max(1, due - frame))
      }
      play(output.extracting(done..<done + count), at: frame)
      position.store(frame + count, ordering: .releasing)
      done += count
    }
    let end = now._withUnsafeGuaranteedRef { $0.endFrame }
    let isLast = next == nil && coming.load(ordering: .relaxed) == nil
    let frame = position.load(ordering: .relaxed)
    // A portion that only reaches over the end is partly heard.
    over.store(isLast && frame >= end ? max(end, frame - output.count) : -1, ordering: .releasing)
  }

  private func fadeEnd(_ cue: Unmanaged<PreparedChange>) -> Int {
    fadeStart + cue._withUnsafeGuaranteedRef { $0.change.crossfadeFrames }
  }

  /// Takes the next cue if it is due and the last one's remains have been collected.
  private func take(at frame: Int) {
    guard let pointer = coming.load(ordering: .acquiring), retired.load(ordering: .relaxed) == nil else {
      return
    }
    let cue = Unmanaged<PreparedChange>.fromOpaque(pointer)
    let due = cue._withUnsafeGuaranteedRef { $0.change.frame }
    guard due <= frame else { return }
    // It is late: what should have been heard of it meanwhile is passed over.
    var late = frame - cue._withUnsafeGuaranteedRef { $0.readyFrame }
    while late > 0 {
      let count = min(late, Self.portion)
      Self.render(cue, into: scratch.extracting(0..<count))
      late -= count
    }
    cue._withUnsafeGuaranteedRef { $0.begin(at: frame) }
    coming.store(nil, ordering: .releasing)
    fadeStart = frame
    next = cue
  }

  private func play(_ output: UnsafeMutableBufferPointer<StereoFrame>, at frame: Int) {
    Self.render(now, into: output)
    guard let cue = next else { return }
    let fading = scratch.extracting(0..<output.count)
    Self.render(cue, into: fading)
    let length = Double(cue._withUnsafeGuaranteedRef { $0.change.crossfadeFrames })
    for k in 0..<output.count {
      let share = Float(Curves.step(Double(frame + k - fadeStart + 1) / length))
      output[k] += share * (fading[k] - output[k])
    }
    guard frame + output.count >= fadeEnd(cue) else { return }
    retired.store(UnsafeRawPointer(now.toOpaque()), ordering: .releasing)
    now = cue
    next = nil
  }

  private static func render(
    _ cue: Unmanaged<PreparedChange>, into output: UnsafeMutableBufferPointer<StereoFrame>
  ) {
    guard let renderer = cue._withUnsafeGuaranteedRef({ $0.playing }) else {
      output.update(repeating: .zero)
      return
    }
    renderer._withUnsafeGuaranteedRef { $0.render(into: output) }
  }
}
