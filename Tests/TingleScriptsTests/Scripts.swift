import Testing
import TingleMix
import TinglePresets
import TingleScripts

/// Presets with scripts, for tests.
enum Scripts {
  /// A preset with a script; the script starts after a fade-in of two seconds.
  static func preset(_ text: String, seed: UInt64 = 1) throws -> Preset {
    var preset = Preset.forScript()
    preset.mix.seed = seed
    try preset.setScript(text, from: ScriptOrigin(file: "test.script"))
    return preset
  }

  static func timetable(_ text: String, seed: UInt64 = 1) throws -> Timetable {
    try #require(try preset(text, seed: seed).script).timetable
  }

  /// The entries as `start length text`, rounded to milliseconds.
  static func entries(_ text: String, seed: UInt64 = 1) throws -> [String] {
    try timetable(text, seed: seed).entries.map { entry in
      "\(rounded(entry.startSeconds)) \(rounded(entry.seconds)) \(entry.description)"
    }
  }

  static func rounded(_ seconds: Double) -> Double { (1000 * seconds).rounded() / 1000 }

  /// A script with every direction.
  static let everything = """
    # A small script
    // This line is a comment.
    Hello. Sit down, and make yourself comfortable.
    [pause 3s]

    [left ear]
    I will start on this side.
    [brush hair at 150° 20cm while:
      Just a few slow strokes.
      [slowly to the right ear over 6s]
      And now the other side.
      [repeat 2 times: [either: Good. | That is nice. | Mm hm. [tap glass for 4s]] [pause 2s] ]
    ]
    # The end
    [softer] [slower] [closer]
    Almost done.
    [scissors hair at the right ear for 5s]
    [louder] [faster] [further away]
    [breathe with me 2 times]
    [shh]
    Good night.
    """
}
