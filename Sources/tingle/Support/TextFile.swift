import Foundation
import TinglePresets
import TingleSupport

/// What is whispered, from the command line or from a file.
enum TextFile {
  /// More than is ever read is not even looked at.
  private static let mostBytes = 1 << 20

  /// A word of the command line that is text, and not a file's name.
  /// - Throws: `UserError` (usage) where it is not UTF-8.
  static func checked(_ word: String, of option: String) throws -> String {
    guard FileName.isUTF8(word) else {
      throw UserError(.usage, "\(option): '\(word)' is not UTF-8 text")
    }
    return word
  }

  /// The text of a file; - is standard input.
  /// - Throws: `UserError`, `UserError` (data) for what is not UTF-8.
  static func text(at path: String) throws -> String {
    var data =
      try path == "-"
      ? InputFile.standardInput(maxBytes: mostBytes) : InputFile.contents(path, maxBytes: mostBytes)
    // The limit may have cut a character in two: its beginning is left out.
    if data.count == mostBytes {
      data.removeLast(1 + data.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count)
    }
    do {
      return try TextEncoding.text(data)
    } catch {
      throw UserError(error, in: path == "-" ? "<stdin>" : path)
    }
  }
}
