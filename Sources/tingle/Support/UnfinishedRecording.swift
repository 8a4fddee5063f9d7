import Foundation
import TingleFiles
import TingleLive
import TingleSupport

/// What a player that was killed left of a recording: both its files under their temporary names.
struct UnfinishedRecording {
  /// Where they are kept; nil for one that there was nothing of.
  private let soundPath: String?
  private let logPath: String?
  /// Whether the log tells of something that was played.
  private let isReplayable: Bool

  /// Gives what was left of a recording names of its own, before another recording takes its place.
  /// - Returns: nil if nothing was left that can be heard.
  /// - Throws: `UserError` where no recording of that name can be begun; what was left then stays.
  static func setAside(_ path: String, overwrite: Bool) throws -> UnfinishedRecording? {
    let sound = try left(path, overwrite: overwrite)
    let log: AtomicFile?
    do {
      log = try left(path + ".json", overwrite: overwrite)
    } catch {
      sound?.keepPartial()
      throw error
    }
    let isReplayable = log.map(tellsOfSound) ?? false
    guard isReplayable || sound.map(hasSound) ?? false else { return nil }
    let name = unusedName(path)
    try log?.renamePartial(to: name + ".json")
    try sound?.renamePartial(to: name)
    if sound != nil { UnfinishedFile.repair(name) }
    return UnfinishedRecording(
      soundPath: sound.map { _ in name }, logPath: log.map { _ in name + ".json" }, isReplayable: isReplayable
    )
  }

  /// What it is called now, and how it can be used.
  var sentence: String {
    var text = "an earlier recording was not ended; it is kept as "
    text += [soundPath, logPath].compactMap { $0.map { "'\($0)'" } }.joined(separator: " and ")
    if isReplayable, let logPath { text += "; `tingle replay \(logPath) -o FILE` renders it again" }
    return text
  }

  /// A temporary file with something in it, which no other program writes.
  private static func left(_ path: String, overwrite: Bool) throws -> AtomicFile? {
    guard AtomicFile.partialExists(of: path) else { return nil }
    return try AtomicFile(path: path, overwrite: overwrite, resumes: true)
  }

  private static func hasSound(_ file: AtomicFile) -> Bool {
    // A header that was never completed does not tell how long it is.
    (try? SoundFileReader(file.temporaryPath).next(1))?.isEmpty == false
  }

  private static func tellsOfSound(_ file: AtomicFile) -> Bool {
    guard let data = try? InputFile.contents(file.temporaryPath) else { return false }
    return (try? PerformanceLog.decoded(data, file: file.path)).map { $0.length > 0 } ?? false
  }

  /// `evening.unfinished.wav`, with a number where that is taken.
  private static func unusedName(_ path: String) -> String {
    let parts = FileSystem.name(of: path).split(separator: ".", omittingEmptySubsequences: false)
    let (stem, ending) = (parts.dropLast().joined(separator: "."), parts.last ?? "")
    var number = 1
    while true {
      let name = FileSystem.path(
        "\(stem).unfinished\(number == 1 ? "" : "-\(number)").\(ending)", in: FileSystem.folder(of: path))
      if ![name, name + ".json"].contains(where: FileSystem.exists) { return name }
      number += 1
    }
  }
}
