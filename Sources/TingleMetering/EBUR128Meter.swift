import CEBUR128
import TingleMix

/// Measures loudness according to EBU R 128 and ITU-R BS.1770, with libebur128.
///
/// Not safe for use from two threads at once.
public final class EBUR128Meter {
  /// A measurement that the meter supports, and a histogram that bounds its memory.
  public struct Mode: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    private init(_ mode: CEBUR128.mode) { rawValue = mode.rawValue }

    /// The momentary loudness: the last 400 ms.
    public static let momentary = Mode(EBUR128_MODE_M)
    /// The integrated loudness: the gated loudness of all frames.
    public static let integrated = Mode(EBUR128_MODE_I)
    /// The loudness range (EBU Tech 3342).
    public static let range = Mode(EBUR128_MODE_LRA)
    /// The highest sample.
    public static let samplePeak = Mode(EBUR128_MODE_SAMPLE_PEAK)
    /// Integrates over a histogram with 0.1 LU bins, so that memory does not grow with the length of the
    /// track.
    public static let histogram = Mode(EBUR128_MODE_HISTOGRAM)
  }

  private var state: UnsafeMutablePointer<ebur128_state>?
  private let channels: Int

  /// Creates a meter.
  /// - Parameters:
  ///   - sampleRate: the sample rate in hertz.
  ///   - channels: 2, or 1 to measure the mean of both channels as a mono track.
  ///   - modes: the measurements that the meter makes.
  public init(sampleRate: Int, channels: Int = 2, _ modes: Mode) {
    self.channels = channels
    state = ebur128_init(UInt32(channels), UInt(sampleRate), Int32(modes.rawValue))
  }

  deinit { ebur128_destroy(&state) }

  /// Adds the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    if channels == 1 {
      let mean = frames.map(\.mid)
      ebur128_add_frames_float(state, mean, mean.count)
    } else {
      frames.withMemoryRebound(to: Float.self) {
        _ = ebur128_add_frames_float(state, $0.baseAddress, frames.count)
      }
    }
  }

  /// The momentary loudness (400 ms) in LUFS; minus infinity for silence.
  public var momentaryLUFS: Double { value(ebur128_loudness_momentary) }
  /// The integrated loudness in LUFS; minus infinity for silence.
  public var integratedLUFS: Double { value(ebur128_loudness_global) }
  /// The loudness range in LU.
  public var rangeLU: Double { value(ebur128_loudness_range) }

  /// The sample peak of all channels; 1 is full scale.
  public var samplePeak: Double {
    (0..<UInt32(channels)).map { channel in value { ebur128_sample_peak($0, channel, $1) } }.max() ?? 0
  }

  /// The integrated loudness of several meters' frames together, in LUFS.
  public static func integratedLUFS(of meters: [EBUR128Meter]) -> Double {
    var states = meters.map(\.state)
    var loudness = 0.0
    ebur128_loudness_global_multiple(&states, states.count, &loudness)
    return loudness
  }

  private func value(
    _ measure: (UnsafeMutablePointer<ebur128_state>?, UnsafeMutablePointer<Double>?) -> Int32
  ) -> Double {
    var result = 0.0
    _ = measure(state, &result)
    return result
  }
}
