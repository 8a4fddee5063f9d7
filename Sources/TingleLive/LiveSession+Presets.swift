import TinglePresets

/// What is played comes from a shelf of presets, and can be put there: on the session's queue.
extension LiveSession {
  /// Writes down what is heard, and says where.
  func save(as name: String) throws -> String {
    var preset = scene.preset
    let silent = preset.mix.layers.filter(scene.isSilent).map(\.name)
    preset.mix.layers.removeAll { silent.contains($0.name) }
    guard !preset.mix.layers.isEmpty else {
      throw Command.ParseError("all layers are silent; there is nothing to save")
    }
    preset.title = PresetLibrary.title(of: name)
    let path = try surroundings.library.save(PresetWriter.text(preset), as: name)
    return silent.isEmpty ? path : "\(path) (without \(silent.joined(separator: ", ")): silent)"
  }

  /// Whether the library has a preset besides this one. Not to be called on the session's queue.
  func hasOtherPresets(than name: String) -> Bool {
    surroundings.library.entries().contains { $0.name != name }
  }

  /// To the next preset of the shelf that can be read, this way round (1, -1).
  func step(_ way: Int) throws -> String {
    let names = surroundings.library.entries().map(\.name)
    let here = names.firstIndex(of: scene.preset.name) ?? (way > 0 ? -1 : names.count)
    var passedOver: [String] = []
    var failure: any Error = Command.ParseError("there are no presets on the shelf")
    for k in names.indices {
      let name = names[(here + way * (k + 1) + 2 * names.count) % names.count]
      do {
        let title = try load(name, staysPaused: true)
        return passedOver.isEmpty ? title : "\(title) (passed over: \(passedOver.joined(separator: ", ")))"
      } catch {
        if passedOver.isEmpty { failure = error }
        passedOver.append(name)
      }
    }
    throw failure
  }

  /// Plays another preset, from its beginning.
  /// - Parameter staysPaused: whether what pauses goes on pausing.
  /// - Returns: its title.
  func load(_ name: String, staysPaused: Bool = false) throws -> String {
    guard name != "-" else {
      throw Command.ParseError("load takes a preset's name or path; nothing is typed here")
    }
    let original = try surroundings.library.preset(name)
    let levelled = try surroundings.prepare(original)
    remember()
    var timer = scene.timer.flatMap { $0.isPresets ? nil : $0 }
    timer?.atSeconds -= position
    let turnedUpDB = scene.turnedUpDB
    let isPaused = staysPaused && scene.pausedAt != nil
    scene = Scene(levelled: levelled, original: original)
    scene.turnedUpDB = turnedUpDB
    scene.pausedAt = isPaused ? 0 : nil
    loads += 1
    jumps += 1
    offsetFrames = -liveRenderer.frame
    // It comes in by the cross-fade; the listener's timer still counts.
    scene.timer =
      timer.map { SleepTimer(atSeconds: max(1, $0.atSeconds), fadeSeconds: $0.fadeSeconds) }
      ?? scene.presetsTimer(from: 0)
    play(crossfade: Scene.gentleCrossfade)
    return scene.preset.title
  }
}
