import ArgumentParser
import TingleBatch

/// Parses lines of `tingle render` options. Lines that differ only in values are parsed once, because
/// ArgumentParser takes half a millisecond per line.
struct RenderLineParser {
  /// The parsed commands, keyed by the words of a line without values.
  private var parsed: [[String]: RenderCommand] = [:]

  /// Parses a line.
  /// - Throws: the errors of ArgumentParser.
  mutating func parse(_ words: [String]) throws -> RenderCommand {
    guard let (shape, values) = Self.split(words) else { return try RenderCommand.parse(words) }
    if var render = parsed[shape] {
      do {
        for (set, value) in values { try set(&render, value) }
        try render.mix.validate()
        try render.validate()
        return render
      } catch {
        // ArgumentParser reports the error.
        return try RenderCommand.parse(words)
      }
    }
    let render = try RenderCommand.parse(words)
    parsed[shape] = render
    // Repeatable options accumulate; each line starts without any.
    parsed[shape]?.mix.set = []
    return render
  }

  private typealias Setter = @Sendable (inout RenderCommand, String) throws -> Void

  /// The options whose values can differ between lines of one shape.
  private static let setters: [String: Setter] = [
    "-o": { $0.output = $1 },
    "--output": { $0.output = $1 },
    "--seed": { $0.mix.seed = try ArgumentReading.seed("--seed")($1) },
    "--duration": { $0.mix.duration = try ArgumentReading.seconds("--duration")($1) },
    "--fade-in": { $0.mix.fadeIn = try ArgumentReading.seconds("--fade-in")($1) },
    "--fade-out": { $0.mix.fadeOut = try ArgumentReading.seconds("--fade-out")($1) },
    "--start": { $0.start = try ArgumentReading.seconds("--start")($1) },
    "--end": { $0.end = try ArgumentReading.seconds("--end")($1) },
    "--slice": { $0.slice = try ArgumentReading.part("--slice") { Slice($0) }($1) },
    "--text": { $0.mix.text = $1 },
    "--set": { $0.mix.set.append(try ArgumentReading.override("--set")($1)) },
  ]

  /// Splits a line into its words without the values of these options, and the values. As in ArgumentParser,
  /// a word that starts with a dash is an option, never a value.
  /// - Returns: nil for a line that only ArgumentParser can parse.
  private static func split(_ words: [String]) -> (shape: [String], values: [(Setter, String)])? {
    var shape: [String] = []
    var values: [(Setter, String)] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.utf8.first == UInt8(ascii: "-") else {
        shape.append(word)
        continue
      }
      if word == "--" { return nil }
      if let set = setters[word] {
        guard let value = rest.popFirst(), value.utf8.first != UInt8(ascii: "-") else { return nil }
        shape.append(word)
        values.append((set, value))
      } else if let sign = word.firstIndex(of: "="), let set = setters[String(word[..<sign])] {
        shape.append(String(word[...sign]))
        values.append((set, String(word[sign...].dropFirst())))
      } else {
        shape.append(word)
      }
    }
    return (shape, values)
  }
}
