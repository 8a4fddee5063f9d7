import CALSA
import Foundation
import Synchronization
import TingleMix
import TingleSupport

/// An ALSA playback device: opens it, negotiates hardware parameters, writes frames, and recovers from
/// underruns and system suspend.
public final class PCMDevice {
  /// The hardware parameters of an open device.
  public struct Configuration: Sendable {
    /// The sample rate in hertz.
    public let sampleRate: Int
    /// The sample format.
    public let format: SampleFormat
    /// The number of channels; nearly always 2.
    public let channels: Int
    /// The buffer size in frames, which is the longest delay between writing a frame and hearing it.
    public let bufferFrames: Int
    /// The period size in frames: the interval between two wake-ups.
    public let periodFrames: Int
  }

  /// The ALSA name of the device.
  public let name: String
  /// The hardware parameters.
  public let configuration: Configuration
  /// The number of underruns.
  public private(set) var underruns = 0
  /// The number of times that the system suspended and resumed.
  public private(set) var suspends = 0

  private let pcm: OpaquePointer
  private var isOpen = true
  // When frames were last written, in seconds of CLOCK_BOOTTIME, which also runs during suspend; nil before
  // the first write and after a suspend.
  private var lastWritten: Double?
  // Frames written since the last start: a sound server needs a moment before it plays, which is not an
  // underrun.
  private var writtenFrames = 0

  /// A gap between two writes that is longer than this is a system suspend, not a late thread.
  private static let suspendSeconds = 2.0
  /// How long a sound server has to respond.
  private static let timeoutSeconds = 5.0
  /// How long a device can accept no frames before `whileBlocked` is called.
  private static let blockedMilliseconds: Int32 = 200

  /// The rates tried, in this order, if the device does not support the requested one.
  private static let fallbackRates = [48000, 44100, 96000, 88200]
  private static let formats: [(format: SampleFormat, alsa: snd_pcm_format_t)] = [
    (.float32, SND_PCM_FORMAT_FLOAT_LE), (.int32, SND_PCM_FORMAT_S32_LE),
    (.s24InLow32, SND_PCM_FORMAT_S24_LE),
    (.int24, SND_PCM_FORMAT_S24_3LE), (.int16, SND_PCM_FORMAT_S16_LE),
  ]

  /// Opens a device.
  /// - Parameters:
  ///   - name: an ALSA name, as listed by `tingle devices`.
  ///   - sampleRate: the requested rate in hertz; the device can have another.
  ///   - latencySeconds: the length of the device's buffer in seconds.
  ///   - isCancelled: polled while a sound server does not respond; true stops the wait.
  /// - Throws: `UserError` (`unavailable`).
  public init(
    name: String, sampleRate: Int, latencySeconds: Double, isCancelled: () -> Bool = { false }
  ) throws {
    self.name = name
    let opened = withTimeout(
      seconds: Self.timeoutSeconds, isCancelled: isCancelled,
      onLateResult: { _ = ($0 as Result<Opened, any Error>).map { snd_pcm_close($0.pcm) } }
    ) {
      Result { try Self.open(name, sampleRate: sampleRate, latencySeconds: latencySeconds) }
    }
    guard let opened else {
      throw UserError(
        .unavailable, "the audio device '\(name)' does not respond; is its sound server running?")
    }
    (pcm, configuration) = (try opened.get().pcm, try opened.get().configuration)
  }

  /// An open device and its parameters.
  // Unchecked Sendable: one thread at a time uses the handle, that of a timed call or the one waiting for it.
  private struct Opened: @unchecked Sendable {
    let pcm: OpaquePointer
    let configuration: Configuration
  }

  private static func open(_ name: String, sampleRate: Int, latencySeconds: Double) throws -> Opened {
    silenceALSAErrors()
    var handle: OpaquePointer?
    let status = AudioThread.withRealTimePriority {
      // Non-blocking: a write that blocks in ALSA could not be cancelled.
      snd_pcm_open(&handle, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    }
    guard status >= 0, let handle else {
      throw UserError(
        .unavailable,
        "cannot open the audio device '\(name)': \(text(status)); `tingle devices` lists the devices")
    }
    do {
      let configuration = try negotiate(
        handle, name, sampleRate: sampleRate, latencySeconds: latencySeconds)
      return Opened(pcm: handle, configuration: configuration)
    } catch {
      snd_pcm_close(handle)
      throw error
    }
  }

  deinit { close() }

  /// Closes the device, so that it can be opened again. After this only the configuration and the counters
  /// are valid.
  func close() {
    guard isOpen else { return }
    isOpen = false
    snd_pcm_close(pcm)
  }

  /// Gives up the device without calling ALSA: closing a device that does not respond would block.
  func abandonWithoutClosing() { isOpen = false }

  /// The result of a write.
  public enum Outcome: Sendable {
    /// All frames were written.
    case written
    /// The system was suspended: the frames in the device's buffer and the rest of these frames are
    /// discarded.
    case suspended
    /// The device accepts no frames, and `whileBlocked` returned false.
    case abandoned
  }

  /// Writes interleaved frames in the device's sample format; blocks until the device has accepted them.
  /// - Parameter whileBlocked: polled while the device accepts no frames; false abandons the write.
  /// - Throws: `UserError` (`unavailable`) if the device has disappeared.
  public func write(_ bytes: UnsafeRawPointer, frames: Int, whileBlocked: () -> Bool) throws -> Outcome {
    var cursor = bytes
    var remaining = frames
    let frameBytes = configuration.format.bytes * configuration.channels
    let waitMilliseconds = max(
      Self.blockedMilliseconds, Int32(2000 * configuration.periodFrames / configuration.sampleRate))
    let suspendsBefore = suspends
    while remaining > 0, suspends == suspendsBefore {
      let result = snd_pcm_writei(pcm, cursor, snd_pcm_uframes_t(remaining))
      if result >= 0 {
        writtenFrames += result
        cursor += result * frameBytes
        remaining -= result
      } else if result == -Int(EAGAIN) {
        let status = snd_pcm_wait(pcm, waitMilliseconds)
        if status < 0 { try recover(from: status) }
        if status == 0, !whileBlocked() { return .abandoned }
      } else {
        try recover(from: Int32(result))
      }
    }
    if suspends == suspendsBefore { try detectHiddenGap() }
    return suspends == suspendsBefore ? .written : .suspended
  }

  // The time of the announcement, by the clock of `lastWritten`; static, since SIGSTOP stops the whole
  // process.
  private static let announcedStop = Atomic<Double>(-.infinity)

  /// Announces an intentional SIGSTOP, so that the gap counts neither as an underrun nor as a suspend.
  public static func announceStop() { announcedStop.store(now, ordering: .relaxed) }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Whether an announced stop explains the current gap: it was announced when frames were last written.
  private var isStopAnnounced: Bool {
    guard let lastWritten else { return false }
    return abs(lastWritten - Self.announcedStop.load(ordering: .relaxed)) < 0.5
  }

  /// Detects underruns and suspends that a sound server does not report, by the time between two writes.
  private func detectHiddenGap() throws {
    let (now, wasAnnounced) = (Self.now, isStopAnnounced)
    let gap = now - (lastWritten ?? now)
    lastWritten = now
    let coveredFrames = configuration.bufferFrames + configuration.periodFrames
    let isLate = gap > Double(coveredFrames) / Double(configuration.sampleRate)
    guard isLate, !wasAnnounced, writtenFrames > 3 * configuration.bufferFrames else { return }
    if gap > Self.suspendSeconds { try restartAfterSuspend() } else { underruns += 1 }
  }

  /// Restarts the stream after a system resume; frames queued before the suspend are discarded.
  private func restartAfterSuspend() throws {
    suspends += 1
    (lastWritten, writtenFrames) = (nil, 0)
    snd_pcm_drop(pcm)
    try check(snd_pcm_prepare(pcm), "resume")
  }

  /// The number of frames written and not yet played.
  var pendingFrames: Int {
    var delay: snd_pcm_sframes_t = 0
    return snd_pcm_delay(pcm, &delay) == 0 ? max(0, delay) : 0
  }

  /// Waits until all written frames have been played. Does nothing on a closed device; abandons one that does
  /// not respond.
  public func drain() {
    guard isOpen else { return }
    let buffer = Double(configuration.bufferFrames) / Double(configuration.sampleRate)
    let device = Opened(pcm: pcm, configuration: configuration)
    let status = withTimeout(seconds: buffer + Self.timeoutSeconds) {
      snd_pcm_nonblock(device.pcm, 0)
      return snd_pcm_drain(device.pcm)
    }
    if status == nil { abandonWithoutClosing() }
  }

  private func recover(from status: Int32) throws {
    switch -status {
    case EPIPE:
      if !isStopAnnounced { underruns += 1 }
      writtenFrames = 0
      try check(snd_pcm_prepare(pcm), "restart")
    case ESTRPIPE:
      // EAGAIN: the device is still resuming. The stream is restarted whether or not it succeeds.
      var tries = 60
      while tries > 0, snd_pcm_resume(pcm) == -EAGAIN {
        tries -= 1
        usleep(50_000)
      }
      try restartAfterSuspend()
    case EINTR, EAGAIN: break
    default:
      throw UserError(.unavailable, "the audio device '\(name)' has disappeared: \(Self.text(status))")
    }
  }

  private func check(_ status: Int32, _ action: String) throws {
    guard status < 0 else { return }
    throw UserError(.unavailable, "cannot \(action) the audio device '\(name)': \(Self.text(status))")
  }

  /// Sets hardware and software parameters as close to the requested ones as the device supports.
  private static func negotiate(
    _ pcm: OpaquePointer, _ name: String, sampleRate: Int, latencySeconds: Double
  ) throws -> Configuration {
    func check(_ status: Int32, _ parameter: String) throws {
      guard status < 0 else { return }
      throw UserError(
        .unavailable, "the audio device '\(name)' does not support \(parameter): \(text(status))")
    }
    var hardware: OpaquePointer?
    snd_pcm_hw_params_malloc(&hardware)
    defer { snd_pcm_hw_params_free(hardware) }
    try check(snd_pcm_hw_params_any(pcm, hardware), "any hardware parameters")
    try check(
      snd_pcm_hw_params_set_access(pcm, hardware, SND_PCM_ACCESS_RW_INTERLEAVED), "interleaved frames")

    guard let supported = formats.first(where: { snd_pcm_hw_params_test_format(pcm, hardware, $0.alsa) == 0 })
    else {
      throw UserError(
        .unavailable, "the audio device '\(name)' supports none of float, 32-, 24- and 16-bit samples")
    }
    try check(snd_pcm_hw_params_set_format(pcm, hardware, supported.alsa), "\(supported.format)")

    var channels: UInt32 = 2
    try check(snd_pcm_hw_params_set_channels_near(pcm, hardware, &channels), "two channels")

    let rates = [sampleRate] + fallbackRates
    var rate = UInt32(
      rates.first { snd_pcm_hw_params_test_rate(pcm, hardware, UInt32($0), 0) == 0 } ?? sampleRate)
    try check(snd_pcm_hw_params_set_rate_near(pcm, hardware, &rate, nil), "\(rate) Hz")

    var buffer = snd_pcm_uframes_t(latencySeconds * Double(rate))
    try check(snd_pcm_hw_params_set_buffer_size_near(pcm, hardware, &buffer), "a buffer of \(buffer) frames")
    // The buffer less one period covers a delay of the thread: eight periods to a buffer, each of 256 to 1024
    // frames.
    var period = max(min(256, buffer / 2), min(1024, buffer / 8))
    try check(
      snd_pcm_hw_params_set_period_size_near(pcm, hardware, &period, nil), "a period of \(period) frames")
    try check(snd_pcm_hw_params(pcm, hardware), "this combination of hardware parameters")
    snd_pcm_get_params(pcm, &buffer, &period)

    var software: OpaquePointer?
    snd_pcm_sw_params_malloc(&software)
    defer { snd_pcm_sw_params_free(software) }
    try check(snd_pcm_sw_params_current(pcm, software), "software parameters")
    // Playback starts when the buffer is full, which gives a late thread the most time, also after an
    // underrun.
    try check(
      snd_pcm_sw_params_set_start_threshold(pcm, software, max(1, buffer - period)), "a start threshold")
    try check(
      snd_pcm_sw_params_set_avail_min(pcm, software, period), "a minimum of \(period) available frames")
    try check(snd_pcm_sw_params(pcm, software), "these software parameters")
    return Configuration(
      sampleRate: Int(rate), format: supported.format, channels: Int(channels), bufferFrames: Int(buffer),
      periodFrames: Int(period))
  }

  /// Stops ALSA from writing its own errors to stderr, such as for an unknown name. The setting is per
  /// thread.
  private static func silenceALSAErrors() { snd_lib_error_set_local { _, _, _, _, _, _ in } }

  private static func text(_ status: Int32) -> String { String(cString: snd_strerror(status)) }
}
