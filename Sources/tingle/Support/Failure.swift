import ArgumentParser
import Foundation
import TingleSupport

/// Ends the program with an error message on stderr and an exit status of <sysexits.h>.
enum Failure {
  /// Prints the message of an error and exits.
  static func exit(with error: any Error) -> Never {
    switch error {
    case let error as UserError: exit(error.description, error.exitStatus)
    // Thrown by `run()`: ArgumentParser would print the usage of the root command.
    case let error as ValidationError: exit(error.message, EX_USAGE)
    case let error as Interrupted: Foundation.exit(128 + error.signal)
    // The reader of the pipe has closed it, as `head` does; that is not an error.
    case is BrokenPipe: Foundation.exit(EXIT_SUCCESS)
    default: exit(parsing: error)
    }
  }

  /// The message of an error.
  static func sentence(for error: any Error) -> String {
    (error as? UserError)?.description ?? error.localizedDescription
  }

  /// The message of a parser error, in one line.
  static func parserSentence(for error: any Error) -> String {
    let message = Tingle.message(for: error)
    if let sentence = ArgumentReading.ParseError.sentence(in: message) { return sentence }
    let lines = Tingle.fullMessage(for: error).textLines.map(String.init)
    guard let help = lines.last(where: { $0.hasPrefix("  See '") }) else { return message }
    let hint = help.dropFirst(2).replacing("See", with: "see").replacing(" for more information.", with: "")
    return "\(message) (\(hint))"
  }

  /// The message of a parser error in a line of `tingle render` options.
  static func parserSentence(inLine error: any Error) -> String {
    let message = RenderCommand.message(for: error)
    return ArgumentReading.ParseError.sentence(in: message) ?? message
  }

  private static func exit(_ sentence: String, _ status: Int32) -> Never {
    Terminal.say("tingle: \(sentence)")
    Foundation.exit(status)
  }

  /// Exits as ArgumentParser requests: prints help or the version, or the message of a parser error.
  private static func exit(parsing error: any Error) -> Never {
    let status = Tingle.exitCode(for: error)
    let text = Tingle.fullMessage(for: error)
    do {
      if !status.isSuccess {
        if !text.isEmpty { Terminal.say("tingle: \(parserSentence(for: error))") }
      } else if !text.isEmpty {
        // As bytes: completions contain file names, which need not be UTF-8.
        try StandardOutput.write(bytes: FileName.bytes(text + "\n"))
      }
      try StandardOutput.close()
    } catch {
      exit(with: error)
    }
    Foundation.exit(status.rawValue)
  }
}
