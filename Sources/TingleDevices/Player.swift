import Foundation
import Synchronization
import TingleDSP
import TingleMix

/// Plays a performer on a device: one thread renders a period and hands it over, and the device's buffer is all that lies
/// between a change and its being heard.
///
/// Frames can be listened in on: rings are offered what is played, and miss what they have no room for. A device without
/// a clock, such as the null device, waits for the recording, which then misses nothing.
public final class Player: @unchecked Sendable {
  /// How it went.
  public struct Report: Sendable {
    /// Frames handed to the device.
    public var playedFrames = 0
    /// How often the device ran dry.
    public var underruns = 0
    /// How often it came back from the machine's sleep, and how often it was opened again after it had gone.
    public var resumptions = 0
    public var returns = 0
    /// The longest that a period took to render, as a share of its length.
    public var worstLoad = 0.0
    /// By how much the device's clock is faster than the machine's, in millionths; 0 until half a minute has been played.
    public var driftPPM = 0.0
    /// Whether the thread that plays has a fixed priority.
    public var hasPriority = false
    /// The frame from which it faded out, if it was stopped.
    public var stoppedAt: Int?
  }

  /// What is played.
  public let liveRenderer: LiveRenderer
  private var device: PCMDevice
  private let reopen: (() throws -> PCMDevice)?
  private let seed: UInt64
  private let shouldStop: () -> Bool
  private let listeners: [FrameRing]
  private let recording: FrameRing?
  private let underrunsSoFar = Atomic<Int>(0)
  private let worstSoFar = Atomic<Double>(0)
  private let waiting = Atomic<Bool>(false)

  /// How long a device's buffer had better be: short where the thread that plays has a fixed priority.
  public static var usualLatencySeconds: Double { AudioThread.mayClaimPriority ? 0.06 : 0.15 }

  /// How long the sound takes to come when a device is back, or awake: nobody knows how loud it is now.
  private static let returnFadeSeconds = 3.0
  /// A device that is this far ahead of real time has no clock: no buffer is longer than `--latency` allows, 5 s.
  private static let longestBufferSeconds = 6.0
  /// How long a device that is gone is waited for.
  private static let patienceSeconds = 8.0

  /// - Parameters:
  ///   - seed: of the dither.
  ///   - listeners: rings that are offered every frame; the performer's rate and the device's must be the same.
  ///   - recording: a ring that is offered every frame; a device without a clock waits until it has room.
  ///   - reopen: opens the device again after it has gone; nil gives up at once.
  ///   - shouldStop: asked once per period; true fades out and ends.
  public init(
    _ liveRenderer: LiveRenderer, on device: PCMDevice, seed: UInt64, listeners: [FrameRing] = [],
    recording: FrameRing? = nil, reopen: (() throws -> PCMDevice)? = nil, shouldStop: @escaping () -> Bool
  ) {
    self.liveRenderer = liveRenderer
    self.device = device
    self.seed = seed
    self.listeners = listeners
    self.recording = recording
    self.reopen = reopen
    self.shouldStop = shouldStop
  }

  /// How often the device has run dry, asked on any thread.
  public var underruns: Int { underrunsSoFar.load(ordering: .relaxed) }

  /// Whether the device is gone, or takes nothing, and is waited for; asked on any thread.
  public var isWaiting: Bool { waiting.load(ordering: .relaxed) }

  /// The longest that a period has taken to render, as a share of its length; asked on any thread.
  public var worstLoad: Double { worstSoFar.load(ordering: .relaxed) }

  /// Plays to the end of the performer's last take, or until stopped, on a thread of its own; waits for it.
  /// - Parameter meanwhile: what the calling thread does until it is over.
  /// - Throws: `UserError` (`unavailable`) when the device goes away and does not come back.
  public func play(meanwhile: (_ isOver: () -> Bool) -> Void = { _ in }) throws -> Report {
    let ended = DispatchSemaphore(value: 0)
    let isOver = Atomic<Bool>(false)
    nonisolated(unsafe) var result: Result<Report, any Error> = .success(Report())
    let thread = Thread {
      result = Result { try self.feed() }
      isOver.store(true, ordering: .releasing)
      ended.signal()
    }
    thread.name = "tingle audio"
    thread.stackSize = 1 << 20
    thread.qualityOfService = .userInteractive
    thread.start()
    meanwhile { isOver.load(ordering: .acquiring) }
    ended.wait()
    for listener in listeners { listener.close() }
    recording?.close()
    return try result.get()
  }

  /// The audio thread's own things.
  private struct Work: ~Copyable {
    let encoder: SampleEncoder
    let frames: Buffer<StereoFrame>
    let bytes: Buffer<UInt8>
    let sampleRate: Double

    init(_ configuration: PCMDevice.Configuration, seed: UInt64) {
      encoder = SampleEncoder(configuration.format, channels: configuration.channels, seed: seed)
      frames = Buffer(repeating: .zero, count: configuration.periodFrames)
      bytes = Buffer(repeating: 0, count: configuration.periodFrames * encoder.frameBytes)
      sampleRate = Double(configuration.sampleRate)
    }
  }

  private func feed() throws -> Report {
    var report = Report()
    report.hasPriority = AudioThread.claimPriority()
    var work = Work(device.configuration, seed: seed)
    let offset = liveRenderer.first.change.segment.offsetFrames
    let stopFrames = Int(Performance.stopFadeSeconds * work.sampleRate)
    var returnedAt: Int?
    var clock = DriftClock(sampleRate: work.sampleRate)
    var lost = (underruns: 0, resumptions: 0)
    let began = DispatchTime.now().uptimeNanoseconds
    playing: while !liveRenderer.isOver {
      let frame = liveRenderer.frame
      if report.stoppedAt == nil, shouldStop() { report.stoppedAt = frame }
      if let stop = report.stoppedAt, frame - stop >= stopFrames { break }
      let start = DispatchTime.now().uptimeNanoseconds
      liveRenderer.render(into: work.frames.elements)
      let load = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 * work.sampleRate
      report.worstLoad = max(report.worstLoad, load / Double(work.frames.count))
      worstSoFar.store(report.worstLoad, ordering: .relaxed)
      if let stop = report.stoppedAt {
        Performance.fadeOut(work.frames.elements, from: frame - stop, sampleRate: work.sampleRate)
      }
      let heard = UnsafeBufferPointer(
        work.frames[0..<max(0, work.frames.count - liveRenderer.framesSinceEnd)])
      for listener in listeners { listener.offer(heard) }
      if let recording {
        let elapsed = Double(start - began) * 1e-9
        let ahead = Double(report.playedFrames) / work.sampleRate - elapsed
        _ = ahead > Self.longestBufferSeconds ? recording.write(heard) : recording.offer(heard)
      }
      if let back = returnedAt {
        fadeIn(work.frames.elements, from: frame - back, over: Int(Self.returnFadeSeconds * work.sampleRate))
      }
      work.encoder.encode(heard, startFrame: frame + offset, into: work.bytes.baseAddress)
      do {
        switch try device.write(work.bytes.baseAddress, frames: heard.count, whileStuck: keepsWaiting) {
        case .taken: clock.tick(frames: heard.count, pending: device.pendingFrames)
        case .slept:
          returnedAt = liveRenderer.frame
          clock.reset()
        case .givenUp:
          device.forsake()
          break playing
        }
      } catch {
        let gone = device
        guard try comeBack(after: error, &work) else { break playing }
        lost.underruns += gone.underruns
        lost.resumptions += gone.resumptions
        report.returns += 1
        returnedAt = liveRenderer.frame
        clock = DriftClock(sampleRate: work.sampleRate)
      }
      waiting.store(false, ordering: .relaxed)
      report.playedFrames += heard.count
      let underruns = lost.underruns + device.underruns
      if underruns > self.underruns { clock.reset() }
      underrunsSoFar.store(underruns, ordering: .relaxed)
    }
    device.drain()
    report.underruns = lost.underruns + device.underruns
    report.resumptions = lost.resumptions + device.resumptions
    report.driftPPM = clock.driftPPM
    return report
  }

  /// Whether to wait for a device that takes nothing.
  private func keepsWaiting() -> Bool {
    waiting.store(true, ordering: .relaxed)
    return !shouldStop()
  }

  /// Waits for the device to return, for a while; false when asked to stop meanwhile.
  private func comeBack(after failure: any Error, _ work: inout Work) throws -> Bool {
    guard let reopen else { throw failure }
    // Who has a device for himself would stand in his own way.
    device.close()
    let configuration = device.configuration
    let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(Self.patienceSeconds * 1e9)
    while DispatchTime.now().uptimeNanoseconds < deadline {
      guard keepsWaiting() else { return false }
      usleep(250_000)
      guard let other = try? reopen() else { continue }
      // The mix is prepared for a rate: a device of another one is not the same any more.
      guard other.configuration.sampleRate == configuration.sampleRate else { continue }
      device = other
      work = Work(other.configuration, seed: seed)
      return true
    }
    throw failure
  }

  private func fadeIn(_ frames: UnsafeMutableBufferPointer<StereoFrame>, from risen: Int, over length: Int) {
    guard risen < length else { return }
    for k in 0..<frames.count { frames[k] *= Float(Curves.step(Double(risen + k) / Double(length))) }
  }
}
