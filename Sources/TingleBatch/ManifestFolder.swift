import Foundation
import Synchronization
import TingleFiles
import TingleMetering
import TingleSupport

/// A folder whose manifest several processes update concurrently, on one machine or on many.
///
/// Each process appends to a journal of its own, one JSON line per file, and holds a lock on it while it
/// runs. The line is written before the file is renamed, so every file that survives a kill has a line. A
/// process that ends merges the unlocked journals into the manifest.
public final class ManifestFolder: Sendable {
  /// The folder of the files.
  public let folder: String
  private let journals: String
  private let journal: String
  private let descriptor: Int32
  /// Guards writes to `descriptor`.
  private let lock = Mutex<Void>(())
  private let listedFiles: Set<String>

  /// Creates the folder if it does not exist, and opens a journal.
  /// - Throws: `UserError`, with kind `data` for a manifest that is not valid.
  public init(_ folder: String) throws {
    self.folder = folder
    journals = folder + "/.tingle"
    journal = journals + "/\(UUID().uuidString).jsonl"
    descriptor = try Self.openJournal(journal, in: journals, of: folder)
    // The journals of killed processes are merged first, so that entries of this run replace theirs.
    try Self.mergeJournals(in: folder, journals)
    let entries = try Manifest(folder: folder).files + Self.entries(in: journals)
    listedFiles = Set(entries.map(\.file))
  }

  deinit { close(descriptor) }

  /// Appends an entry to the journal.
  /// - Throws: `UserError` (inputOutput); the journal is unchanged then.
  func add(_ entry: Manifest.Entry) throws {
    let line = CompactJSON.encoded(entry) + Data("\n".utf8)
    try lock.withLock { _ in
      let length = lseek(descriptor, 0, SEEK_END)
      do {
        try line.withUnsafeBytes { try Descriptor.write($0, to: descriptor, path: journal) }
      } catch {
        // Removes a partial line, so that the next one starts at a line's beginning.
        ftruncate(descriptor, length)
        throw error
      }
    }
  }

  /// Appends an entry for an existing file that is not listed yet; measures the file's loudness.
  /// - Parameter version: the version of the program that rendered the file.
  func add(existing job: Job, version: String) throws {
    guard !listedFiles.contains(Manifest.Entry.relative(job.path, to: folder)) else { return }
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

  /// Merges the journals of this process and of killed ones into the manifest; journals in use are left.
  /// - Throws: `UserError`; no entry is lost then.
  public func mergeJournals() throws {
    flock(descriptor, LOCK_UN)
    try Self.mergeJournals(in: folder, journals)
  }

  private static func mergeJournals(in folder: String, _ journals: String) throws {
    guard let mergeLock = try openLocked(journals + "/gate", O_WRONLY | O_CREAT, of: folder) else { return }
    defer { close(mergeLock) }
    // Journals stay locked until they are removed: a process that waits for such a lock then creates another
    // journal.
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
    let added = try ended.flatMap { try entries(of: $0.path) }
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
      .cannotCreate, "cannot write in '\(folder)': another process keeps removing its folder .tingle")
  }

  /// Opens a file and waits for its lock. A file that was removed before it was locked is opened again: a
  /// lock on an unlinked file excludes no other process, and lines written to it are lost.
  /// - Returns: nil if the file's folder does not exist, because another process has merged all journals.
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

  private static func entries(in journals: String) throws -> [Manifest.Entry] {
    try files(in: journals).flatMap(entries(of:))
  }

  /// The entries of a journal. A last line that a kill truncated is skipped: its file was not renamed.
  private static func entries(of path: String) throws -> [Manifest.Entry] {
    // Another process can have merged it meanwhile.
    guard FileSystem.exists(path) else { return [] }
    return try TextEncoding.normalized(InputFile.contents(path)).split(separator: UInt8(ascii: "\n"))
      .compactMap {
        try? JSONDecoder().decode(Manifest.Entry.self, from: Data($0))
      }
  }
}
