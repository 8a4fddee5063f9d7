import Foundation
import Measure
import Testing

/// Every test that starts processes: one after the other, since a child that starts beside another inherits its pipes
/// and holds them open.
@Suite("The program", .serialized)
enum ProgramTests {}

/// The built program, run as a user runs it.
struct Program {
  /// How a run ended.
  struct Result {
    let status: Int32
    let output: Data
    let errors: String
  }

  /// Beside the tests' own executable.
  static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("tingle").path

  /// The root of the package, where `Presets` is.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Starts it.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], executable: String = path, output: Any? = nil,
    errors: Any? = nil, input: Any? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: root)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = errors ?? FileHandle.nullDevice
    process.standardInput = input ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs it to its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], executable: String = path,
    input: String? = nil
  ) throws -> Result {
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    let process = try start(
      arguments, environment: environment, executable: executable, output: output, errors: errors,
      input: input == nil ? nil : source)
    if let input {
      source.fileHandleForWriting.write(Data(input.utf8))
      try source.fileHandleForWriting.close()
    }
    // Both pipes are read at once, so that neither fills up.
    nonisolated(unsafe) var said = Data()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) { said = errors.fileHandleForReading.readDataToEndOfFile() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit ? process.terminationStatus : 1000 + process.terminationStatus
    return Result(status: status, output: data, errors: String(decoding: said, as: UTF8.self))
  }
}
