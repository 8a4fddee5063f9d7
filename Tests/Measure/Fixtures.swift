import TingleDSP
import TingleMix

/// Mixes for tests.
public enum Fixtures {
  /// All triggers at their default settings, with every kind of motion, loud enough for the limiter to act.
  public static func everything(seconds: Double, seed: UInt64 = 7) -> Mix {
    var layers: [LayerSettings] = []
    let point = SourcePosition.Point(azimuthDegrees: -50, elevationDegrees: 20, distanceMetres: 0.1)
    let path = SourcePosition.Path([
      .init(seconds: 0, position: point), .init(seconds: 3, position: .init()),
    ])
    let positions: [SourcePosition?] = [
      SourcePosition(.init(distanceMetres: 0.1), motion: .orbit, periodSeconds: 8), SourcePosition(point),
      nil,
      SourcePosition(motion: .earToEar, periodSeconds: 6),
      SourcePosition(motion: .path(path), periodSeconds: 7),
      SourcePosition(motion: .passBy, periodSeconds: 9),
    ]
    for (k, type) in Catalogue.triggers.enumerated() {
      layers.append(
        LayerSettings(
          name: type.name, trigger: type.init(), levelDB: 6, place: positions[k % positions.count]))
    }
    var words = Whisper()
    // Built at run time: Swift does not count references to string literals, so a test would miss them.
    words.phonemes = ["K L OW1 Z - Y ER - AY1 Z , - AX N D - B R IY1 DH", "G UH1 D - N AY1 T", ""].joined(
      separator: " . ")
    words.text = [words.phonemes, words.phonemes].joined()
    layers.append(
      LayerSettings(name: "words", trigger: words, levelDB: 6, place: SourcePosition(motion: .wander)))
    var mix = Mix(layers: layers, seed: seed, durationSeconds: seconds)
    mix.room = .bedroom
    mix.master.fadeInSeconds = 1
    mix.master.fadeOutSeconds = 2
    mix.master.ceilingDB = -12
    mix.master.startleLU = 12
    return mix
  }

  /// Beds with events, which the startle guard measures against their own background, under loud triggers.
  public static func bedsWithEvents(seconds: Double) -> Mix {
    var rain = Rain()
    (rain.diffuseDB, rain.intensityDB) = (-14, 12)
    var mix = Mix(
      layers: [
        LayerSettings(name: "bed", trigger: rain, role: .bed),
        LayerSettings(name: "room", trigger: RoomTone(), role: .bed, levelDB: -6),
        LayerSettings(name: "tap", trigger: Tap(), levelDB: 12, place: SourcePosition(motion: .earToEar)),
      ], seed: 3, durationSeconds: seconds)
    mix.output = .speakers
    mix.master.startleLU = 6
    return mix
  }
}
