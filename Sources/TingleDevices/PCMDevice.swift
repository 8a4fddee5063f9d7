import CALSA
import Foundation
import Synchronization
import TingleMix
import TingleSupport

/// An ALSA playback device: opened with what it can do nearest to what is wanted, fed, and revived when it stumbles.
public final class PCMDevice {
  /// What was agreed with the device.
  public struct Configuration: Sendable {
    /// In hertz.
    public let sampleRate: Int
    /// How samples are handed over.
    public let format: SampleFormat
    /// 2 nearly always.
    public let channels: Int
    /// Frames in the device's buffer: what has been handed over is heard so much later at most.
    public let bufferFrames: Int
    /// Frames between two wake-ups.
    public let periodFrames: Int
  }

  /// The name given to ALSA.
  public let name: String
  /// What was agreed.
  public let configuration: Configuration
  /// How often the device ran dry.
  public private(set) var underruns = 0
  /// How often it came back from the machine's sleep.
  public private(set) var resumptions = 0

  private let pcm: OpaquePointer
  private var isOpen = true
  // When it last took frames, by a clock that goes on while the machine sleeps; nil while it has not begun.
  private var lastTaken: Double?
  // Since it began, or began anew: a server takes its time until it plays.
  private var takenFrames = 0

  /// Longer than any thread is late.
  private static let sleepSeconds = 2.0
  /// How long a sound server may take to answer.
  private static let patienceSeconds = 5.0
  /// How long a device may take nothing before that is worth a word.
  private static let stuckMilliseconds: Int32 = 200

  /// Rates tried, in this order, when the wanted one is not to be had.
  private static let usualRates = [48000, 44100, 96000, 88200]
  private static let formats: [(ours: SampleFormat, alsa: snd_pcm_format_t)] = [
    (.float32, SND_PCM_FORMAT_FLOAT_LE), (.int32, SND_PCM_FORMAT_S32_LE),
    (.s24InLow32, SND_PCM_FORMAT_S24_LE),
    (.int24, SND_PCM_FORMAT_S24_3LE), (.int16, SND_PCM_FORMAT_S16_LE),
  ]

  /// Opens a device.
  /// - Parameters:
  ///   - name: as `tingle devices` lists them.
  ///   - sampleRate: the rate that is wanted.
  ///   - latencySeconds: the length of the device's buffer.
  ///   - isCancelled: asked while a sound server lets it wait; true gives up.
  /// - Throws: `UserError` (`unavailable`).
  public init(
    name: String, sampleRate: Int, latencySeconds: Double, isCancelled: () -> Bool = { false }
  ) throws {
    self.name = name
    let opened = Detached.run(
      seconds: Self.patienceSeconds, isCancelled: isCancelled,
      tooLate: { _ = ($0 as Result<Opened, any Error>).map { snd_pcm_close($0.pcm) } }
    ) {
      Result { try Self.open(name, sampleRate: sampleRate, latencySeconds: latencySeconds) }
    }
    guard let opened else {
      throw UserError(.unavailable, "the sound device '\(name)' does not answer; is its sound server stuck?")
    }
    (pcm, configuration) = (try opened.get().pcm, try opened.get().configuration)
  }

  /// A device that was opened, on its way to who wanted it.
  private struct Opened: @unchecked Sendable {
    let pcm: OpaquePointer
    let configuration: Configuration
  }

  private static func open(_ name: String, sampleRate: Int, latencySeconds: Double) throws -> Opened {
    keepQuiet()
    var handle: OpaquePointer?
    let status = AudioThread.withPriority {
      // What waits in a call of its own cannot be told to end.
      snd_pcm_open(&handle, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    }
    guard status >= 0, let handle else {
      throw UserError(
        .unavailable,
        "cannot open the sound device '\(name)': \(text(status)); `tingle devices` lists what there is")
    }
    do {
      let agreed = try negotiate(handle, name, sampleRate: sampleRate, latencySeconds: latencySeconds)
      return Opened(pcm: handle, configuration: agreed)
    } catch {
      snd_pcm_close(handle)
      throw error
    }
  }

  deinit { close() }

  /// Lets go of the device, so that it can be opened again; nothing else may be asked of it then but its figures.
  func close() {
    guard isOpen else { return }
    isOpen = false
    snd_pcm_close(pcm)
  }

  /// Lets go of it without a word to it: one that is stuck would not answer.
  func forsake() { isOpen = false }

  /// What became of frames that were handed over.
  public enum Outcome: Sendable {
    case taken
    /// The machine has slept meanwhile: what lay in the device's buffer is dropped, and so is the rest of these frames.
    case slept
    /// The device takes nothing, and whoever hands over does not want to wait any longer.
    case givenUp
  }

  /// Hands over frames, already in the agreed format, and waits until the device has taken them.
  /// - Parameter whileStuck: asked now and then while the device takes nothing; false gives up.
  /// - Throws: `UserError` (`unavailable`) when the device is gone.
  public func write(_ bytes: UnsafeRawPointer, frames: Int, whileStuck: () -> Bool) throws -> Outcome {
    var place = bytes
    var left = frames
    let frameBytes = configuration.format.bytes * configuration.channels
    let patience = max(
      Self.stuckMilliseconds, Int32(2000 * configuration.periodFrames / configuration.sampleRate))
    let sleeps = resumptions
    while left > 0, resumptions == sleeps {
      let taken = snd_pcm_writei(pcm, place, snd_pcm_uframes_t(left))
      if taken >= 0 {
        takenFrames += taken
        place += taken * frameBytes
        left -= taken
      } else if taken == -Int(EAGAIN) {
        let status = snd_pcm_wait(pcm, patience)
        if status < 0 { try recover(from: status) }
        if status == 0, !whileStuck() { return .givenUp }
      } else {
        try recover(from: Int32(taken))
      }
    }
    if resumptions == sleeps { try noticeStumble() }
    return resumptions == sleeps ? .taken : .slept
  }

  // By the same clock as `lastTaken`; of the whole process, as a stop is.
  private static let meantStop = Atomic<Double>(-.infinity)

  /// Tells that the process is about to be stopped by somebody who means it: that is neither a stumble nor the machine's sleep.
  public static func expectStop() { meantStop.store(now, ordering: .relaxed) }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Whether what happens now is that stop's doing: frames were last taken when it was announced.
  private var isMeant: Bool {
    guard let lastTaken else { return false }
    return abs(lastTaken - Self.meantStop.load(ordering: .relaxed)) < 0.5
  }

  /// Sound servers hide it when they run dry, and when the machine has slept: then only the time tells.
  private func noticeStumble() throws {
    let (now, wasMeant) = (Self.now, isMeant)
    let gap = now - (lastTaken ?? now)
    lastTaken = now
    let bridged = configuration.bufferFrames + configuration.periodFrames
    let isLate = gap > Double(bridged) / Double(configuration.sampleRate)
    guard isLate, !wasMeant, takenFrames > 3 * configuration.bufferFrames else { return }
    if gap > Self.sleepSeconds { try wake() } else { underruns += 1 }
  }

  /// Begins anew: what was to be heard before the night's end is not to be heard at the day's beginning.
  private func wake() throws {
    resumptions += 1
    (lastTaken, takenFrames) = (nil, 0)
    snd_pcm_drop(pcm)
    try check(snd_pcm_prepare(pcm), "wake")
  }

  /// Frames handed over and not yet heard.
  var pendingFrames: Int {
    var delay: snd_pcm_sframes_t = 0
    return snd_pcm_delay(pcm, &delay) == 0 ? max(0, delay) : 0
  }

  /// Waits until everything handed over has been heard, unless it was let go of; a device that is stuck is let go of.
  public func drain() {
    guard isOpen else { return }
    let buffer = Double(configuration.bufferFrames) / Double(configuration.sampleRate)
    let device = Opened(pcm: pcm, configuration: configuration)
    let drained = Detached.run(seconds: buffer + Self.patienceSeconds) {
      snd_pcm_nonblock(device.pcm, 0)
      return snd_pcm_drain(device.pcm)
    }
    if drained == nil { forsake() }
  }

  private func recover(from status: Int32) throws {
    switch -status {
    case EPIPE:
      if !isMeant { underruns += 1 }
      takenFrames = 0
      try check(snd_pcm_prepare(pcm), "restart")
    case ESTRPIPE:
      // Some take their time; who cannot at all is begun anew in any case.
      var tries = 60
      while tries > 0, snd_pcm_resume(pcm) == -EAGAIN {
        tries -= 1
        usleep(50_000)
      }
      try wake()
    case EINTR, EAGAIN: break
    default:
      throw UserError(.unavailable, "the sound device '\(name)' is gone: \(Self.text(status))")
    }
  }

  private func check(_ status: Int32, _ what: String) throws {
    guard status < 0 else { return }
    throw UserError(.unavailable, "cannot \(what) the sound device '\(name)': \(Self.text(status))")
  }

  private static func negotiate(
    _ pcm: OpaquePointer, _ name: String, sampleRate: Int, latencySeconds: Double
  ) throws -> Configuration {
    func check(_ status: Int32, _ what: String) throws {
      guard status < 0 else { return }
      throw UserError(.unavailable, "the sound device '\(name)' does not take \(what): \(text(status))")
    }
    var hardware: OpaquePointer?
    snd_pcm_hw_params_malloc(&hardware)
    defer { snd_pcm_hw_params_free(hardware) }
    try check(snd_pcm_hw_params_any(pcm, hardware), "any settings")
    try check(
      snd_pcm_hw_params_set_access(pcm, hardware, SND_PCM_ACCESS_RW_INTERLEAVED), "interleaved frames")

    guard let format = formats.first(where: { snd_pcm_hw_params_test_format(pcm, hardware, $0.alsa) == 0 })
    else {
      throw UserError(
        .unavailable, "the sound device '\(name)' takes none of float, 32, 24 and 16 bit samples")
    }
    try check(snd_pcm_hw_params_set_format(pcm, hardware, format.alsa), "\(format.ours)")

    var channels: UInt32 = 2
    try check(snd_pcm_hw_params_set_channels_near(pcm, hardware, &channels), "two channels")

    let rates = [sampleRate] + usualRates
    var rate = UInt32(
      rates.first { snd_pcm_hw_params_test_rate(pcm, hardware, UInt32($0), 0) == 0 } ?? sampleRate)
    try check(snd_pcm_hw_params_set_rate_near(pcm, hardware, &rate, nil), "\(rate) Hz")

    var buffer = snd_pcm_uframes_t(latencySeconds * Double(rate))
    try check(snd_pcm_hw_params_set_buffer_size_near(pcm, hardware, &buffer), "a buffer of \(buffer) frames")
    // What bridges a machine that stands still is the buffer less a period: eight to a buffer, as long as they are neither
    // too many nor too long.
    var period = max(min(256, buffer / 2), min(1024, buffer / 8))
    try check(
      snd_pcm_hw_params_set_period_size_near(pcm, hardware, &period, nil), "a period of \(period) frames")
    try check(snd_pcm_hw_params(pcm, hardware), "these settings together")
    snd_pcm_get_params(pcm, &buffer, &period)

    var software: OpaquePointer?
    snd_pcm_sw_params_malloc(&software)
    defer { snd_pcm_sw_params_free(software) }
    try check(snd_pcm_sw_params_current(pcm, software), "its own settings")
    // Starting with a full buffer leaves the most room for a late thread, also after an underrun.
    try check(
      snd_pcm_sw_params_set_start_threshold(pcm, software, max(1, buffer - period)), "a start threshold")
    try check(snd_pcm_sw_params_set_avail_min(pcm, software, period), "a wake-up level")
    try check(snd_pcm_sw_params(pcm, software), "these settings")
    return Configuration(
      sampleRate: Int(rate), format: format.ours, channels: Int(channels), bufferFrames: Int(buffer),
      periodFrames: Int(period))
  }

  /// ALSA writes to stderr when it meets a name it does not know; our own sentence says it better. It is told so by each thread.
  private static func keepQuiet() { snd_lib_error_set_local { _, _, _, _, _, _ in } }

  private static func text(_ status: Int32) -> String { String(cString: snd_strerror(status)) }
}
