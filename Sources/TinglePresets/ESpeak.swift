import Foundation
import TingleText

/// The program `espeak-ng`, which knows how more than a hundred languages are said: run where it is installed, never part of
/// this one.
enum ESpeak {
  /// Why a language cannot be read at all.
  struct Unavailable: Error {
    let reason: String
  }

  /// A text in another language as a line of phonemes.
  /// - Parameter language: as `espeak-ng --voices` lists it: `de`, `pt-br`.
  /// - Throws: `Unavailable` without the program or without the language, `Pronunciation.ParseError` for text with nothing to say.
  static func phonemes(of text: String, in language: String) throws -> String {
    guard text.count <= Pronunciation.maximumCharacters else {
      throw Pronunciation.ParseError(
        reason: "has \(text.count) characters; at most \(Pronunciation.maximumCharacters) are read")
    }
    guard let program = path() else {
      throw Unavailable(
        reason: "the program espeak-ng reads every language but English, and it is not installed here; "
          + "`sudo apt-get install espeak-ng` puts that right")
    }
    var parts: [String] = []
    for sentence in sentences(in: text) {
      let said = try run(program, language, sentence.words)
      // What espeak-ng puts on lines of their own are the clauses of a sentence.
      let clauses = said.split(whereSeparator: \.isNewline).map(withoutAsides)
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
      throw Pronunciation.ParseError(reason: "has no words of the language '\(language)' in it")
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

  /// Without the marks "(en)" and "(de)" with which words of another language are set off.
  private static func withoutAsides(_ line: Substring) -> String {
    var depth = 0
    return String(
      line.filter { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth = max(0, depth - 1) } }
        return depth == 0
      })
  }

  /// The languages that the installed program knows; none without it.
  static func languages() -> [String] {
    guard let program = path(), let list = try? output(of: program, ["--voices"], "").text else { return [] }
    // The second column; the first line names the columns.
    return list.split(separator: "\n").dropFirst().compactMap { line in
      line.split(separator: " ").dropFirst().first.map(String.init)
    }
  }

  private static func path() -> String? {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return places.map { "\($0)/espeak-ng" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func run(
    _ program: String, _ language: String, _ text: String
  ) throws(Unavailable) -> String {
    let (said, status) = try output(
      of: program, ["-q", "--ipa=1", "--sep=_", "-v", language, "--stdin"], text)
    guard status == 0 else {
      throw Unavailable(
        reason: "espeak-ng knows no language '\(language)'; `espeak-ng --voices` lists those it knows")
    }
    return said
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
      throw Unavailable(reason: "\(program) does not start (\(error.localizedDescription))")
    }
    // A sentence is shorter than what a pipe holds.
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let said = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (String(decoding: said, as: UTF8.self), process.terminationStatus)
  }
}

/// The languages in which a text can be whispered.
public enum Languages {
  /// English, and those that espeak-ng knows where it is installed.
  public static func known() -> [String] { ["en"] + ESpeak.languages().filter { $0 != "en" } }
}
