/// A position in a text file.
public struct SourceLocation: Sendable, Equatable, CustomStringConvertible {
  /// The path of the file, or `<stdin>` for standard input.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int

  /// Creates a location.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The location as `sleep.yaml:12:5`.
  public var description: String { "\(file):\(line):\(column)" }
}
