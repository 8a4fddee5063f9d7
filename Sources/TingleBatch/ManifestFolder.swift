import Foundation
import Synchronization
import TingleFiles
import TingleMetering
import TingleSupport

/// A folder with a manifest to which several programs add at once, on one machine or many.
///
/// Each has a journal of its own, a line for each file, locked as long as it lives. A file's line is written before the file gets
/// its name; so whatever is there after a kill has its line. Whoever ends gathers the lines into the manifest.
public final class ManifestFolder: @unchecked Sendable {
  /// Where the files are.
  public let folder: String
  private let journals: String
  private let own: String
  private let descriptor: Int32
  private let lock = Mutex<Void>(())
  private let known: Set<String>

  /// Begins a journal; makes the folder if it is not there.
  /// - Throws: `UserError`, `UserError` (data) for a manifest that is broken.
  public init(_ folder: String) throws {
    self.folder = folder
    journals = folder + "/.tingle"
    own = journals + "/\(UUID().uuidString).jsonl"
    descriptor = try Self.openJournal(own, in: journals, of: folder)
    // What was killed is gathered first: should a file be made again, the newer line counts.
    try Self.gather(in: folder, journals)
    let before = try Manifest(folder: folder).files + Self.lines(in: journals)
    known = Set(before.map(\.file))
  }

  deinit { close(descriptor) }

  /// Writes a file's line.
  /// - Throws: `UserError` (inputOutput); the journal is then as it was.
  func add(_ entry: Manifest.Entry) throws {
    let line = CompactJSON.encoded(entry) + Data("\n".utf8)
    try lock.withLock { _ in
      let length = lseek(descriptor, 0, SEEK_END)
      do {
        try line.withUnsafeBytes { try Descriptor.write($0, to: descriptor, path: own) }
      } catch {
        // The next line must not be appended to half of this one.
        ftruncate(descriptor, length)
        throw error
      }
    }
  }

  /// Writes a line for a file that was there already, if none tells of it; its loudness is then measured.
  /// - Parameter version: of the program that made it.
  func add(found job: Job, version: String) throws {
    guard !known.contains(Manifest.Entry.relative(job.path, to: folder)) else { return }
    let reader = try SoundFileReader(job.path)
    let meter = LoudnessMeter(
      sampleRate: Int(reader.sampleRate), channels: job.channels, expectedFrames: reader.frames ?? 0)
    try reader.read { meter.add(UnsafeBufferPointer($0)) }
    let bytes = FileSystem.status(job.path).map { Int($0.st_size) }
    var entry = try Manifest.Entry(
      job, sha256: Checksum.ofFile(job.path), bytes: bytes ?? 0, meter.measurement, folder: folder)
    entry.tingleVersion = version
    try add(entry)
  }

  /// Gathers what this program and those that were killed wrote into the manifest; what others are writing is left to them.
  /// - Throws: `UserError`, `UserError` (data); nothing of what was written is then lost.
  public func gather() throws {
    flock(descriptor, LOCK_UN)
    try Self.gather(in: folder, journals)
  }

  private static func gather(in folder: String, _ journals: String) throws {
    guard let gate = try openLocked(journals + "/gate", O_WRONLY | O_CREAT, of: folder) else { return }
    defer { close(gate) }
    // Each stays locked until it is removed, so that a program that opens it meanwhile finds it gone and makes another.
    var ended: [(path: String, descriptor: Int32)] = []
    defer { for journal in ended { close(journal.descriptor) } }
    for path in files(in: journals) {
      let descriptor = FileSystem.open(path, O_RDONLY)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        ended.append((path, descriptor))
      } else {
        close(descriptor)
      }
    }
    let added = try ended.flatMap { try lines(of: $0.path) }
    if !added.isEmpty {
      let entries = try Manifest(folder: folder).files + added
      try Manifest(entries.filter { FileSystem.exists(path(of: $0, in: folder)) })
        .write(to: folder)
    }
    for journal in ended { FileSystem.unlink(journal.path) }
    guard files(in: journals).isEmpty else { return }
    FileSystem.unlink(journals + "/gate")
    FileSystem.removeFolder(journals)
  }

  private static func openJournal(_ path: String, in journals: String, of folder: String) throws -> Int32 {
    for _ in 0..<10 {
      try FileSystem.makeFolder(journals)
      if let descriptor = try openLocked(path, O_WRONLY | O_CREAT | O_APPEND, of: folder) {
        return descriptor
      }
    }
    throw UserError(
      .cannotCreate, "cannot write in '\(folder)': its folder .tingle is removed again and again")
  }

  /// Opens a file and waits for its lock. A file that was removed before it was locked is opened again: a lock on a file
  /// without a name excludes no other program, and lines written to it are lost.
  /// - Returns: nil if its folder is gone, because another program has gathered all journals.
  private static func openLocked(_ path: String, _ flags: Int32, of folder: String) throws -> Int32? {
    while true {
      let descriptor = FileSystem.open(path, flags)
      guard descriptor >= 0 else {
        guard errno == ENOENT else {
          throw UserError(.cannotCreate, "cannot write in '\(folder)': \(UserError.reason(errno))")
        }
        return nil
      }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if FileSystem.isName(path, of: descriptor) { return descriptor }
      close(descriptor)
    }
  }

  private static func path(of entry: Manifest.Entry, in folder: String) -> String {
    entry.file.hasPrefix("/") ? entry.file : "\(folder)/\(entry.file)"
  }

  private static func files(in journals: String) -> [String] {
    FileSystem.names(in: journals).filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(journals)/\($0)" }
  }

  private static func lines(in journals: String) throws -> [Manifest.Entry] {
    try files(in: journals).flatMap(lines(of:))
  }

  /// A line that was cut off by a kill is passed over: its file has not got its name.
  private static func lines(of path: String) throws -> [Manifest.Entry] {
    // Another program may have gathered it meanwhile.
    guard FileSystem.exists(path) else { return [] }
    return try TextEncoding.normalized(InputFile.contents(path)).split(separator: UInt8(ascii: "\n"))
      .compactMap {
        try? JSONDecoder().decode(Manifest.Entry.self, from: Data($0))
      }
  }
}
