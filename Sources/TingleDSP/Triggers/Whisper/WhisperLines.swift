/// The lines that a script's voice whispers, in order; the index of a cue is that of its line.
public struct WhisperLines: Sendable {
  /// The words, in as many speeches as they need: each has a fixed capacity.
  private(set) var speeches: [Speech] = []
  public private(set) var lines: [WhisperLine] = []

  /// The largest number of phonemes in a line, limited by the capacity of `SegmentTrack`.
  private static let maximumSymbols = 96

  /// No lines.
  public init() {}

  /// Whether there are no lines.
  public var isEmpty: Bool { lines.isEmpty }

  /// Stores words without whispering them yet.
  /// - Returns: the lines that say them one after the other; long words are divided at breath groups.
  public mutating func words(phonemes: String) throws(Speech.ParseError) -> [WhisperLine] {
    // Parsed alone first: an invalid line must not leave half of its phonemes behind.
    let alone = try Speech(phonemes: phonemes)
    guard alone.breathGroupCount > 0 else { throw Speech.ParseError(reason: "has no phonemes") }
    if speeches.isEmpty || !speeches[speeches.count - 1].hasRoom(for: alone) { speeches.append(Speech()) }
    let index = speeches.count - 1
    let first = speeches[index].breathGroupCount
    try speeches[index].add(phonemes: phonemes)
    var result: [WhisperLine] = []
    var symbols = 0
    for group in first..<speeches[index].breathGroupCount {
      let count = speeches[index].range(ofBreathGroup: group).count
      if result.isEmpty || symbols + count > Self.maximumSymbols {
        var line = WhisperLine()
        (line.speech, line.firstBreathGroup) = (Int32(index), Int32(group))
        result.append(line)
        symbols = 0
      }
      result[result.count - 1].endBreathGroup = Int32(group + 1)
      symbols += count
    }
    return result
  }

  /// Appends a line.
  /// - Returns: its index.
  @discardableResult public mutating func append(_ line: WhisperLine) -> Int {
    lines.append(line)
    return lines.count - 1
  }
}

extension Speech {
  /// Whether another speech can be added.
  fileprivate func hasRoom(for other: Speech) -> Bool {
    count + other.count <= Self.maximumSymbols && breathGroupCount + other.breathGroupCount <= 1024
  }
}

/// The lines in memory that voices read without counting references.
///
/// `@unchecked Sendable`: nothing changes after `init`.
final class WhisperLineTable: @unchecked Sendable {
  /// The lines for voices; valid as long as the table.
  let view: View
  private let speeches: UnsafeMutableBufferPointer<Speech>
  private let lines: Buffer<WhisperLine>

  /// The addresses of the lines and their words.
  ///
  /// `@unchecked Sendable`: nothing changes in this memory.
  struct View: @unchecked Sendable {
    fileprivate let speeches: UnsafePointer<Speech>
    fileprivate let lines: UnsafePointer<WhisperLine>
    fileprivate let count: Int

    /// A line; the last one for an index after it.
    subscript(index: Int) -> WhisperLine { lines[min(count - 1, max(0, index))] }

    /// The track of a line.
    func track(
      of line: WhisperLine, _ settings: Whisper, _ fatigue: Fatigue, dice: inout Dice
    ) -> SegmentTrack {
      WhisperScript.track(of: line, in: speeches[Int(line.speech)], settings, fatigue, dice: &dice)
    }
  }

  /// Copies the lines; there must be at least one.
  init(_ lines: WhisperLines) {
    // One speech more for scripts of breaths alone.
    let stored = lines.speeches.isEmpty ? [Speech()] : lines.speeches
    speeches = .allocate(capacity: stored.count)
    _ = speeches.initialize(from: stored)
    self.lines = Buffer(lines.lines)
    view = View(
      speeches: UnsafePointer(speeches.baseAddress!), lines: UnsafePointer(self.lines.baseAddress),
      count: lines.lines.count)
  }

  deinit { speeches.deallocate() }
}
