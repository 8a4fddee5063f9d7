import Foundation
import TinglePresets
import TingleSupport

/// What is whispered, from the command line or from a file.
enum TextFile {
  /// More than is ever read is not even looked at.
  private static let mostBytes = 1 << 20

  /// A word of the command line that is text, and not a file's name.
  /// - Throws: `PresetError` (usage) where it is not UTF-8.
  static func checked(_ word: String, of option: String) throws -> String {
    guard FileName.isUTF8(word) else {
      throw PresetError(.usage, "\(option): '\(word)' is not UTF-8 text")
    }
    return word
  }

  /// The text of a file; - is standard input.
  /// - Throws: `FileError`, `PresetError` (data) for what is not UTF-8.
  static func text(at path: String) throws -> String {
    let data =
      try path == "-" ? InputFile.standardInput(most: mostBytes) : InputFile.contents(path, most: mostBytes)
    // The limit may have cut a character in two.
    let isCut = data.count == mostBytes
    guard
      let text = String(data: data, encoding: .utf8) ?? (isCut ? String(decoding: data, as: UTF8.self) : nil)
    else { throw PresetError(.data, "'\(path)' is not UTF-8 text") }
    return text
  }
}
