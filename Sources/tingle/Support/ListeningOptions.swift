import ArgumentParser
import Foundation
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

/// The options for output device type, HRTF and room, of all commands that play or render.
struct ListeningOptions: ParsableArguments {
  @Flag(help: "Render stereo for loudspeakers instead of binaural sound for headphones.")
  var speakers = false

  @Option(
    help: ArgumentHelp(
      "SOFA file of the listener's HRTF. (default: the KEMAR set of libmysofa)",
      valueName: "file"), completion: .file(extensions: ["sofa"]))
  var hrtf: String?

  @Option(
    help: ArgumentHelp(
      "Room: none, booth, bedroom, bathroom, hall. (default: the preset's)", valueName: "room"),
    completion: Choices.rooms)
  var room: String?

  func validate() throws {
    guard !speakers || hrtf == nil else {
      throw ValidationError("--hrtf applies to headphones; it cannot be combined with --speakers")
    }
    if let room, !Choices.roomNames.contains(room) {
      throw ValidationError(
        "--room: unknown room '\(room)'\(Spelling.hint(for: room, among: Choices.roomNames))")
    }
  }

  /// Applies the options to a mix, loads the HRTF, and adjusts the gain to the target loudness.
  /// - Parameters:
  ///   - channels: the number of channels; 1 selects loudspeaker output, because mono needs no binaural
  ///     filter.
  ///   - jobs: the number of threads that measure loudness; nil for all cores.
  ///   - quiet: whether the note about a missing HRTF is left out.
  /// - Throws: `UserError` if the SOFA file cannot be read; it is read before the loudness is measured.
  func apply(to mix: inout Mix, channels: Int = 2, jobs: Int? = nil, quiet: Bool) throws {
    settle(&mix, channels: channels)
    if mix.output == .headphones {
      mix.head = try hrtf.map(SOFAFile.read) ?? SOFAFile.standard()
      if mix.head == nil, !quiet { Self.reportMissingHRTF() }
    }
    mix = LoudnessTarget.levelled(
      mix, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Applies the options to a mix, except for the HRTF and the loudness.
  func settle(_ mix: inout Mix, channels: Int) {
    if speakers || channels == 1 { mix.output = .speakers }
    mix.isMono = channels == 1
    if let room { mix.room = RoomSize(rawValue: room) }
  }

  /// Prints a note that no HRTF was found.
  static func reportMissingHRTF() {
    Terminal.say("tingle: the HRTF of libmysofa is not installed; using a spherical head model")
  }

  /// The arguments that reproduce these options.
  var recipe: [String] {
    var words: [String] = []
    if speakers { words.append("--speakers") }
    if let hrtf { words += ["--hrtf", hrtf] }
    if let room { words += ["--room", room] }
    return words
  }
}
