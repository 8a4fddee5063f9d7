import TingleDSP
import TingleMix
import TingleSupport

/// A named mix with a title and a sentence about it.
public struct Preset: Sendable {
  /// What it is called: its file's name without the ending.
  public var name: String
  /// For people and for a file's tags.
  public var title = ""
  /// What one hears, in a sentence.
  public var about = ""
  /// Words by which it is found.
  public var tags: [String] = []
  /// What it is for.
  public var purpose = Purpose.awake {
    didSet {
      (mix.master.loudnessLUFS, mix.master.ceilingDB) = (purpose.loudnessLUFS, purpose.ceilingDB)
      (mix.master.fadeInSeconds, mix.master.fadeOutSeconds) = purpose == .sleep ? (10, 60) : (2, 10)
      mix.master.startleLU = purpose == .sleep ? 6 : nil
      timerSeconds = purpose == .sleep ? 5400 : nil
    }
  }
  /// After how long playing stops by itself, or nil for the track's end.
  public var timerSeconds: Double?
  /// What sounds.
  public var mix = Mix(layers: [])

  init(name: String) { self.name = name }

  /// What is said where no other preset can be found.
  public static func missing(_ name: String) -> UserError {
    UserError(.data, "there is no preset '\(name)'")
  }

  /// An empty preset for a mix that is built on the command line.
  public static func onTheSpot() -> Preset {
    var preset = Preset(name: "on the spot")
    preset.title = "A mix on the spot"
    return preset
  }

  /// The keys of a preset that hold a single value.
  static let parameters: [Parameter<Preset>] = [
    .text("title", \.title, limit: 200, "for people, and for a file's tags"),
    .text("about", \.about, limit: 2000, "what one hears, in a sentence"),
    .choice("for", \.purpose, "sleep is quieter than awake"),
    .number("duration", \.mix.durationSeconds, 1...604_800, .seconds, "the length of the track"),
    .whole("seed", \.mix.seed, 0...UInt64.max, "where all chance comes from"),
    .choice("arc", \.mix.arc, "how it changes: wind-down lets the triggers go within 45 minutes"),
    .number(
      "wake", \.mix.wakeSeconds, 60...7200, .seconds, none: "none",
      "how long before its end the track wakes its listener, slowly"),
    .number(
      "timer", \.timerSeconds, 60...86_400, .seconds, none: "none",
      "when playing stops by itself; for sleep, after 90 minutes"),
    .choice("output", \.mix.output, "what it is heard through"),
    .choice("room", \.mix.room, "the room round the listener"),
  ]
}

extension LayerSettings {
  /// The keys that every layer has, beside its trigger's own.
  public static let parameters: [Parameter<LayerSettings>] = [
    .choice(
      "role", \.role, "bed: always on, and what triggers are measured against; trigger: everything else"),
    .number("level", \.levelDB, -80...24, .decibels, "every trigger is about equally loud at 0 dB"),
    .text(
      "place", \.placeWords, limit: 200, refusal: PlaceSpec.refusal,
      "where it is, how far away, how it moves: left ear, -30° 15cm, orbit 30s"),
    .whole("seed", \.seed, 0...UInt64.max, "another seed than the mix's; 0 is the mix's own"),
  ]
}

extension LayerSettings {
  /// The place in words, as `PlaceSpec` reads them.
  fileprivate var placeWords: String {
    get { place.map(PlaceSpec.written) ?? "" }
    set { place = try? PlaceSpec.parse(newValue) }
  }
}

extension OutputDevice: Choice {}
extension RoomSize: Choice {}
extension Arc: Choice {}

/// What a preset is for; its master follows.
public enum Purpose: String, Choice {
  case sleep, awake

  /// The integrated loudness of the whole.
  var loudnessLUFS: Double { self == .sleep ? -30 : -26 }
  /// What lies under a preset that names no bed: something to sleep in, or what keeps silence from being dead.
  var bed: LayerSettings {
    var noise = Noise()
    noise.slopeDBPerOctave = -6
    return LayerSettings(name: "bed", trigger: noise, role: .bed, levelDB: self == .sleep ? -10 : -36)
  }
  /// The highest true peak.
  var ceilingDB: Double { self == .sleep ? -3 : -1 }
}

extension LayerRotation {
  /// The keys under `program`.
  public static let parameters: [Parameter<LayerRotation>] = [
    .whole("at-once", \.atOnce, 1...8, "how many layers sound at once, beside the bed"),
    .number("shortest", \.shortestSeconds, 30...7200, .seconds, "the shortest turn"),
    .number("longest", \.longestSeconds, 30...7200, .seconds, "the longest turn"),
    .number("cross-fade", \.crossfadeSeconds, 1...120, .seconds, "how long a layer takes to come or to go"),
  ]
}

extension Master {
  /// The keys under `master`.
  public static let parameters: [Parameter<Master>] = [
    .number(
      "loudness", \.loudnessLUFS, -50...(-14), .loudness, none: "as mixed",
      "of the whole, integrated (EBU R 128)"),
    .number("gain", \.gainDB, -60...24, .decibels, "added to every layer"),
    .number("ceiling", \.ceilingDB, -24...0, .decibels, "no true peak goes higher"),
    .number(
      "startle", \.startleLU, 2...20, .loudnessUnits, none: "none",
      "how far triggers can rise over the bed; 6 LU for sleep"),
    .number("fade-in", \.fadeInSeconds, 0...3600, .seconds, "how long the track takes to come"),
    .number("fade-out", \.fadeOutSeconds, 0...3600, .seconds, "how long it takes to go"),
  ]
}
