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

extension Whisper {
  /// The time that a line of the script takes, in seconds: that of the track that its voice renders.
  /// - Parameter cue: the cue of the voice, with the index of the line.
  public func seconds(ofLineAt cue: Cue) -> Double {
    let line = lines.lines[cue.index]
    var dice = Dice(cue.draws.branch("mouth"))
    // A breath has no speech.
    let speech = line.isBreath ? Speech() : lines.speeches[Int(line.speech)]
    return line.isBreath
      ? line.breathSeconds
      : WhisperScript.track(of: line, in: speech, self, Fatigue(cue), dice: &dice).endSeconds
  }
}

/// The lines in memory that voices read without counting references.
///
/// `@unchecked Sendable`: nothing changes after `init`.
final class WhisperLineTable: @unchecked Sendable {
  private let speeches: UnsafeMutableBufferPointer<Speech>
  private let lines: Buffer<WhisperLine>

  /// Copies the lines.
  init(_ lines: WhisperLines) {
    // One speech more for scripts of breaths alone.
    let stored = lines.speeches.isEmpty ? [Speech()] : lines.speeches
    speeches = .allocate(capacity: stored.count)
    _ = speeches.initialize(from: stored)
    self.lines = Buffer(lines.lines)
  }

  deinit { speeches.deallocate() }

  /// A line and its track; the last line for an index after it.
  func track(
    ofLine index: Int, _ settings: Whisper, _ fatigue: Fatigue, dice: inout Dice
  ) -> (WhisperLine, SegmentTrack) {
    let line = lines[min(lines.count - 1, max(0, index))]
    let track = WhisperScript.track(
      of: line, in: speeches[Int(line.speech)], settings, fatigue, dice: &dice)
    return (line, track)
  }
}
