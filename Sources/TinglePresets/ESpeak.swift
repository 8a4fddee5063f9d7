import Foundation
import TingleText

/// Converts text to phonemes with the external program `espeak-ng`, which supports over a hundred languages.
enum ESpeak {
  /// The program is not installed, or does not support the language.
  struct Unavailable: Error {
    let reason: String
  }

  /// Converts a text to sentences of phonemes.
  ///
  /// `espeak-ng` reads whole paragraphs, so that it finds the sentences and reads numbers, dates and
  /// abbreviations as its language does.
  /// - Parameter language: a code from `espeak-ng --voices`: `de`, `pt-br`.
  /// - Throws: `Unavailable`; `Pronunciation.ParseError` for a text without words.
  static func reading(of text: String, in language: String) throws -> Pronunciation.Reading {
    guard text.count <= Pronunciation.maximumCharacters else {
      throw Pronunciation.ParseError(
        reason: "has \(text.count) characters; at most \(Pronunciation.maximumCharacters) are allowed")
    }
    guard let program = path() else {
      throw Unavailable(
        reason: "languages other than English need the program espeak-ng; "
          + "install it with `sudo apt-get install espeak-ng`")
    }
    let (plain, notices) = Pronunciation.plainText(of: text)
    var sentences: [Pronunciation.Reading.Sentence] = []
    var parts: [String] = []
    for paragraph in paragraphs(of: plain) {
      // espeak-ng prints each clause of a sentence on a line.
      let clauses = try run(program, language, paragraph).split(whereSeparator: \.isNewline)
        .map(withoutLanguageMarks).filter { !$0.allSatisfy(\.isWhitespace) }
      for sentence in ClauseAlignment(paragraph, clauses: clauses).sentences {
        var phrases: [String] = []
        for clause in sentence.clauses {
          let phrase = try IPA.phonemes(of: clause, strict: false).split(separator: " ").map(String.init)
          let trimmed = phrase.last == "-" ? phrase.dropLast() : phrase[...]
          if !trimmed.isEmpty { phrases.append(trimmed.joined(separator: " ")) }
        }
        if phrases.isEmpty { continue }
        parts.append(phrases.joined(separator: " / ") + (sentence.isQuestion ? " ?" : " ."))
        let ipa = sentence.clauses.joined(separator: ", ").replacing("_", with: "")
        sentences.append(.init(words: sentence.text, phonemes: ipa))
      }
    }
    guard !parts.isEmpty else {
      throw Pronunciation.ParseError(reason: "has no words in the language '\(language)'")
    }
    return Pronunciation.Reading(
      sentences: sentences, phonemes: parts.joined(separator: " "), notices: notices)
  }

  /// The paragraphs of a text, each in one line, that have a letter or digit.
  private static func paragraphs(of text: String) -> [String] {
    var paragraphs = [""]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append("")
      } else {
        paragraphs[paragraphs.count - 1] += (paragraphs[paragraphs.count - 1].isEmpty ? "" : " ") + line
      }
    }
    return paragraphs.filter { $0.contains { $0.isLetter || $0.isNumber } }
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
    _ program: String, _ language: String, _ paragraph: String
  ) throws(Unavailable) -> String {
    let (text, status) = try output(
      of: program, ["-q", "--ipa=1", "--sep=_", "-v", language, "--stdin"], paragraph)
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
    // The longest text fits into the buffer of a pipe (64 KiB), so that the write does not block.
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let result = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (String(decoding: result, as: UTF8.self), process.terminationStatus)
  }
}
