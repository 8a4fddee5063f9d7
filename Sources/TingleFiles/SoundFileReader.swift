import CSndFile
import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// Decodes a mono or stereo sound file to frames, in any format that libsndfile reads.
///
/// The header is not trusted: declared sizes are only reported, and samples that are not finite or far above
/// full scale are errors. `ByteSource` opens the file and provides its bytes.
public final class SoundFileReader {
  /// The sample rate in hertz, within `sampleRates`.
  public let sampleRate: Double
  /// The number of frames that the header declares; nil if it is unknown.
  public let frames: Int?
  /// The number of channels: 1 or 2.
  public let channels: Int
  /// Whether the input is a pipe, which can be read only once.
  public let isPipe: Bool
  /// The number of frames that `read` has delivered.
  public private(set) var readFrames = 0
  private let source: ByteSource
  private let file: OpaquePointer
  private let declaredBytes: Int?
  private let maxFrames: Int?
  private var decodingError: String?
  private var buffer: [Float]

  /// The supported sample rates in hertz: those at which loudness and spectrum can be measured.
  public static let sampleRates = 8000...768_000
  private static let portion = 16384
  // 180 dB above full scale: float files with the values of integer samples are below this.
  private static let maxMagnitude: Float = 1e9

  /// Opens a file. A pipe is first copied to a temporary file, unless it contains PCM WAV.
  /// - Parameter path: the path; `-` is standard input.
  /// - Throws: `UserError`: `noInput` if the file cannot be read, `data` if it is not a sound file or neither
  ///   mono nor stereo.
  public init(_ path: String) throws {
    let input = try ByteSource(path, as: "sound file")
    let header = input.peek(32)
    isPipe = input.isPipe
    // From a pipe, libsndfile decodes other formats incorrectly or never stops.
    source = isPipe && !Self.isPlainWAV(header) ? try input.spooledToFile() : input
    var info = SF_INFO()
    guard let file = Self.open(source.descriptor, &info) else {
      throw UserError(.data, "'\(path)' is not a sound file: \(String(cString: sf_strerror(nil)))")
    }
    if let reason = Self.unsupported(info) {
      sf_close(file)
      throw UserError(.data, "'\(path)' \(reason)")
    }
    self.file = file
    channels = Int(info.channels)
    sampleRate = Double(info.samplerate)
    declaredBytes = DeclaredSize.bytes(in: header)
    // A length that no file can have means unknown, as does one computed from an unknown size.
    let isKnown = (1..<1 << 48).contains(info.frames) && (source.size != nil || declaredBytes != nil)
    frames = isKnown ? Int(info.frames) : nil
    maxFrames = source.size.map { $0 * Self.maxFramesPerByte(info.format) }
    buffer = [Float](repeating: 0, count: Self.portion * channels)
  }

  /// Whether a header is that of a WAV file with integer or float PCM samples.
  private static func isPlainWAV(_ header: [UInt8]) -> Bool {
    guard header.count >= 22, header.starts(with: "RIFF".utf8), header[12..<16].elementsEqual("fmt ".utf8)
    else {
      return false
    }
    return [1, 3, 0xFFFE].contains(Int(header[20]) | Int(header[21]) << 8)
  }

  /// The largest number of frames that one byte can encode. libsndfile returns silence for frames that a
  /// header declares and the file does not contain.
  private static func maxFramesPerByte(_ format: Int32) -> Int {
    let variableRate = [
      SF_FORMAT_VORBIS, SF_FORMAT_OPUS, SF_FORMAT_MPEG_LAYER_I, SF_FORMAT_MPEG_LAYER_II,
      SF_FORMAT_MPEG_LAYER_III,
      SF_FORMAT_ALAC_16, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24, SF_FORMAT_ALAC_32,
    ]
    let isVariableRate =
      variableRate.contains(Int(format) & SF_FORMAT_SUBMASK)
      || Int(format) & SF_FORMAT_TYPEMASK == SF_FORMAT_FLAC
    return isVariableRate ? 1 << 16 : 16
  }

  deinit { sf_close(file) }

  /// Why a file is not supported, as a phrase that follows the file's name; nil if it is supported.
  private static func unsupported(_ info: SF_INFO) -> String? {
    guard info.channels == 1 || info.channels == 2 else {
      return "has \(info.channels) channels; only mono and stereo are supported, so mix it down first"
    }
    guard sampleRates.contains(Int(info.samplerate)) else {
      return "has an unsupported sample rate: \(info.samplerate) Hz; "
        + "the range is \(sampleRates.lowerBound) to \(sampleRates.upperBound) Hz"
    }
    return nil
  }

  /// Moves the read position to a frame.
  /// - Throws: `UserError` (data) if the file is shorter.
  public func seek(toFrame frame: Int) throws {
    guard sf_seek(file, sf_count_t(frame), SEEK_SET) == frame else {
      throw UserError(.data, "'\(source.path)' is damaged: it ends before frame \(frame)")
    }
  }

  /// Reads the next frames: `count` of them, or fewer at the end of the file.
  /// - Throws: `UserError` (data) for an invalid sample.
  public func next(_ count: Int) throws -> [StereoFrame] {
    var result: [StereoFrame] = []
    while result.count < count {
      let read = try fill(min(Self.portion, count - result.count))
      guard read > 0 else { break }
      for i in 0..<read { result.append(frame(i)) }
    }
    return result
  }

  /// Reads the rest of the file in blocks; a mono channel is copied to both ears. Afterwards, `truncation`
  /// says whether the file was complete.
  /// - Parameters:
  ///   - acceptsDamage: whether a decoding error after the first frame ends the file instead of being thrown.
  ///   - consume: receives each block.
  /// - Throws: `UserError` (data) for a damaged file, and the errors of `consume`.
  public func read(
    acceptsDamage: Bool = false, _ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) throws {
    let block = Buffer<StereoFrame>(repeating: .zero, count: Self.portion)
    while true {
      let count = try fill(Self.portion)
      guard count > 0 else { break }
      for i in 0..<count { block[i] = frame(i) }
      readFrames += count
      if let maxFrames, readFrames > maxFrames {
        throw UserError(
          .data, "'\(source.path)' is damaged: it declares more frames than its bytes can encode")
      }
      try consume(block[0..<count])
    }
    guard sf_error(file) != 0 else { return }
    let reason = String(cString: sf_strerror(file)).replacing("Error : ", with: "")
    decodingError = reason
    guard acceptsDamage, readFrames > 0 else {
      throw UserError(.data, "'\(source.path)' is damaged: \(reason)")
    }
  }

  private func frame(_ i: Int) -> StereoFrame {
    channels == 1 ? StereoFrame(repeating: buffer[i]) : StereoFrame(buffer[2 * i], buffer[2 * i + 1])
  }

  /// Reads up to `count` frames into the buffer and returns their number.
  private func fill(_ count: Int) throws -> Int {
    let read = Int(sf_readf_float(file, &buffer, sf_count_t(count)))
    guard read > 0 else { return 0 }
    let samples = read * channels
    guard let invalid = buffer[..<samples].firstIndex(where: { !(abs($0) <= Self.maxMagnitude) }) else {
      return read
    }
    let value = buffer[invalid]
    let problem =
      value.isNaN ? "is not a number" : value.isInfinite ? "is infinite" : "is \(value) times full scale"
    let seconds = Double(readFrames + invalid / channels) / sampleRate
    throw UserError(
      .data, "'\(source.path)' is damaged: a sample at \(String(format: "%.3f", seconds)) s \(problem)")
  }
}

extension SoundFileReader {
  /// After `read`: how the file is truncated, as a phrase that follows its name; nil if it is complete.
  public var truncation: String? {
    let seconds = Double(readFrames) / sampleRate
    // The declared length of a lossy format is not exact, and a declared size can exclude the header.
    if let frames, Double(frames - readFrames) > 0.1 * sampleRate {
      return Self.truncation(seconds, of: Double(frames) / sampleRate)
    }
    if let declaredBytes, let size = source.size, size > 0, declaredBytes > size + 8 {
      return Self.truncation(seconds, of: seconds * Double(declaredBytes) / Double(size))
    }
    if let decodingError { return "is damaged after \(Self.text(seconds)): \(decodingError)" }
    return OggEnd.isMissing(in: source)
      ? "is truncated: its Ogg stream has no last page after \(Self.text(seconds))" : nil
  }

  private static func truncation(_ seconds: Double, of declared: Double) -> String {
    "is truncated: \(text(seconds)) of the \(text(declared)) that its header declares"
  }

  private static func text(_ seconds: Double) -> String {
    String(format: seconds < 9.95 ? "%.1f s" : "%.0f s", seconds)
  }
}
