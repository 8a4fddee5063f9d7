import Foundation
import Synchronization
import TingleDSP
import TingleMix

/// Plays a live renderer on a device: one thread renders a period at a time and writes it, so the device's
/// buffer is the only delay between a change and its sound.
///
/// Meters and recorders receive the frames through rings; frames that do not fit into a ring are lost to its
/// reader. On a device without a clock, such as ALSA's null device, the audio thread waits for the recording,
/// which then loses no frames.
// Unchecked Sendable: the audio thread alone renders and uses the device; other threads use only constants
// and atomics.
public final class Player: @unchecked Sendable {
  /// The statistics of a performance.
  public struct Report: Sendable {
    /// The number of frames written to the device.
    public var playedFrames = 0
    /// The number of underruns.
    public var underruns = 0
    /// The number of times that the system suspended and resumed.
    public var suspends = 0
    /// The number of times that the device was reopened after it had disappeared.
    public var reconnects = 0
    /// The longest time to render a period, as a fraction of the period's length.
    public var worstLoad = 0.0
    /// The drift of the device's clock against the system's, in parts per million; 0 for the first 30
    /// seconds.
    public var driftPPM = 0.0
    /// Whether the audio thread has real-time priority.
    public var hasRealTimePriority = false
    /// The frame where the fade-out started, if the player was stopped.
    public var stoppedAt: Int?
  }

  /// The source of the frames.
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

  /// The default length of the device's buffer in seconds: shorter if the audio thread can have real-time
  /// priority.
  public static var defaultLatencySeconds: Double { AudioThread.canUseRealTimePriority ? 0.06 : 0.15 }

  /// The fade-in after a reconnect or a suspend: the device's volume can have changed.
  private static let returnFadeSeconds = 3.0
  /// A device that is further than this ahead of real time has no clock: `--latency` allows buffers of at
  /// most 5 s.
  private static let longestBufferSeconds = 6.0
  /// How long a device that has disappeared has to return.
  private static let reconnectSeconds = 8.0

  /// Creates a player.
  /// - Parameters:
  ///   - liveRenderer: the source of the frames, at the device's sample rate.
  ///   - seed: the seed of the dither.
  ///   - listeners: rings that receive every frame they have space for.
  ///   - recording: a ring that receives every frame; on a device without a clock, the player waits for space
  ///     in it.
  ///   - reopen: opens the device again after it has disappeared; nil makes that an error.
  ///   - shouldStop: called once per period; true fades out and stops.
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

  /// The number of underruns so far; readable on any thread.
  public var underruns: Int { underrunsSoFar.load(ordering: .relaxed) }

  /// Whether the player is waiting for a device that has disappeared or accepts no frames; readable on any
  /// thread.
  public var isWaiting: Bool { waiting.load(ordering: .relaxed) }

  /// The longest time to render a period so far, as a fraction of the period's length; readable on any
  /// thread.
  public var worstLoad: Double { worstSoFar.load(ordering: .relaxed) }

  /// Plays on a thread of its own until the renderer's last segment ends or `shouldStop` is true, and waits
  /// for it.
  /// - Parameter meanwhile: runs on the calling thread; returns when its argument returns true.
  /// - Throws: `UserError` (`unavailable`) if the device disappears and does not return.
  public func play(meanwhile: (_ isOver: () -> Bool) -> Void = { _ in }) throws -> Report {
    let ended = DispatchSemaphore(value: 0)
    let isOver = Atomic<Bool>(false)
    // Safe: the thread writes it before it signals `ended`, and it is read after that.
    nonisolated(unsafe) var result: Result<Report, any Error> = .success(Report())
    let thread = Thread {
      result = Result { try self.run() }
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

  /// The buffers of the audio thread.
  private struct Buffers: ~Copyable {
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

  private func run() throws -> Report {
    var report = Report()
    report.hasRealTimePriority = AudioThread.requestRealTimePriority()
    var buffers = Buffers(device.configuration, seed: seed)
    let offset = liveRenderer.first.change.segment.offsetFrames
    let stopFrames = Int(Performance.stopFadeSeconds * buffers.sampleRate)
    var returnedAt: Int?
    var drift = ClockDriftMeter(sampleRate: buffers.sampleRate)
    // The counts of devices that have disappeared.
    var earlier = (underruns: 0, suspends: 0)
    let playStart = DispatchTime.now().uptimeNanoseconds
    playing: while !liveRenderer.isOver {
      let frame = liveRenderer.frame
      if report.stoppedAt == nil, shouldStop() { report.stoppedAt = frame }
      if let stop = report.stoppedAt, frame - stop >= stopFrames { break }
      let start = DispatchTime.now().uptimeNanoseconds
      liveRenderer.render(into: buffers.frames.elements)
      let load = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 * buffers.sampleRate
      report.worstLoad = max(report.worstLoad, load / Double(buffers.frames.count))
      worstSoFar.store(report.worstLoad, ordering: .relaxed)
      if let stop = report.stoppedAt {
        Performance.fadeOut(buffers.frames.elements, from: frame - stop, sampleRate: buffers.sampleRate)
      }
      let played = UnsafeBufferPointer(
        buffers.frames[0..<max(0, buffers.frames.count - liveRenderer.framesSinceEnd)])
      for listener in listeners { listener.offer(played) }
      if let recording {
        let elapsed = Double(start - playStart) * 1e-9
        let ahead = Double(report.playedFrames) / buffers.sampleRate - elapsed
        _ = ahead > Self.longestBufferSeconds ? recording.write(played) : recording.offer(played)
      }
      if let returnedAt {
        fadeIn(
          buffers.frames.elements, from: frame - returnedAt,
          over: Int(Self.returnFadeSeconds * buffers.sampleRate))
      }
      buffers.encoder.encode(played, startFrame: frame + offset, into: buffers.bytes.baseAddress)
      do {
        switch try device.write(
          buffers.bytes.baseAddress, frames: played.count, whileBlocked: shouldKeepWaiting)
        {
        case .written: drift.tick(frames: played.count, pending: device.pendingFrames)
        case .suspended:
          returnedAt = liveRenderer.frame
          drift.reset()
        case .abandoned:
          device.abandonWithoutClosing()
          break playing
        }
      } catch {
        let lostDevice = device
        guard try reconnect(after: error, &buffers) else { break playing }
        earlier.underruns += lostDevice.underruns
        earlier.suspends += lostDevice.suspends
        report.reconnects += 1
        returnedAt = liveRenderer.frame
        drift = ClockDriftMeter(sampleRate: buffers.sampleRate)
      }
      waiting.store(false, ordering: .relaxed)
      report.playedFrames += played.count
      let underruns = earlier.underruns + device.underruns
      if underruns > self.underruns { drift.reset() }
      underrunsSoFar.store(underruns, ordering: .relaxed)
    }
    device.drain()
    report.underruns = earlier.underruns + device.underruns
    report.suspends = earlier.suspends + device.suspends
    report.driftPPM = drift.driftPPM
    return report
  }

  /// Whether to keep waiting for the device; publishes that the player is waiting.
  private func shouldKeepWaiting() -> Bool {
    waiting.store(true, ordering: .relaxed)
    return !shouldStop()
  }

  /// Reopens a device that has disappeared.
  /// - Returns: false if `shouldStop` was true while waiting.
  /// - Throws: `failure` if the device does not return in time.
  private func reconnect(after failure: any Error, _ buffers: inout Buffers) throws -> Bool {
    guard let reopen else { throw failure }
    // A device that is open exclusively must be closed before it can be reopened.
    device.close()
    let configuration = device.configuration
    let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(Self.reconnectSeconds * 1e9)
    while DispatchTime.now().uptimeNanoseconds < deadline {
      guard shouldKeepWaiting() else { return false }
      usleep(250_000)
      guard let other = try? reopen() else { continue }
      // The mix is prepared for one sample rate; a device with another rate cannot continue it.
      guard other.configuration.sampleRate == configuration.sampleRate else { continue }
      device = other
      buffers = Buffers(other.configuration, seed: seed)
      return true
    }
    throw failure
  }

  private func fadeIn(_ frames: UnsafeMutableBufferPointer<StereoFrame>, from start: Int, over length: Int) {
    guard start < length else { return }
    for k in 0..<frames.count { frames[k] *= Float(Curves.step(Double(start + k) / Double(length))) }
  }
}
