import Foundation
import Measure

/// Starts worker processes, and keeps the files that make them fail.
struct Supervisor {
  let seed: UInt64
  let keep: String
  private static let timeoutSeconds: Int32 = 5

  /// Checks a range of files.
  /// - Returns: the number of files that failed.
  func run(_ numbers: Range<Int>) throws -> Int {
    print("seed \(seed)")
    let files = try Worker(seed: seed)
    var (next, failures) = (numbers.lowerBound, 0)
    while next < numbers.upperBound, let (number, reason) = try firstFailure(next..<numbers.upperBound) {
      let (bytes, fileExtension) = files.file(number)
      try FileManager.default.createDirectory(atPath: keep, withIntermediateDirectories: true)
      let path = "\(keep)/\(seed)-\(number).\(fileExtension)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      print("\(path): \(reason)")
      (next, failures) = (number + 1, failures + 1)
    }
    return failures
  }

  /// The first file that makes a worker fail, and the reason.
  private func firstFailure(_ numbers: Range<Int>) throws -> (number: Int, reason: String)? {
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    worker.arguments = [
      "--worker", "--seed", "\(seed)", "--first", "\(numbers.lowerBound)", "--files", "\(numbers.count)",
    ]
    // By default, every thread reserves address space for a malloc arena.
    worker.environment = ProcessInfo.processInfo.environment.merging([
      "MALLOC_ARENA_MAX": "1", "SWIFT_BACKTRACE": "enable=no",
    ]) { $1 }
    let output = Pipe()
    worker.standardOutput = output
    try worker.run()
    defer { worker.waitUntilExit() }
    let descriptor = output.fileHandleForReading.fileDescriptor
    var (last, text, isReady) = (numbers.lowerBound, "", false)
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // At first the worker generates its seed files, which takes longer.
      guard poll(&state, 1, 1000 * (isReady ? Self.timeoutSeconds : 60)) > 0 else {
        kill(worker.processIdentifier, SIGKILL)
        return (last, "hung for \(Self.timeoutSeconds) s")
      }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      isReady = true
      text += String(decoding: buffer[..<count], as: UTF8.self)
      let lines = text.split(separator: "\n")
      last = lines.last { $0.allSatisfy(\.isNumber) }.flatMap { Int($0) } ?? last
      text = text.hasSuffix("\n") ? lines.last.map { "\($0)\n" } ?? "" : String(lines.last ?? "")
    }
    worker.waitUntilExit()
    guard worker.terminationStatus != 0 || worker.terminationReason != .exit else { return nil }
    let words = text.split(separator: "\n").last.map(String.init) ?? ""
    return (last, words.contains(" ") ? words : "ended with status \(worker.terminationStatus)")
  }
}
