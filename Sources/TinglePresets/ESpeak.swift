import Foundation
import TingleText

/// Converts text to phonemes with the external program `espeak-ng`, which supports over a hundred languages.
enum ESpeak {
  /// The program is not installed, or does not support the language.
  struct Unavailable: Error {
    let reason: String
  }

  /// Converts a text to a line of phonemes.
  /// - Parameter language: a code from `espeak-ng --voices`: `de`, `pt-br`.
  /// - Throws: `Unavailable`; `Pronunciation.ParseError` for a text without words.
  static func phonemes(of text: String, in language: String) throws -> String {
    guard text.count <= Pronunciation.maximumCharacters else {
      throw Pronunciation.ParseError(
        reason: "has \(text.count) characters; at most \(Pronunciation.maximumCharacters) are read")
    }
    guard let program = path() else {
      throw Unavailable(
        reason: "languages other than English need the program espeak-ng; "
          + "install it with `sudo apt-get install espeak-ng`")
    }
    var parts: [String] = []
    for sentence in sentences(in: text) {
      let output = try run(program, language, sentence.words)
      // espeak-ng prints each clause of a sentence on a line.
      let clauses = output.split(whereSeparator: \.isNewline).map(withoutLanguageMarks)
      var phrases: [String] = []
      for clause in clauses {
        let phrase = try IPA.phonemes(of: clause, strict: false).split(separator: " ").map(String.init)
        let trimmed = phrase.last == "-" ? phrase.dropLast() : phrase[...]
        if !trimmed.isEmpty { phrases.append(trimmed.joined(separator: " ")) }
      }
      if phrases.isEmpty { continue }
      parts.append(phrases.joined(separator: " / ") + (sentence.isQuestion ? " ?" : " ."))
    }
    guard !parts.isEmpty else {
      throw Pronunciation.ParseError(reason: "has no words in the language '\(language)'")
    }
    return parts.joined(separator: " ")
  }

  private static func sentences(in text: String) -> [(words: String, isQuestion: Bool)] {
    var sentences: [(String, Bool)] = []
    var words = ""
    for character in text {
      if ".!?。！？\u{61F}\u{2026}".contains(character) || words.count > 400 && character == " " {
        sentences.append((words, "?？\u{61F}".contains(character)))
        words = ""
      } else {
        words.append(character.isNewline ? " " : character)
      }
    }
    sentences.append((words, false))
    return sentences.filter { $0.0.contains { $0.isLetter || $0.isNumber } }
  }

  /// Removes the marks "(en)" and "(de)" around words of another language.
  private static func withoutLanguageMarks(_ line: Substring) -> String {
    var depth = 0
    return String(
      line.filter { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth = max(0, depth - 1) } }
        return depth == 0
      })
  }

  /// The languages of the installed program; empty if it is not installed.
  static func languages() -> [String] {
    guard let program = path(), let list = try? output(of: program, ["--voices"], "").text else { return [] }
    // The second column; the first line names the columns.
    return list.split(separator: "\n").dropFirst().compactMap { line in
      line.split(separator: " ").dropFirst().first.map(String.init)
    }
  }

  private static func path() -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/espeak-ng" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func run(
    _ program: String, _ language: String, _ sentence: String
  ) throws(Unavailable) -> String {
    let (text, status) = try output(
      of: program, ["-q", "--ipa=1", "--sep=_", "-v", language, "--stdin"], sentence)
    guard status == 0 else {
      throw Unavailable(
        reason:
          "espeak-ng does not support the language '\(language)'; `espeak-ng --voices` lists the languages")
    }
    return text
  }

  private static func output(
    of program: String, _ arguments: [String], _ text: String
  ) throws(Unavailable) -> (text: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Unavailable(reason: "cannot run '\(program)' (\(error.localizedDescription))")
    }
    // A sentence fits into the buffer of a pipe, so that the write does not block.
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let result = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (String(decoding: result, as: UTF8.self), process.terminationStatus)
  }
}
