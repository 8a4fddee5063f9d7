import Foundation
import TingleFiles
import TingleLive
import TingleSupport

/// The recovered files of a recording whose player was killed.
struct UnfinishedRecording {
  /// The new paths; nil for a file that was not left.
  private let soundPath: String?
  private let logPath: String?
  /// Whether the log has frames to be rendered.
  private let isReplayable: Bool

  /// Renames the temporary files that a killed player left, before a new recording with the same path.
  /// - Returns: the recovered files; nil if none has frames.
  /// - Throws: `UserError` if a recording with this path cannot be started; the temporary files are then left
  ///   unchanged.
  static func recover(_ path: String, overwrite: Bool) throws -> UnfinishedRecording? {
    let sound = try leftoverFile(of: path, overwrite: overwrite)
    let log: AtomicFile?
    do {
      log = try leftoverFile(of: path + ".json", overwrite: overwrite)
    } catch {
      sound?.keepPartial()
      throw error
    }
    let isReplayable = log.map(hasFrames) ?? false
    guard isReplayable || sound.map(hasSound) ?? false else { return nil }
    let name = unusedName(path)
    try log?.renamePartial(to: name + ".json")
    try sound?.renamePartial(to: name)
    if sound != nil { UnfinishedFile.repair(name) }
    return UnfinishedRecording(
      soundPath: sound.map { _ in name }, logPath: log.map { _ in name + ".json" }, isReplayable: isReplayable
    )
  }

  /// The message for the user: where the files are, and how to render the log.
  var message: String {
    var text = "recovered an unfinished recording as "
    text += [soundPath, logPath].compactMap { $0.map { "'\($0)'" } }.joined(separator: " and ")
    if isReplayable, let logPath { text += "; `tingle replay \(logPath) -o FILE` renders it" }
    return text
  }

  /// A non-empty temporary file that no running player has locked; nil if no such file exists.
  private static func leftoverFile(of path: String, overwrite: Bool) throws -> AtomicFile? {
    guard AtomicFile.partialExists(of: path) else { return nil }
    return try AtomicFile(path: path, overwrite: overwrite, resumes: true)
  }

  private static func hasSound(_ file: AtomicFile) -> Bool {
    // The length in an incomplete header is not reliable.
    (try? SoundFileReader(file.temporaryPath).next(1))?.isEmpty == false
  }

  private static func hasFrames(_ file: AtomicFile) -> Bool {
    guard let data = try? InputFile.contents(file.temporaryPath) else { return false }
    return (try? PerformanceLog.decoded(data, file: file.path)).map { $0.length > 0 } ?? false
  }

  /// A new file name such as `evening.unfinished.wav`, with a number if that exists.
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
