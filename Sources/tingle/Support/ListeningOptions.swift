import ArgumentParser
import Foundation
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

/// What is heard through, and where: what every command that plays or renders has.
struct ListeningOptions: ParsableArguments {
  @Flag(help: "Plain stereo for loudspeakers, instead of sound round a head for headphones.")
  var speakers = false

  @Option(
    help: ArgumentHelp(
      "Your own head: a SOFA file of head-related impulse responses. (default: KEMAR's, from libmysofa)",
      valueName: "file"), completion: .file(extensions: ["sofa"]))
  var hrtf: String?

  @Option(
    help: ArgumentHelp(
      "The room: none, booth, bedroom, bathroom, hall. (default: the preset's)", valueName: "room"),
    completion: Choices.rooms)
  var room: String?

  func validate() throws {
    guard !speakers || hrtf == nil else {
      throw ValidationError("--hrtf is for headphones; leave --speakers or --hrtf out.")
    }
    if let room, !Choices.roomNames.contains(room) {
      throw ValidationError(
        "--room: '\(room)' is not known\(Spelling.hint(for: room, among: Choices.roomNames))")
    }
  }

  /// Changes a mix to how it is to be heard, and brings it to its loudness there; the latter takes a moment, so what can be
  /// refused is refused before.
  /// - Parameters:
  ///   - channels: 1 for one loudspeaker, where a head would only take something away.
  ///   - jobs: threads that listen; all cores if nil.
  func apply(to mix: inout Mix, channels: Int = 2, jobs: Int? = nil, quiet: Bool) throws {
    settle(&mix, channels: channels)
    if mix.output == .headphones {
      mix.head = try hrtf.map(SOFAFile.read) ?? SOFAFile.standard()
      if mix.head == nil, !quiet { Self.tellOfSphere() }
    }
    mix = LoudnessTarget.levelled(
      mix, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Changes a mix to what is heard through, and where.
  func settle(_ mix: inout Mix, channels: Int) {
    if speakers || channels == 1 { mix.output = .speakers }
    mix.isMono = channels == 1
    if let room { mix.room = RoomSize(rawValue: room) }
  }

  /// Says that nobody's head was found.
  static func tellOfSphere() {
    Terminal.say("tingle: libmysofa's measured head is not installed; a plain sphere stands for it")
  }

  /// The words that make it again.
  var recipe: [String] {
    var words: [String] = []
    if speakers { words.append("--speakers") }
    if let hrtf { words += ["--hrtf", hrtf] }
    if let room { words += ["--room", room] }
    return words
  }
}
