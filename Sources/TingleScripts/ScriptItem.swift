import TingleMix

/// A part of a script: what is whispered, or a direction, with its position in the text.
public struct ScriptItem: Sendable {
  /// A position in the text: line and column in characters, from 1.
  public struct Position: Sendable, Equatable {
    public var line: Int
    public var column: Int

    /// A position.
    public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
  }

  public var position: Position
  public var kind: Kind

  /// A whispered line or a direction.
  public indirect enum Kind: Sendable {
    /// Words to whisper; the index is that of the words among the different texts of the script.
    case line(String, text: Int)
    /// A silence in seconds, instead of the usual pause.
    case pause(seconds: Double)
    /// An empty line: a longer pause.
    case paragraph
    /// The heading of a chapter.
    case heading(String)
    /// The voice moves to a place; slowly, it does so while it whispers.
    case place(SourcePosition.Point, name: String, slowSeconds: Double?)
    /// The voice comes closer or goes away: a factor on its distance.
    case approach(factor: Double, slowSeconds: Double?)
    /// The level of the voice changes, in decibels.
    case level(changeDB: Double)
    /// The pace of the voice changes by a factor.
    case pace(factor: Double)
    /// Slow breaths.
    case breaths(count: Int)
    /// A layer sounds for a time.
    case action(Int, seconds: Double)
    /// A layer sounds while the items within follow each other.
    case actionWhile(Int, [ScriptItem])
    /// The items within, several times.
    case repeated(count: Int, [ScriptItem])
    /// One of the alternatives, drawn by the seed.
    case either([[ScriptItem]])
  }
}
