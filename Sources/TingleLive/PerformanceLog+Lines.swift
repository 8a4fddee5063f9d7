import Foundation
import TingleMix
import TinglePresets
import TingleSupport

/// The file format of the log: JSON Lines, written while the performance plays.
///
/// The lines are: a header; an entry for each scene; every few seconds the number of frames played; the
/// number of frames that the recording lacks, if any; an end line, unless the player was killed.
extension PerformanceLog {
  private static let schema = 2

  private struct Header: Codable {
    var log = "performance"
    var schema = PerformanceLog.schema
    let sampleRate: Double
    let preset: String?
    let purpose: String?
    let hrtf: String?
  }

  private struct Played: Codable {
    let played: Int
  }

  private struct Lost: Codable {
    let lost: Int
  }

  private struct End: Codable {
    let length: Int
    let stoppedAt: Int?
  }

  /// The header line.
  var headerLine: Data {
    Self.encoded(
      Header(sampleRate: sampleRate, preset: presetName, purpose: purpose?.rawValue, hrtf: hrtf))
  }

  /// The line with the number of frames played so far.
  public static func line(played frames: Int) -> Data { encoded(Played(played: frames)) }

  /// The line with the number of played frames that the recording lacks because the disk was too slow.
  public static func line(lost frames: Int) -> Data { encoded(Lost(lost: frames)) }

  /// The line of a scene.
  static func line(_ entry: Entry) -> Data { encoded(entry) }

  /// The end line.
  public var endLine: Data { Self.encoded(End(length: length, stoppedAt: stoppedAt)) }

  /// The complete file.
  public func encoded() -> Data {
    headerLine + entries.map { Self.line($0) }.joined()
      + (lostFrames > 0 ? Self.line(lost: lostFrames) : Data())
      + endLine
  }

  private static func encoded(_ value: some Encodable) -> Data {
    CompactJSON.encoded(value) + Data("\n".utf8)
  }

  /// Reads a log of this version or of version 0.1.0. A last line that is incomplete is ignored.
  /// - Parameter file: the path, for error messages.
  /// - Throws: `UserError` (`data`) with the line of the error.
  public static func decoded(_ data: Data, file: String) throws -> PerformanceLog {
    let data = Data(TextEncoding.normalized(data))
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, let header = try? decode(Header.self, first), header.log == "performance"
    else { return try version010(data, file: file) }
    func error(_ number: Int, _ message: String) -> UserError {
      UserError(.data, at: SourceLocation(file: file, line: number, column: 1), message)
    }
    guard header.schema == schema else {
      throw error(
        1,
        "unsupported schema \(header.schema) of the performance log; this version of tingle reads \(schema)")
    }
    var log = PerformanceLog(sampleRate: header.sampleRate)
    (log.presetName, log.hrtf) = (header.preset, header.hrtf)
    log.purpose = header.purpose.flatMap { Purpose(rawValue: $0) }
    log.isEnded = false
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty && !log.isEnded {
      if let entry = try? decode(Entry.self, line) {
        log.entries.append(entry)
        log.length = max(log.length, entry.frame)
      } else if let end = try? decode(End.self, line) {
        (log.length, log.stoppedAt, log.isEnded) = (end.length, end.stoppedAt, true)
      } else if let played = try? decode(Played.self, line) {
        log.length = max(log.length, played.played)
      } else if let lost = try? decode(Lost.self, line) {
        log.lostFrames = lost.lost
      } else if index < lines.count - 1 {
        // A player that was killed leaves at most its last line incomplete.
        throw error(index + 1, "not a line of a performance log")
      }
    }
    guard log.isPlausible else { throw error(1, "a number of the performance log is out of range") }
    return log
  }

  private static func decode<T: Decodable>(_ type: T.Type, _ line: Data) throws -> T {
    try JSONDecoder().decode(type, from: line)
  }

  /// The format of version 0.1.0: one JSON object, written at the end.
  private struct Version010: Decodable {
    let version: Int
    let sampleRate: Double
    let presetName: String?
    let hrtf: String?
    let length: Int
    let stoppedAt: Int?
    let entries: [Entry]
  }

  private static func version010(_ data: Data, file: String) throws -> PerformanceLog {
    guard let old = try? decode(Version010.self, data), old.version == 1 else {
      throw UserError(
        .data, "'\(file)' is not a performance log; `tingle play --record FILE` writes one to FILE.json")
    }
    var log = PerformanceLog(sampleRate: old.sampleRate)
    (log.presetName, log.hrtf) = (old.presetName, old.hrtf)
    (log.length, log.stoppedAt, log.entries) = (old.length, old.stoppedAt, old.entries)
    guard log.isPlausible else {
      throw UserError(.data, "a number of the performance log '\(file)' is out of range")
    }
    return log
  }
}
