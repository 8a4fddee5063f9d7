import ArgumentParser
import Foundation
import TingleSupport

/// Ends the program for a reason: one sentence on stderr and an exit status of <sysexits.h>.
enum Failure {
  static func exit(with error: any Error) -> Never {
    switch error {
    case let error as UserError: exit(error.description, error.exitStatus)
    // What only running it could tell: the usage would be that of the whole program.
    case let error as ValidationError: exit(error.message, EX_USAGE)
    case let error as Interrupted: Foundation.exit(128 + error.signal)
    // Whoever read the pipe has had enough; that is nobody's mistake.
    case is BrokenPipe: Foundation.exit(EXIT_SUCCESS)
    default: exit(parsing: error)
    }
  }

  /// What is said of an error.
  static func sentence(for error: any Error) -> String {
    (error as? UserError)?.description ?? error.localizedDescription
  }

  /// What is said of a command line that the parser refuses, in one sentence.
  static func parserSentence(for error: any Error) -> String {
    let message = Tingle.message(for: error)
    if let sentence = ArgumentReading.ParseError.sentence(in: message) { return sentence }
    let lines = Tingle.fullMessage(for: error).textLines.map(String.init)
    guard let help = lines.last(where: { $0.hasPrefix("  See '") }) else { return message }
    return
      "\(message) (\(help.dropFirst(2).replacing("See", with: "see").replacing(" for more information.", with: "")))"
  }

  /// What is said of a line of `tingle render` options that the parser refuses.
  static func parserSentence(inLine error: any Error) -> String {
    let message = Render.message(for: error)
    return ArgumentReading.ParseError.sentence(in: message) ?? message
  }

  private static func exit(_ sentence: String, _ status: Int32) -> Never {
    Terminal.say("tingle: \(sentence)")
    Foundation.exit(status)
  }

  /// Ends as the parser asks for: help and versions are output like any other.
  private static func exit(parsing error: any Error) -> Never {
    let status = Tingle.exitCode(for: error)
    let text = Tingle.fullMessage(for: error)
    do {
      if !status.isSuccess {
        if !text.isEmpty { Terminal.say("tingle: \(parserSentence(for: error))") }
      } else if !text.isEmpty {
        // What completes a name must have its bytes.
        try StandardOutput.write(bytes: FileName.bytes(text + "\n"))
      }
      try StandardOutput.close()
    } catch {
      exit(with: error)
    }
    Foundation.exit(status.rawValue)
  }
}

/// The program was asked to stop.
struct Interrupted: Error {
  let signal: Int32
}
