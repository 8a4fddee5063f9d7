import TingleDSP
import TingleMix
import TingleScripts
import TingleSupport

/// The script of a preset: its text, what it says, and its timetable for the preset's seed and voice.
public struct PresetScript: Sendable {
  /// The text as it was written.
  public let text: String
  let origin: ScriptOrigin
  let script: Script
  /// The layers that the script added to those of the preset.
  var addedLayers: [String] = []
  /// When each line and each action comes.
  public internal(set) var timetable = Timetable()

  /// What of the lines is not read as it is written.
  public var notices: [String] { script.notices }
  /// The first heading.
  public var title: String? { script.title }
  /// The layers that the script directs.
  public var layers: [String] { (script.hasVoice ? [Script.voiceLayer] : []) + script.actions.map(\.name) }

  /// The size limit of a script.
  static let mostBytes = 1 << 18
  /// The extension of files with scripts.
  public static let fileExtension = ".script"
}

extension Preset {
  /// The levels of layers that a script adds, in decibels.
  private static let scriptLevelsDB = (voice: -3.0, action: -8.0)

  /// Gives the preset a script: parses it, adds the layers that it needs and computes the timetable.
  /// - Parameters:
  ///   - text: the script; nil removes that of the preset.
  ///   - origin: where the text is, for messages.
  /// - Throws: `UserError`.
  public mutating func setScript(_ text: String?, from origin: ScriptOrigin) throws {
    for name in script?.addedLayers ?? [] { mix.layers.removeAll { $0.name == name } }
    for k in mix.layers.indices { mix.layers[k].timetable = nil }
    script = nil
    guard let text else { return }
    for k in mix.layers.indices where mix.layers[k].name == Script.voiceLayer {
      guard var whisper = mix.layers[k].trigger as? Whisper else { continue }
      // The script takes the place of the layer's own text.
      (whisper.text, whisper.phonemes) = ("", "")
      mix.layers[k].trigger = whisper
    }
    guard text.utf8.count <= PresetScript.mostBytes else {
      throw UserError(
        .data, at: origin.location(.init(line: 1, column: 1)), "the script is larger than 256 KiB")
    }
    let parsed = try ScriptParser.parse(text, from: origin, PresetVocabulary(mix))
    var new = PresetScript(text: text, origin: origin, script: parsed)
    if parsed.hasVoice, !mix.layers.contains(where: { $0.name == Script.voiceLayer }) {
      var whisper = Whisper()
      whisper.syllablesPerSecond = 3
      new.addedLayers.append(Script.voiceLayer)
      mix.layers.append(
        LayerSettings(
          name: Script.voiceLayer, trigger: whisper, levelDB: Self.scriptLevelsDB.voice,
          place: SourcePosition(.init(distanceMetres: 0.2))))
    }
    for action in parsed.actions {
      guard var layer = action.settings, !mix.layers.contains(where: { $0.name == action.name }) else {
        continue
      }
      layer.name = action.name
      layer.levelDB += Self.scriptLevelsDB.action
      new.addedLayers.append(action.name)
      mix.layers.append(layer)
    }
    script = new
    try directScript()
  }

  /// Computes the timetable again, after a change of the seed, the voice or the fade-in.
  /// - Throws: `UserError` (data) for a script that is too long with its repetitions.
  public mutating func directScript() throws {
    guard let script else { return }
    let voice = mix.layers.firstIndex { $0.name == Script.voiceLayer }
    let directed = try DirectedScript(
      script.script, from: script.origin,
      voice: voice.map { mix.layers[$0] } ?? LayerSettings(name: Script.voiceLayer, trigger: Whisper()),
      seed: mix.seed, startSeconds: max(1, mix.master.fadeInSeconds))
    if let voice { mix.layers[voice].timetable = directed.voice }
    for (action, timetable) in zip(script.script.actions, directed.actions) {
      guard let k = mix.layers.firstIndex(where: { $0.name == action.name }) else { continue }
      mix.layers[k].timetable = timetable
    }
    self.script?.timetable = directed.timetable
    if followsScript {
      // The fade-out begins after the last line.
      let end = directed.timetable.endSeconds + 3 + mix.master.fadeOutSeconds
      mix.durationSeconds = max(1, end.rounded(.up))
    }
  }
}

extension LayerSettings {
  /// Whether a script directs the layer.
  public var isDirected: Bool { timetable != nil }
}
