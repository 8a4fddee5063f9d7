import TingleMix

/// A script: what the voice whispers, where it is, and which other layers come in and out.
///
/// `ScriptParser` reads it from text; `Timetable` states when each part comes.
public struct Script: Sendable {
  /// A layer that the script brings in.
  public struct Action: Sendable {
    /// The name of the layer.
    public let name: String
    /// What the action is called in timetables.
    public let label: String
    /// The settings of the layer; nil for a layer of the preset.
    public let settings: LayerSettings?

    /// An action.
    public init(name: String, label: String, settings: LayerSettings?) {
      (self.name, self.label, self.settings) = (name, label, settings)
    }
  }

  /// The parts in the order of the text.
  public internal(set) var items: [ScriptItem] = []
  /// The different texts that are whispered, as phoneme lines.
  public internal(set) var phonemes: [String] = []
  /// The layers that the script brings in.
  public internal(set) var actions: [Action] = []
  /// What of the texts is not read as it is written: one clause each.
  public internal(set) var notices: [String] = []

  /// The name of the layer that whispers.
  public static let voiceLayer = "whisper"
  /// The largest number of different actions.
  public static let mostActions = 40
  /// The largest number of lines, pauses and actions with all repetitions.
  public static let mostItems = 20_000
  /// The largest number of repetitions in one direction.
  public static let mostRepetitions = 200
  /// The greatest depth of directions within directions.
  public static let deepestNesting = 12

  /// Whether anything is whispered.
  public var hasVoice: Bool { Self.hasVoice(items) }

  /// The title: the first heading, if any.
  public var title: String? {
    for item in items { if case .heading(let text) = item.kind { return text } }
    return nil
  }

  private static func hasVoice(_ items: [ScriptItem]) -> Bool {
    items.contains { item in
      switch item.kind {
      case .line, .breaths: true
      case .actionWhile(_, let items), .repeated(_, let items): hasVoice(items)
      case .either(let alternatives): alternatives.contains { hasVoice($0) }
      default: false
      }
    }
  }
}
