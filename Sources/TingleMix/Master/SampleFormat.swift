/// The encoding of a sample in a file, a pipe or a sound card's buffer. All formats are little-endian.
public enum SampleFormat: String, CaseIterable, Sendable {
  /// 32-bit IEEE float.
  case float32
  /// 32-bit IEEE float, rounded to 24 bits: the input of the encoders for lossy formats.
  case float32Rounded24
  /// 32-bit integer.
  case int32
  /// 24-bit integer in the low three bytes of four (ALSA's S24_LE).
  case s24InLow32
  /// 24-bit integer in the high three bytes of four (libsndfile's `int`).
  case s24InHigh32
  /// 24-bit integer in three bytes.
  case int24
  /// 16-bit integer with triangular dither.
  case int16

  /// The size of a sample of one channel in bytes.
  public var bytes: Int {
    switch self {
    case .float32, .float32Rounded24, .int32, .s24InLow32, .s24InHigh32: 4
    case .int24: 3
    case .int16: 2
    }
  }
}
