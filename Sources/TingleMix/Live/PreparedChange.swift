import Synchronization
import TingleDSP

/// A change with its mix prepared and positioned at its start frame, ready for the audio thread.
///
/// Preparing allocates and takes milliseconds; any thread but the audio thread can do it.
///
/// `@unchecked Sendable`: `startedAt` is atomic; `readyFrame` and the renderer belong to the preparing thread
/// until `LiveRenderer.schedule`, and to the audio thread after it.
public final class PreparedChange: @unchecked Sendable {
  /// The change.
  public let change: SegmentChange
  /// The renderer of the segment; nil for silence.
  public let renderer: MixRenderer?
  /// The performance's frame at which the segment's mix ends.
  let endFrame: Int
  // The same renderer for the audio thread; calls through the strong reference would count references.
  private let unmanagedRenderer: Unmanaged<MixRenderer>?
  private let started = Atomic<Int>(-1)
  /// The performance's frame that `renderer` renders next.
  private(set) var readyFrame: Int

  /// Prepares a change.
  public init(_ change: SegmentChange, sampleRate: Double) {
    self.change = change
    let start = change.frame + change.segment.offsetFrames
    renderer = change.segment.mix.map { MixRenderer($0, sampleRate: sampleRate, startFrame: start) }
    unmanagedRenderer = renderer.map { .passUnretained($0) }
    readyFrame = change.frame
    endFrame = change.segment.endFrame(sampleRate: sampleRate)
  }

  /// Renders and discards the segment up to a frame of the performance, on the preparing thread. If the
  /// change comes late, the audio thread then has less to catch up on.
  public func advance(to frame: Int) {
    guard frame > readyFrame, let renderer else { return }
    let buffer = Buffer<StereoFrame>(repeating: .zero, count: 4096)
    while readyFrame < frame {
      let count = min(buffer.count, frame - readyFrame)
      renderer.render(into: buffer[0..<count])
      readyFrame += count
    }
  }

  /// The performance's frame at which the change started: its own frame, or a later one if it came late. Nil
  /// before.
  public var startedAt: Int? {
    let frame = started.load(ordering: .acquiring)
    return frame < 0 ? nil : frame
  }

  func start(at frame: Int) { started.store(frame, ordering: .releasing) }

  /// Renders the next frames of the segment, on the audio thread.
  func render(into output: UnsafeMutableBufferPointer<StereoFrame>) {
    guard let unmanagedRenderer else {
      output.update(repeating: .zero)
      return
    }
    unmanagedRenderer._withUnsafeGuaranteedRef { $0.render(into: output) }
  }
}
