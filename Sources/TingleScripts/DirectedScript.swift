import TingleDSP
import TingleMix
import TingleSupport

/// A script with its timetable, and the timetables of the layers that it directs.
public struct DirectedScript: Sendable {
  public internal(set) var timetable = Timetable()
  /// The timetable of the voice with its lines; nil for a script without a voice.
  package internal(set) var voice: LayerTimetable?
  /// The timetables of the script's actions.
  package internal(set) var actions: [LayerTimetable] = []

  /// A script without parts.
  init() {}

  /// Computes the timetable.
  /// - Parameters:
  ///   - script: the script.
  ///   - origin: where the script is, for messages.
  ///   - voice: the layer that whispers: its trigger, place and seed.
  ///   - seed: the seed of the mix. It draws the alternatives and varies the pauses.
  ///   - startSeconds: the time in the mix at which the script starts.
  /// - Throws: `UserError` (data) for a script that is too long with its repetitions.
  public init(
    _ script: Script, from origin: ScriptOrigin, voice: LayerSettings, seed: UInt64, startSeconds: Double
  ) throws {
    var director = try ScriptDirector(
      script, origin, voice: voice, seed: seed, startSeconds: startSeconds)
    try director.run(script.items, depth: 0)
    self = director.result()
  }
}
