import ArgumentParser
import TingleBatch

/// Parses the options of many renders. Lines that differ in values only are parsed once: the parser takes half a millisecond
/// for each.
struct RenderLines {
  /// By the words of a line, without values.
  private var parsed: [[String]: Render] = [:]

  /// The render of a line.
  /// - Throws: as the parser does.
  mutating func render(_ words: [String]) throws -> Render {
    guard let (shape, values) = Self.cut(words) else { return try Render.parse(words) }
    if var render = parsed[shape] {
      do {
        for (set, value) in values { try set(&render, value) }
        try render.mix.validate()
        try render.validate()
        return render
      } catch {
        // The parser says what is wrong.
        return try Render.parse(words)
      }
    }
    let render = try Render.parse(words)
    parsed[shape] = render
    // What can be repeated is collected for each line.
    parsed[shape]?.mix.set = []
    return render
  }

  private typealias Setter = @Sendable (inout Render, String) throws -> Void

  /// Options whose values differ from line to line.
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

  /// A line without the values of these options, and the values. The parser takes a word that begins with a dash for an option,
  /// so none is a value here.
  /// - Returns: nil for a line that only the parser can read.
  private static func cut(_ words: [String]) -> (shape: [String], values: [(Setter, String)])? {
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
