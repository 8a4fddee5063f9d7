import TingleDSP
import TingleMix

/// When each line and each action of a script comes, and how long it takes. It is computed once, from the
/// script, the seed and the voice; every second of the mix can then be rendered alone.
public struct Timetable: Sendable, Equatable {
  /// The kind of an entry.
  public enum Kind: String, Sendable {
    case line, breaths, pause, move, action
  }

  /// A line, a pause, a move of the voice or an action.
  public struct Entry: Sendable, Equatable {
    public let kind: Kind
    /// What is whispered, or the direction in short.
    public let text: String
    public let startSeconds: Double
    public internal(set) var seconds: Double
    /// The number of actions that enclose the entry.
    public let depth: Int

    public var endSeconds: Double { startSeconds + seconds }
  }

  /// A chapter, from a heading of the script.
  public struct Chapter: Sendable, Equatable {
    public let title: String
    public let startSeconds: Double

    /// A chapter.
    public init(title: String, startSeconds: Double) {
      (self.title, self.startSeconds) = (title, startSeconds)
    }
  }

  /// The entries in the order of their starts.
  public internal(set) var entries: [Entry] = []
  public internal(set) var chapters: [Chapter] = []
  /// The end of the last entry, in seconds of the mix.
  public internal(set) var endSeconds = 0.0

  /// An empty timetable.
  public init() {}

  /// The lines and breaths, at which playback can be continued.
  public var lines: [Entry] { entries.filter { $0.kind == .line || $0.kind == .breaths } }

  /// The longest script, in seconds.
  public static let longestSeconds = 86_400.0
}
