import Foundation
import TinglePresets

/// What is whispered, from the command line or from a file.
enum TextFile {
  /// More than is ever read is not even looked at.
  private static let mostBytes = 1 << 20

  /// The text of a file; - is standard input.
  static func text(at path: String) throws -> String {
    guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: mostBytes)
    else {
      throw PresetError(.notFound, "'\(path)' cannot be read; name a text file, or - for standard input")
    }
    // The limit may have cut a character in two.
    let isCut = data.count == mostBytes
    guard
      let text = String(data: data, encoding: .utf8) ?? (isCut ? String(decoding: data, as: UTF8.self) : nil)
    else { throw PresetError(.data, "'\(path)' is not UTF-8 text") }
    return text
  }
}
