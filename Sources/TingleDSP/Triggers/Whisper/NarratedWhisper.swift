/// A whisper that says the lines of a script: the index of a cue is that of its line.
///
/// It takes the place of a layer's `Whisper` when a mix is prepared, and is not in the catalogue.
public struct NarratedWhisper: Trigger {
  public typealias Voice = NarratedWhisperVoice

  /// The voice; its text and mode are not used.
  public var whisper = Whisper()
  public var lines = WhisperLines()

  public init() {}

  public init(_ whisper: Whisper, lines: WhisperLines) { (self.whisper, self.lines) = (whisper, lines) }

  public static let name = "narrated-whisper"
  public static let summary = "a whisper that says the lines of a script"
  public static let parameters: [Parameter<NarratedWhisper>] = []
  public static let sourceExtent = Whisper.sourceExtent
  public var calibrationDB: Double { whisper.calibrationDB }
  /// Only the tail applies: a script lists its voices.
  public var timing: Timing { Timing(slotSeconds: 1, jitter: 0, tailSeconds: 1.5) }

  /// The time that a line takes, in seconds: that of the track that its voice renders.
  /// - Parameter cue: the cue of the voice, with the index of the line.
  public func seconds(ofLineAt cue: Cue) -> Double {
    let line = lines.lines[cue.index]
    guard !line.isBreath else { return line.breathSeconds }
    var dice = Dice(cue.draws.branch("mouth"))
    return WhisperScript.track(
      of: line, in: lines.speeches[Int(line.speech)], whisper, Fatigue(cue), dice: &dice
    ).endSeconds
  }
}

/// One line of a script, or a part of a long one.
public struct NarratedWhisperVoice: Voice {
  public typealias Settings = NarratedWhisper

  /// The prepared voice and the lines.
  public struct Shared: Sendable {
    let voice: WhisperVoice.Shared
    private let table: WhisperLineTable
    // Outside the table: using that would count references.
    let lines: WhisperLineTable.View

    init(_ voice: WhisperVoice.Shared, _ lines: WhisperLineTable) {
      (self.voice, table, self.lines) = (voice, lines, lines.view)
    }
  }

  private var voice: WhisperVoice

  public static func prepare(_ settings: NarratedWhisper, layer: Draws, sampleRate: Double) -> Shared {
    var whisper = settings.whisper
    (whisper.mode, whisper.text, whisper.phonemes) = (.nonsense, "", "")
    return Shared(
      WhisperVoice.prepare(whisper, layer: layer, sampleRate: sampleRate), WhisperLineTable(settings.lines))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    voice = WhisperVoice(shared.voice, cue: cue, lines: shared.lines)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    voice.render(into: &block)
  }
}
