import ArgumentParser
import Foundation
import Synchronization
import TingleBatch
import TingleSupport

/// `tingle batch verify`: compares files with their manifest and with new renders.
struct BatchVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify a batch: each file's checksum, and an excerpt against a new render.",
    discussion: "Prints one line per failure and a summary. Exits with status 1 if a file fails.")

  @Argument(help: "Output folder of the batch, which contains manifest.json.", completion: .directory)
  var folder: String

  @Option(
    help: "Number of threads. (default: all cores)", transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Print only failures.")
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
    let failures = FailureCount()
    DispatchQueue.concurrentPerform(iterations: min(max(1, threads), entries.count)) { worker in
      for k in stride(from: worker, to: entries.count, by: max(1, threads)) where !interruption.isRequested {
        if let failure = failure(of: entries[k]) { failures.add("\(folder)/\(entries[k].file): \(failure)") }
      }
    }
    try interruption.check()
    if !quiet {
      Terminal.say(
        failures.count == 0
          ? "\(entries.count) files verified"
          : "\(failures.count) of \(entries.count) files failed")
    }
    if failures.count > 0 { throw ExitCode(1) }
  }

  private func failure(of entry: Manifest.Entry) -> String? {
    do {
      switch try Verification.of(entry, in: folder, jobs: 1) {
      case .same: return nil
      case .missing: return "missing"
      case .changed: return "checksum differs from the manifest"
      case .otherVersion(let version):
        return "unchanged, but rendered by version \(version), so its sound cannot be compared"
      case .differs(let seconds): return "a new render differs at \(Format.clock(seconds))"
      }
    } catch {
      return Failure.sentence(for: error)
    }
  }
}

/// Prints and counts failures from several threads.
private final class FailureCount: Sendable {
  private let total = Mutex(0)

  var count: Int { total.withLock { $0 } }

  func add(_ line: String) {
    total.withLock {
      $0 += 1
      Terminal.say(line)
    }
  }
}
