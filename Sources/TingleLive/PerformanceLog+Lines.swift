import Foundation
import TingleMix
import TinglePresets
import TingleSupport

/// The log as a file: JSON Lines, so that it can be written while it is played. A header; a line for each scene; every
/// few seconds how many frames were played; how many the recording lacks, if it does; and, unless the player was killed, an end.
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

  /// What stands before the first scene.
  var headerLine: Data {
    Self.encoded(
      Header(sampleRate: sampleRate, preset: presetName, purpose: purpose?.rawValue, hrtf: hrtf))
  }

  /// How many frames were played so far.
  public static func line(played frames: Int) -> Data { encoded(Played(played: frames)) }

  /// How many frames were played that are not in the recording: the disk was too slow.
  public static func line(lost frames: Int) -> Data { encoded(Lost(lost: frames)) }

  /// A scene.
  static func line(_ entry: Entry) -> Data { encoded(entry) }

  /// What stands after the last scene.
  public var endLine: Data { Self.encoded(End(length: length, stoppedAt: stoppedAt)) }

  /// All of it.
  public func encoded() -> Data {
    headerLine + entries.map { Self.line($0) }.joined()
      + (lostFrames > 0 ? Self.line(lost: lostFrames) : Data())
      + endLine
  }

  private static func encoded(_ value: some Encodable) -> Data {
    CompactJSON.encoded(value) + Data("\n".utf8)
  }

  /// Reads a file's contents, of this version or 0.1.0.
  /// - Throws: `UserError` (data), with the line that is wrong.
  public static func decoded(_ data: Data, file: String) throws -> PerformanceLog {
    let data = Data(TextEncoding.normalized(data))
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, let header = try? decode(Header.self, first), header.log == "performance"
    else { return try version010(data, file: file) }
    func refusal(_ number: Int, _ message: String) -> UserError {
      UserError(.data, at: SourceLocation(file: file, line: number, column: 1), message)
    }
    guard header.schema == schema else {
      throw refusal(
        1, "this log is of another version of tingle: its schema is \(header.schema), not \(schema)")
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
        // Only the last line can have been cut off by a kill.
        throw refusal(index + 1, "this is not a line of a performance's log")
      }
    }
    guard log.isPlausible else { throw refusal(1, "this log holds numbers that no player writes") }
    return log
  }

  private static func decode<T: Decodable>(_ type: T.Type, _ line: Data) throws -> T {
    try JSONDecoder().decode(type, from: line)
  }

  /// The log of version 0.1.0: one JSON object, written at the end.
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
        .data, "'\(file)' is not a log of a performance; `tingle play --record` writes one beside its file")
    }
    var log = PerformanceLog(sampleRate: old.sampleRate)
    (log.presetName, log.hrtf) = (old.presetName, old.hrtf)
    (log.length, log.stoppedAt, log.entries) = (old.length, old.stoppedAt, old.entries)
    guard log.isPlausible else {
      throw UserError(.data, "'\(file)' holds numbers that no player writes")
    }
    return log
  }
}
