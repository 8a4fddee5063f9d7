import CSndFile
import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// A sound file, mono or stereo, read from its beginning to its end, in any format that libsndfile reads.
///
/// What its header says is not believed: sizes are only told, and every sample is a finite number of a size that can be
/// calculated with.
public final class SoundFileReader {
  /// In hertz, one of `sampleRates`.
  public let sampleRate: Double
  /// How many frames there are by its header; nil where that does not say.
  public let frames: Int?
  /// 1 or 2.
  public let channels: Int
  /// Whether it comes through a pipe, and can be read only once.
  public let isPipe: Bool
  /// How many frames `read` has handed over.
  public private(set) var readFrames = 0
  private let source: SoundSource
  private let file: OpaquePointer
  private let declaredBytes: Int?
  private let mostFrames: Int?
  private var breakage: String?
  private var buffer: [Float]

  /// The sample rates at which loudness and spectrum can be measured, in hertz.
  public static let sampleRates = 8000...768_000
  private static let portion = 16384
  // 180 dB over full scale: files of floats that were scaled as whole numbers are less.
  private static let highest: Float = 1e9

  /// Opens a file; a pipe of anything but WAV is read to its end first.
  /// - Parameter path: `-` is standard input.
  /// - Throws: `UserError` for what cannot be read, `UserError` (data) for no sound, or neither mono nor stereo.
  public init(_ path: String) throws {
    let input = try SoundSource(path, as: "sound file")
    let header = input.beginning(32)
    isPipe = input.isPipe
    // libsndfile reads other formats from pipes wrongly, or without end.
    source = isPipe && !Self.isPlainWAV(header) ? try input.spooled() : input
    var info = SF_INFO()
    guard let file = sf_open_fd(source.descriptor, Int32(SFM_READ), &info, Int32(SF_FALSE)) else {
      throw UserError(.data, "'\(path)' is no sound file: \(String(cString: sf_strerror(nil)))")
    }
    if let reason = Self.refusal(of: info) {
      sf_close(file)
      throw UserError(.data, "'\(path)' \(reason)")
    }
    self.file = file
    channels = Int(info.channels)
    sampleRate = Double(info.samplerate)
    declaredBytes = DeclaredSize.bytes(in: header)
    // A length that no file can have stands for an unknown one; so does what was made of a size that stands for that.
    let isKnown = (1..<1 << 48).contains(info.frames) && (source.size != nil || declaredBytes != nil)
    frames = isKnown ? Int(info.frames) : nil
    mostFrames = source.size.map { $0 * Self.mostFramesPerByte(info.format) }
    buffer = [Float](repeating: 0, count: Self.portion * channels)
  }

  /// Whether it begins as a WAV of whole numbers or floats does.
  private static func isPlainWAV(_ header: [UInt8]) -> Bool {
    guard header.count >= 22, header.starts(with: "RIFF".utf8), header[12..<16].elementsEqual("fmt ".utf8)
    else {
      return false
    }
    return [1, 3, 0xFFFE].contains(Int(header[20]) | Int(header[21]) << 8)
  }

  /// More frames than that are not in a byte, however well it is compressed; libsndfile makes up those that a header claims.
  private static func mostFramesPerByte(_ format: Int32) -> Int {
    let variable = [
      SF_FORMAT_VORBIS, SF_FORMAT_OPUS, SF_FORMAT_MPEG_LAYER_I, SF_FORMAT_MPEG_LAYER_II,
      SF_FORMAT_MPEG_LAYER_III,
      SF_FORMAT_ALAC_16, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24, SF_FORMAT_ALAC_32,
    ]
    let isVariable =
      variable.contains(Int(format) & SF_FORMAT_SUBMASK) || Int(format) & SF_FORMAT_TYPEMASK == SF_FORMAT_FLAC
    return isVariable ? 1 << 16 : 16
  }

  deinit { sf_close(file) }

  private static func refusal(of info: SF_INFO) -> String? {
    guard info.channels == 1 || info.channels == 2 else {
      return "has \(info.channels) channels; only mono and stereo are read, so mix it down first"
    }
    guard sampleRates.contains(Int(info.samplerate)) else {
      return "has no sensible sample rate: \(info.samplerate) Hz; "
        + "it goes from \(sampleRates.lowerBound) to \(sampleRates.upperBound) Hz"
    }
    return nil
  }

  /// Goes to a frame.
  /// - Throws: `UserError` (data) for a file that is shorter.
  public func seek(toFrame frame: Int) throws {
    guard sf_seek(file, sf_count_t(frame), SEEK_SET) == frame else {
      throw UserError(.data, "'\(source.path)' is broken: it ends before frame \(frame)")
    }
  }

  /// The next frames, as many as there are up to `count`.
  /// - Throws: `UserError` (data) for samples that are not sound.
  public func next(_ count: Int) throws -> [StereoFrame] {
    var result: [StereoFrame] = []
    while result.count < count {
      let read = try fill(min(Self.portion, count - result.count))
      guard read > 0 else { break }
      for i in 0..<read { result.append(frame(i)) }
    }
    return result
  }

  /// Hands over all that is left; a single channel goes to both ears. `earlyEnd` then says whether that was all.
  /// - Parameter toleratesBreaks: whether a file that breaks off is taken for one that ends early.
  /// - Throws: `UserError` (data) for a broken file, and what `consume` throws.
  public func read(
    toleratesBreaks: Bool = false, _ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) throws {
    let block = Buffer<StereoFrame>(repeating: .zero, count: Self.portion)
    while true {
      let count = try fill(Self.portion)
      guard count > 0 else { break }
      for i in 0..<count { block[i] = frame(i) }
      readFrames += count
      if let mostFrames, readFrames > mostFrames {
        throw UserError(
          .data, "'\(source.path)' is broken: it says that it has more frames than its bytes can hold")
      }
      try consume(block[0..<count])
    }
    guard sf_error(file) != 0 else { return }
    let reason = String(cString: sf_strerror(file)).replacing("Error : ", with: "")
    breakage = reason
    guard toleratesBreaks, readFrames > 0 else {
      throw UserError(.data, "'\(source.path)' is broken: \(reason)")
    }
  }

  private func frame(_ i: Int) -> StereoFrame {
    channels == 1 ? StereoFrame(repeating: buffer[i]) : StereoFrame(buffer[2 * i], buffer[2 * i + 1])
  }

  /// Reads up to `count` frames into the buffer.
  private func fill(_ count: Int) throws -> Int {
    let read = Int(sf_readf_float(file, &buffer, sf_count_t(count)))
    guard read > 0 else { return 0 }
    let samples = read * channels
    guard let worst = buffer[..<samples].firstIndex(where: { !(abs($0) <= Self.highest) }) else {
      return read
    }
    let value = buffer[worst]
    let what =
      value.isNaN ? "is not a number" : value.isInfinite ? "is infinite" : "is \(value) times full scale"
    let seconds = Double(readFrames + worst / channels) / sampleRate
    throw UserError(
      .data, "'\(source.path)' is broken: a sample at \(String(format: "%.3f", seconds)) s \(what)")
  }
}

extension SoundFileReader {
  /// Once all was read: how the file ends before its header says, as the end of a sentence that begins with its name; nil if it
  /// does not.
  public var earlyEnd: String? {
    let seconds = Double(readFrames) / sampleRate
    // A lossy format's length is not exact, and a header's size may not count itself.
    if let frames, Double(frames - readFrames) > 0.1 * sampleRate {
      return Self.early(seconds, of: Double(frames) / sampleRate)
    }
    if let declaredBytes, let size = source.size, size > 0, declaredBytes > size + 8 {
      return Self.early(seconds, of: seconds * Double(declaredBytes) / Double(size))
    }
    if let breakage { return "is broken after \(Self.text(seconds)): \(breakage)" }
    return OggEnd.isMissing(in: source)
      ? "is cut short: \(Self.text(seconds)), and then no end of its Ogg stream" : nil
  }

  private static func early(_ seconds: Double, of whole: Double) -> String {
    "ends before its header says: \(text(seconds)) of \(text(whole))"
  }

  private static func text(_ seconds: Double) -> String {
    String(format: seconds < 9.95 ? "%.1f s" : "%.0f s", seconds)
  }
}
