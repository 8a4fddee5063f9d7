import TingleDSP
import TingleMix
import TingleSupport

/// A named mix with a title, a description and tags.
public struct Preset: Sendable {
  /// The file's name without the extension.
  public var name: String
  /// The title, as listed and as written to the tags of sound files.
  public var title = ""
  /// One sentence that describes the sound.
  public var about = ""
  /// Search tags.
  public var tags: [String] = []
  public var purpose: Purpose
  /// The time after which live playing stops, or nil for the end of the track.
  public var timerSeconds: Double?
  public var mix = Mix(layers: [])
  /// What a voice whispers and which layers accompany it, if the preset has a script.
  public internal(set) var script: PresetScript?
  /// Whether the track is as long as the script: true unless a duration is stated.
  public var followsScript = true

  /// A preset without layers, with the defaults for its purpose.
  init(name: String, purpose: Purpose) {
    (self.name, self.purpose) = (name, purpose)
    applyDefaults(for: purpose)
  }

  /// Sets the master and the timer to the defaults for a purpose.
  mutating func applyDefaults(for purpose: Purpose) {
    mix.master.applyDefaults(for: purpose)
    timerSeconds = purpose.defaults.timerSeconds
  }

  /// The error for a preset that does not exist.
  public static func missing(_ name: String) -> UserError {
    UserError(.data, "there is no preset '\(name)'")
  }

  /// A preset without layers for a mix that is built on the command line. It is as loud as its layers.
  public static func onTheSpot() -> Preset {
    var preset = Preset(name: "on the spot", purpose: .awake)
    preset.title = "A mix on the spot"
    preset.mix.master.loudnessLUFS = nil
    return preset
  }

  /// A preset for a script that is named on the command line: a soft bed, and the script's own layers, which
  /// never startle.
  public static func forScript() -> Preset {
    var preset = Preset(name: "script", purpose: .awake)
    preset.title = "A script"
    preset.mix.layers = [preset.purpose.bed]
    preset.mix.layers[0].levelDB = -12
    preset.mix.master.startleLU = 9
    return preset
  }

  /// The keys of a preset that hold a single value.
  static let parameters: [Parameter<Preset>] = [
    .text("title", \.title, limit: 200, "in lists and in a sound file's tags"),
    .text("about", \.about, limit: 2000, "one sentence that describes the sound"),
    .choice("for", \.purpose, "sleep is quieter than awake, and never startles"),
    .number("duration", \.mix.durationSeconds, 1...604_800, .seconds, "the length of the track"),
    .whole("seed", \.mix.seed, 0...UInt64.max, "of all random choices"),
    .choice("arc", \.mix.arc, "wind-down fades the triggers out within 45 minutes"),
    .number(
      "wake", \.mix.wakeSeconds, 60...7200, .seconds, none: "none",
      "the length of the gradual return of the triggers before the end"),
    .number(
      "timer", \.timerSeconds, 60...86_400, .seconds, none: "none",
      "live playing stops after this time; 1h30m for sleep"),
    .choice("output", \.mix.output, "what the track is played through"),
    .choice("room", \.mix.room, "the reverberant room around the listener"),
  ]
}

extension LayerSettings {
  /// The keys of every layer, beside its trigger's own.
  public static let parameters: [Parameter<LayerSettings>] = [
    .choice(
      "role", \.role, "bed: always on, the reference of the startle guard; trigger: everything else"),
    .number("level", \.levelDB, -80...24, .decibels, "all triggers are about equally loud at 0 dB"),
    .text(
      "place", \.placeWords, limit: 200, fault: PlaceSpec.fault(of:),
      "direction, distance and motion: left ear, -30° 15cm, orbit 30s"),
    .whole("seed", \.seed, 0...UInt64.max, "of the layer's random choices; 0 for the preset's seed"),
  ]

  /// The place in words, as `PlaceSpec` parses them.
  private var placeWords: String {
    get { place.map(PlaceSpec.written) ?? "" }
    set { place = try? PlaceSpec.parse(newValue) }
  }
}

extension OutputDevice: Choice {}
extension RoomSize: Choice {}
extension Arc: Choice {}

extension LayerRotation {
  /// The keys of `program`.
  public static let parameters: [Parameter<LayerRotation>] = [
    .whole("at-once", \.atOnce, 1...8, "the number of layers that sound at once, beside the bed"),
    .number("shortest", \.shortestSeconds, 30...7200, .seconds, "the shortest turn"),
    .number("longest", \.longestSeconds, 30...7200, .seconds, "the longest turn"),
    .number("cross-fade", \.crossfadeSeconds, 1...120, .seconds, "the length of a layer's fades"),
  ]
}

extension Master {
  /// The keys of `master`.
  public static let parameters: [Parameter<Master>] = [
    .number(
      "loudness", \.loudnessLUFS, -50...(-14), .loudness, none: "as mixed",
      "integrated loudness of the track (EBU R 128)"),
    .number("gain", \.gainDB, -60...24, .decibels, "added to every layer"),
    .number("ceiling", \.ceilingDB, -24...0, .decibels, "the highest true peak"),
    .number(
      "startle", \.startleLU, 2...20, .loudnessUnits, none: "none",
      "the highest rise of the triggers over the bed; 6 LU for sleep"),
    .number("fade-in", \.fadeInSeconds, 0...3600, .seconds, "the length of the fade-in"),
    .number("fade-out", \.fadeOutSeconds, 0...3600, .seconds, "the length of the fade-out"),
  ]
}
