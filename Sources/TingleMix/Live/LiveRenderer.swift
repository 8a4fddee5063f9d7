import Synchronization
import TingleDSP

/// Renders one playback segment after another, with a cross-fade from each to the next.
///
/// Two threads share a renderer. `render` belongs to the audio thread and keeps the real-time contract.
/// `schedule`, `isReady` and `collect` belong to one other thread, the control thread. They exchange changes
/// through two atomic pointers: `pending` (control to audio) and `retired` (audio to control).
///
/// `@unchecked Sendable`: `kept` belongs to the control thread, the other variables to the audio thread, and
/// all that both access is atomic.
public final class LiveRenderer: @unchecked Sendable {
  /// The sample rate in hertz.
  public let sampleRate: Double
  /// The segment at frame 0.
  public let first: PreparedChange

  // `kept` holds the only strong references; a change stays in it until `collect` removes it.
  private let pending = Atomic<UnsafeRawPointer?>(nil)
  private let retired = Atomic<UnsafeRawPointer?>(nil)
  private let position = Atomic<Int>(0)
  // The frame at which the last mix ended, -1 before.
  private let end = Atomic<Int>(-1)
  // The audio thread's state.
  private var playing: Unmanaged<PreparedChange>
  private var fadingIn: Unmanaged<PreparedChange>?
  private var fadeStart = 0
  private let scratch: Buffer<StereoFrame>
  private static let portion = 512
  // The control thread's state.
  private var kept: [PreparedChange]

  /// A renderer that starts with a segment at its frame 0.
  public init(_ segment: PlaybackSegment, sampleRate: Double) {
    self.sampleRate = sampleRate
    first = PreparedChange(SegmentChange(at: 0, to: segment, crossfadeFrames: 1), sampleRate: sampleRate)
    kept = [first]
    playing = .passUnretained(first)
    scratch = Buffer(repeating: .zero, count: Self.portion)
  }

  /// The number of frames rendered so far.
  public var frame: Int { position.load(ordering: .acquiring) }

  /// Whether the last segment's mix has ended.
  public var isOver: Bool { end.load(ordering: .acquiring) >= 0 }

  /// The number of frames rendered since the end of the last segment's mix.
  public var framesSinceEnd: Int { isOver ? frame - end.load(ordering: .relaxed) : 0 }

  /// Whether a change can be scheduled: the previous one has started, and its cross-fade is complete.
  public var isReady: Bool {
    collect()
    return kept.count == 1
  }

  /// The newest scheduled change.
  public var current: PreparedChange { kept[kept.count - 1] }

  /// Schedules a change at its frame, or at once if that frame has passed. Requires `isReady`.
  public func schedule(_ change: PreparedChange) {
    kept.append(change)
    pending.store(UnsafeRawPointer(Unmanaged.passUnretained(change).toOpaque()), ordering: .releasing)
  }

  /// Frees the change that the audio thread no longer uses.
  public func collect() {
    guard let pointer = retired.exchange(nil, ordering: .acquiringAndReleasing) else { return }
    kept.removeAll { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) == pointer }
  }

  /// Renders the next frames.
  public func render(into output: UnsafeMutableBufferPointer<StereoFrame>) {
    var done = 0
    while done < output.count {
      let frame = position.load(ordering: .relaxed)
      var count = min(output.count - done, Self.portion)
      if fadingIn == nil { startPending(at: frame) }
      if let change = fadingIn { count = min(count, fadeEnd(change) - frame) }
      // Stop at the frame at which the next change is due.
      if fadingIn == nil, let pointer = pending.load(ordering: .acquiring) {
        let due = Unmanaged<PreparedChange>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.change.frame }
        count = min(count, max(1, due - frame))
      }
      render(output.extracting(done..<done + count), at: frame)
      position.store(frame + count, ordering: .releasing)
      done += count
    }
    let endFrame = playing._withUnsafeGuaranteedRef { $0.endFrame }
    let isLast = fadingIn == nil && pending.load(ordering: .relaxed) == nil
    let frame = position.load(ordering: .relaxed)
    // The end can lie within this portion.
    end.store(isLast && frame >= endFrame ? max(endFrame, frame - output.count) : -1, ordering: .releasing)
  }

  private func fadeEnd(_ change: Unmanaged<PreparedChange>) -> Int {
    fadeStart + change._withUnsafeGuaranteedRef { $0.change.crossfadeFrames }
  }

  /// Starts the pending change if it is due and the previous one has been collected.
  private func startPending(at frame: Int) {
    guard let pointer = pending.load(ordering: .acquiring), retired.load(ordering: .relaxed) == nil else {
      return
    }
    let change = Unmanaged<PreparedChange>.fromOpaque(pointer)
    let due = change._withUnsafeGuaranteedRef { $0.change.frame }
    guard due <= frame else { return }
    // A late change catches up: the frames up to now are rendered and discarded.
    var late = frame - change._withUnsafeGuaranteedRef { $0.readyFrame }
    while late > 0 {
      let count = min(late, Self.portion)
      change._withUnsafeGuaranteedRef { $0.render(into: scratch[0..<count]) }
      late -= count
    }
    change._withUnsafeGuaranteedRef { $0.start(at: frame) }
    pending.store(nil, ordering: .releasing)
    fadeStart = frame
    fadingIn = change
  }

  private func render(_ output: UnsafeMutableBufferPointer<StereoFrame>, at frame: Int) {
    playing._withUnsafeGuaranteedRef { $0.render(into: output) }
    guard let change = fadingIn else { return }
    let next = scratch[0..<output.count]
    change._withUnsafeGuaranteedRef { $0.render(into: next) }
    let length = Double(change._withUnsafeGuaranteedRef { $0.change.crossfadeFrames })
    for k in 0..<output.count {
      let share = Float(Curves.step(Double(frame + k - fadeStart + 1) / length))
      output[k] += share * (next[k] - output[k])
    }
    guard frame + output.count >= fadeEnd(change) else { return }
    retired.store(UnsafeRawPointer(playing.toOpaque()), ordering: .releasing)
    playing = change
    fadingIn = nil
  }
}
