import TingleMix
import TinglePresets

/// What is to be heard: a preset as it was altered, and what hangs on the moment. A value: undo goes back to an older one.
struct Scene: Sendable {
  var preset: Preset
  /// Added to the preset's own gain, so that the whole is as loud as it asks: found by listening beforehand.
  var foundGainDB: Double
  var muted: Set<String> = []
  var soloed: Set<String> = []
  /// The track's time at which it ends before its time, fading out over so long.
  var timer: (atSeconds: Double, fadeSeconds: Double)?
  var isPaused = false

  /// A preset whose mix has been brought to its loudness.
  /// - Parameter original: the same preset before that.
  init(levelled preset: Preset, original: Preset) {
    self.preset = preset
    foundGainDB = preset.mix.master.gainDB - original.mix.master.gainDB
    self.preset.mix.master.gainDB = original.mix.master.gainDB
  }

  /// The mix that the performer is given; nil when it pauses.
  var mix: Mix? {
    guard !isPaused else { return nil }
    var mix = preset.mix
    mix.isMetered = true
    mix.master.gainDB += foundGainDB
    for k in mix.layers.indices { mix.layers[k].isMuted = isSilent(mix.layers[k]) }
    if let timer, timer.atSeconds < mix.durationSeconds {
      mix.durationSeconds = timer.atSeconds
      mix.master.fadeOutSeconds = timer.fadeSeconds
    }
    return mix
  }

  /// Whether a layer is muted, or another one is heard alone; the bed stays under a solo.
  func isSilent(_ layer: LayerSettings) -> Bool {
    muted.contains(layer.name)
      || !soloed.isEmpty && !soloed.contains(layer.name) && layer.name != "bed"
  }

  /// The place of a layer in the mix.
  /// - Throws: `Command.Misread`.
  func index(of name: String) throws -> Int {
    if let index = preset.mix.layers.firstIndex(where: { $0.name == name }) { return index }
    let names = preset.mix.layers.map(\.name)
    throw Command.Misread("there is no layer '\(name)'\(Spelling.hint(for: name, among: names))")
  }
}
