import ArgumentParser
import Foundation

/// Measures damaged sound files, each generated from a seed and its number.
///
/// A worker process, which is this program again, prints the number of each file before it measures it. A
/// file that crashes the worker is kept in a folder, and another worker continues after it.
@main
struct FuzzCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz-check",
    abstract:
      "Measure damaged sound files of every format, and keep those that crash, hang or use over 200 MB.")

  @Option(help: "The number of files.")
  var files = 1000

  @Option(help: "The number of the first file.")
  var first = 0

  @Option(help: "The seed of all files. (default: random)")
  var seed: UInt64 = .random(in: 1...999_999_999)

  @Option(help: "The folder for files that fail.")
  var keep = "fuzzed"

  @Flag(help: .hidden)
  var worker = false

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let numbers = first..<first + files
    if worker { return try Worker(seed: seed).run(numbers) }
    let failures = try Supervisor(seed: seed, keep: keep).run(numbers)
    print(
      "\(files) files of seed \(seed): \(failures == 0 ? "none failed" : "\(failures) failed, see '\(keep)'")"
    )
    if failures > 0 { throw ExitCode(1) }
  }
}
