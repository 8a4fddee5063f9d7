import Foundation
import Measure
import Synchronization
import Testing

/// The tests that start processes. They run concurrently: each has sound devices, sockets and folders of its
/// own.
@Suite("Program", .ownThread)
enum ProgramTests {}

/// A child process, started with `posix_spawn`.
///
/// Foundation's `Process` is not used for two reasons. It waits forever for a child that closes unknown
/// descriptors, as sound servers do. Its children inherit blocked signals.
final class Child {
  let identifier: pid_t
  private var status: Int32?
  private let runtimeFolder: TemporaryFolder?

  /// Held while a child starts, and while a descriptor exists that is not yet marked close-on-exec.
  fileprivate static let inheritance = Mutex(())

  /// Starts a program that inherits only the given standard descriptors; nil is /dev/null. It gets a runtime
  /// folder of its own unless `environment` sets one.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], input: Int32? = nil,
    output: Int32? = nil, errors: Int32? = nil
  ) throws {
    struct CannotStart: Error { let reason: String }
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    chdir(Program.root)
    for (number, descriptor) in [input, output, errors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor ?? null, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    runtimeFolder = environment["XDG_RUNTIME_DIR"] == nil ? try TemporaryFolder() : nil
    var inherited = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let runtimeFolder { inherited["XDG_RUNTIME_DIR"] = runtimeFolder.path }
    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    let settings = inherited.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var identifier: pid_t = 0
    let failure = Self.inheritance.withLock { _ in
      posix_spawn(&identifier, executable, &actions, &attributes, words, settings)
    }
    guard failure == 0 else { throw CannotStart(reason: String(cString: strerror(failure))) }
    self.identifier = identifier
  }

  deinit { end() }

  /// Waits until the process ends.
  /// - Returns: the exit status, or 1000 plus the number of the signal that ended it.
  @discardableResult func wait() -> Int32 {
    if let status { return status }
    var raw: Int32 = 0
    while waitpid(identifier, &raw, 0) < 0, errno == EINTR {}
    let ended = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 1000 + (raw & 0x7F)
    status = ended
    return ended
  }

  /// Waits until the process ends, or kills it after a timeout.
  func waits(atMost seconds: Double) -> Int32 {
    let end = Date().addingTimeInterval(seconds)
    while isRunning, Date() < end { usleep(10_000) }
    if isRunning { signal(SIGKILL) }
    return wait()
  }

  /// Whether the process has not ended.
  var isRunning: Bool {
    guard status == nil else { return false }
    var info = siginfo_t()
    waitid(P_PID, id_t(identifier), &info, WEXITED | WNOHANG | WNOWAIT)
    return info._sifields._sigchld.si_pid == 0
  }

  /// Sends a signal.
  func signal(_ number: Int32) { if status == nil { kill(identifier, number) } }

  /// Kills the process if it is running.
  func end() {
    signal(SIGKILL)
    wait()
  }
}

/// The built program, run as a child process.
enum Program {
  /// The result of a run: exit status, standard output and standard error.
  struct Result {
    let status: Int32
    let output: Data
    let errors: String
  }

  /// The path of the program, which is built beside the test executable.
  static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("tingle").path

  /// The root folder of the package.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The guide whose plan and Slurm script are tested.
  static let batchGuide = root + "/Sources/TingleBatch/TingleBatch.docc/BatchesAndClusters.md"

  /// Creates a pipe with close-on-exec descriptors.
  static func pipe() -> (reading: Int32, writing: Int32) {
    Child.inheritance.withLock { _ in
      var ends: [Int32] = [0, 0]
      Foundation.pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// Runs a program until it ends.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], executable: String = path,
    input: String? = nil
  ) throws -> Result {
    let (output, errors, source) = (pipe(), pipe(), pipe())
    let child = try Child(
      executable, arguments, environment: environment, input: input == nil ? nil : source.reading,
      output: output.writing, errors: errors.writing)
    for descriptor in [output.writing, errors.writing, source.reading] { close(descriptor) }
    if let input { FileHandle(fileDescriptor: source.writing).write(Data(input.utf8)) }
    close(source.writing)
    let data = read(output.reading, errors.reading)
    return Result(status: child.wait(), output: data[0], errors: String(decoding: data[1], as: UTF8.self))
  }

  /// Reads descriptors to their end, concurrently so that no pipe fills up, and closes them.
  private static func read(_ descriptors: Int32...) -> [Data] {
    var data = descriptors.map { _ in Data() }
    var open = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0.fd >= 0 }) {
      poll(&open, nfds_t(open.count), -1)
      for k in open.indices where open[k].fd >= 0 && open[k].revents != 0 {
        let count = Glibc.read(open[k].fd, &part, part.count)
        data[k].append(contentsOf: part.prefix(max(0, count)))
        if count == 0 {
          close(open[k].fd)
          open[k].fd = -1
        }
      }
    }
    return data
  }

  /// Polls a condition for at most a minute, because programs start slowly on a busy machine.
  /// - Returns: whether the condition became true.
  @discardableResult static func eventually(
    everySeconds seconds: Double = 0.01, _ condition: () throws -> Bool
  ) rethrows -> Bool {
    let end = Date().addingTimeInterval(60)
    while Date() < end {
      if try condition() { return true }
      usleep(UInt32(seconds * 1e6))
    }
    return false
  }

  /// The size of a file in bytes; 0 if it does not exist.
  static func size(ofFile path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Reads a descriptor to its end, and closes it.
  static func read(_ descriptor: Int32) -> Data {
    FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readDataToEndOfFile()
  }
}
