import Foundation
import TinglePresets
import TingleSupport

/// Reads text to whisper, from the command line or from a file.
enum TextFile {
  /// The size limit; longer files are truncated, and are rejected by the length limit of a text.
  private static let maximumBytes = 1 << 20

  /// Checks that an argument is UTF-8 text.
  /// - Throws: `UserError` (usage) if it is not.
  static func checked(_ word: String, of option: String) throws -> String {
    guard FileName.isUTF8(word) else {
      throw UserError(.usage, "\(option): '\(word)' is not UTF-8 text")
    }
    return word
  }

  /// Reads the text of a file; - is standard input.
  /// - Throws: `UserError`, with kind `data` if the file is not UTF-8.
  static func text(at path: String) throws -> String {
    var data =
      try path == "-"
      ? InputFile.standardInput(maxBytes: maximumBytes) : InputFile.contents(path, maxBytes: maximumBytes)
    // The limit can split a character; its first bytes are removed.
    if data.count == maximumBytes {
      data.removeLast(1 + data.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count)
    }
    do {
      return try TextEncoding.text(data)
    } catch {
      throw UserError(error, in: path == "-" ? "<stdin>" : path)
    }
  }
}
