import TinglePresets
import TingleSupport

/// Loading and saving of presets. Unless noted, the members run on the session's queue.
extension LiveSession {
  /// Saves the scene as a preset, without its silent layers.
  /// - Returns: the path of the file, and the layers that were left out.
  func save(as name: String) throws -> String {
    var preset = scene.preset
    let silent = preset.mix.layers.filter(scene.isSilent).map(\.name)
    // A script would bring back a layer that is left out.
    for k in preset.mix.layers.indices where preset.mix.layers[k].isDirected {
      if silent.contains(preset.mix.layers[k].name) { preset.mix.layers[k].levelDB = -80 }
    }
    preset.mix.layers.removeAll { silent.contains($0.name) && !$0.isDirected }
    guard !preset.mix.layers.isEmpty else {
      throw UserError(.usage, "all layers are silent; there is nothing to save")
    }
    preset.title = PresetLibrary.title(of: name)
    let path = try dependencies.library.save(PresetWriter.text(preset), as: name)
    return silent.isEmpty ? path : "\(path) (without the silent layers: \(silent.joined(separator: ", ")))"
  }

  /// Whether the library has a preset with another name. Must not be called on the session's queue.
  func hasOtherPresets(than name: String) -> Bool {
    dependencies.library.entries().contains { $0.name != name }
  }

  /// Loads the next (1) or previous (-1) preset of the library. Presets that cannot be read are skipped.
  /// - Returns: the preset's title, and the names of skipped presets.
  func loadPreset(inDirection direction: Int) throws -> String {
    let names = dependencies.library.entries().map(\.name)
    let current = names.firstIndex(of: scene.preset.name) ?? (direction > 0 ? -1 : names.count)
    var skipped: [String] = []
    var firstError: any Error = UserError(.usage, "the library has no presets")
    for k in names.indices {
      let name = names[(current + direction * (k + 1) + 2 * names.count) % names.count]
      do {
        let title = try load(name, staysPaused: true)
        return skipped.isEmpty ? title : "\(title) (skipped: \(skipped.joined(separator: ", ")))"
      } catch {
        if skipped.isEmpty { firstError = error }
        skipped.append(name)
      }
    }
    throw firstError
  }

  /// Plays another preset from its start. The user's sleep timer and change of the master level are kept.
  /// - Parameter staysPaused: whether a paused session stays paused.
  /// - Returns: the preset's title.
  func load(_ name: String, staysPaused: Bool = false) throws -> String {
    guard name != "-" else {
      throw UserError(.usage, "load: '-' (standard input) is not possible here; give a preset's name or path")
    }
    let original = try dependencies.library.preset(name)
    let levelled = try dependencies.prepare(original)
    saveUndoEntry()
    var timer = scene.timer.flatMap { $0.isFromPreset ? nil : $0 }
    timer?.atSeconds -= position
    let masterOffsetDB = scene.masterOffsetDB
    let isPaused = staysPaused && scene.pausedAt != nil
    scene = Scene(levelled: levelled, original: original)
    scene.masterOffsetDB = masterOffsetDB
    scene.pausedAt = isPaused ? 0 : nil
    loadCount += 1
    jumpCount += 1
    pauseSeconds = nil
    offsetFrames = -liveRenderer.frame
    scene.timer =
      timer.map { SleepTimer(atSeconds: max(1, $0.atSeconds), fadeSeconds: $0.fadeSeconds) }
      ?? scene.presetTimer(startingAt: 0)
    play(crossfade: Scene.longCrossfade)
    return scene.preset.title
  }
}
