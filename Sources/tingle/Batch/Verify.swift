import ArgumentParser
import Foundation
import TingleBatch
import TingleSupport

/// `tingle batch verify`: is all there, and would it be made so again?
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look over what a batch made: every file's checksum, and a sample of each, rendered again.",
    discussion: "Silent when all is well, but for a line at the end; exits with 1 if something is not.")

  @Argument(help: "The folder with the manifest.", completion: .directory)
  var folder: String

  @Option(
    help: "Threads that work. (default: all cores)", transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Say nothing but what is amiss.")
  var quiet = false

  func run() throws {
    let interruption = Interruption()
    let entries = try Manifest(folder: folder).files
    guard !entries.isEmpty else {
      throw UserError(
        .noInput,
        "'\(folder)' has no \(Manifest.name), or an empty one; `tingle batch -o \(folder)` writes it")
    }
    let threads = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let amiss = FailureCount()
    DispatchQueue.concurrentPerform(iterations: min(max(1, threads), entries.count)) { worker in
      for k in stride(from: worker, to: entries.count, by: max(1, threads)) where !interruption.isRequested {
        if let sentence = sentence(entries[k]) { amiss.say("\(folder)/\(entries[k].file): \(sentence)") }
      }
    }
    try interruption.check()
    if !quiet {
      Terminal.say(
        amiss.count == 0
          ? "\(entries.count) files are what they were, and would be made so again"
          : "\(amiss.count) of \(entries.count) files are amiss")
    }
    if amiss.count > 0 { throw ExitCode(1) }
  }

  private func sentence(_ entry: Manifest.Entry) -> String? {
    do {
      switch try Verification.of(entry, in: folder, jobs: 1) {
      case .same: return nil
      case .missing: return "is not there"
      case .changed: return "is not the file that was made: its checksum is another"
      case .otherVersion(let version):
        return "is whole, but was made by version \(version), so its sound cannot be compared"
      case .differs(let seconds): return "sounds different at \(Format.clock(seconds)) when it is made again"
      }
    } catch {
      return Failure.sentence(for: error)
    }
  }
}

/// Lines from several threads.
private final class FailureCount: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var count = 0

  func say(_ line: String) {
    lock.withLock {
      count += 1
      Terminal.say(line)
    }
  }
}
