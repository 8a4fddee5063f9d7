import ArgumentParser
import Foundation
import TingleAudio
import TingleLive
import TinglePresets

/// Ends the program for a reason: one sentence on stderr and an exit code of <sysexits.h>.
enum Failure {
  static func exit(with error: any Error) -> Never {
    switch error {
    case let error as PresetError: exit(error.description, error.kind.rawValue)
    case let error as AudioError: exit(error.description, error.kind.rawValue)
    case let error as PlayerRefusal: exit(error.sentence, EX_USAGE)
    case let error as Command.Misread: exit(error.description, EX_USAGE)
    // What only running it could tell: the usage would be that of the whole program.
    case let error as ValidationError: exit(error.message, EX_USAGE)
    case let error as Interrupted: Foundation.exit(128 + error.signal)
    // Whoever read the pipe has had enough; that is nobody's mistake.
    case is BrokenPipe: Foundation.exit(0)
    default: Tingle.exit(withError: error)
    }
  }

  /// What is said of an error.
  static func sentence(for error: any Error) -> String {
    switch error {
    case let error as PresetError: error.description
    case let error as AudioError: error.description
    default: error.localizedDescription
    }
  }

  private static func exit(_ sentence: String, _ code: Int32) -> Never {
    Terminal.say("tingle: \(sentence)")
    Foundation.exit(code)
  }
}

/// The program was asked to stop.
struct Interrupted: Error {
  let signal: Int32
}
