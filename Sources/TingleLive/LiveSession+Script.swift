import Dispatch
import TinglePresets
import TingleScripts
import TingleSupport

/// The lines of a script. All members run on the session's queue.
extension LiveSession {
  /// How long before a line playback continues, so that the cross-fade is complete when the line starts.
  private static let leadSeconds = 0.4

  /// Goes to the next line.
  /// - Returns: the line.
  func goToNextLine() throws -> String {
    guard let next = try timetable().lines(after: position + Self.leadSeconds).first else {
      throw UserError(.usage, "this is the last line of the script")
    }
    return try go(to: next)
  }

  /// Goes to the start of the current line or, between two lines, of the last one.
  /// - Returns: the line.
  func repeatLine() throws -> String {
    let timetable = try timetable()
    guard let line = timetable.line(at: position + Self.leadSeconds) ?? timetable.lines.first else {
      throw UserError(.usage, "the script has no lines")
    }
    return try go(to: line)
  }

  private func go(to line: Timetable.Entry) throws -> String {
    pauseSeconds = nil
    try apply(.jump(max(0, line.startSeconds - Self.leadSeconds)))
    return line.description
  }

  /// Pauses as soon as the current line ends: at once between two lines.
  func pauseAfterLine() throws -> String {
    let line = try timetable().line(at: position)
    pauseSeconds = max(position, line?.endSeconds ?? 0)
    waitForLineEnd(of: pauseSeconds)
    return ""
  }

  /// Pauses at the requested time unless it has been changed since.
  private func waitForLineEnd(of request: Double?) {
    guard let request, request == pauseSeconds, scene.pausedAt == nil else { return }
    let left = request - position
    guard left > 0 else {
      pauseSeconds = nil
      try? apply(.pause)
      return
    }
    queue.asyncAfter(deadline: .now() + min(left, 0.5)) { [weak self] in
      self?.waitForLineEnd(of: request)
    }
  }

  private func timetable() throws -> Timetable {
    guard let script = scene.preset.script else {
      throw UserError(.usage, "'\(scene.preset.name)' has no script")
    }
    return script.timetable
  }
}

extension Status {
  /// The line of a script that is whispered, and the next ones.
  public struct Line: Sendable, Codable {
    /// The words, or a direction in brackets.
    public var text: String
    /// The start and the end, in seconds of the track.
    public var startSeconds: Double
    public var endSeconds: Double

    init(_ entry: Timetable.Entry) {
      (text, startSeconds, endSeconds) = (entry.description, entry.startSeconds, entry.endSeconds)
    }
  }

  /// The position in a script.
  public struct Script: Sendable, Codable {
    /// The chapter; nil before the first one.
    public var chapter: String?
    /// The line or action that is heard; nil between two of them.
    public var current: Line?
    /// The lines and actions that follow, at most three.
    public var next: [Line]

    /// The position at a time of the track.
    init(_ timetable: Timetable, at seconds: Double) {
      let heard = timetable.entries.filter { $0.kind != .pause && $0.kind != .move }
      chapter = timetable.chapters.last { $0.startSeconds <= seconds }?.title
      // The innermost entry: a line rather than the action that accompanies it.
      current = heard.last { $0.startSeconds <= seconds && seconds < $0.endSeconds }.map(Line.init)
      next = heard.drop { $0.startSeconds <= seconds }.prefix(3).map(Line.init)
    }
  }
}
