import TingleDSP
import TinglePresets
import TingleSupport

extension LiveCommand.Definition {
  /// Every live command, in the order in which help lists them.
  public static let all: [Self] =
    [level, mute, solo, set] + shorthands
    + [
      add, remove, master, seed, jump, skip, sleep, pause, resume, toggle, next, previous, again, load, save,
      undo, learn, status, help, stop,
    ]

  /// The names of all commands.
  public static let names = all.map(\.name)

  /// The definition of the command with this name.
  public static func named(_ name: String) -> Self? { all.first { $0.name == name } }

  public static let level = Self(
    "level", [.layer, .level], example: "level tap -6dB",
    help: "set a layer's level, or change it: +=1dB, -=1dB", keyHelp: "level",
    controllerEdit: { .level($0[0], .absolute(controllerDB($1))) },
    make: { .edit(.level($0[0], try parseLevel($0[1], -80...24))) })

  public static let mute = Self(
    "mute", [.layer, .onOff], example: "mute tap on",
    help: "mute or unmute a layer; toggle without on or off",
    keyHelp: "mute", make: { .edit(.mute($0[0], try parseState($0.dropFirst().first))) })

  public static let solo = Self(
    "solo", [.layer, .onOff], example: "solo tap on", help: "solo a layer; all others but the bed are silent",
    keyHelp: "solo", make: { .edit(.solo($0[0], try parseState($0.dropFirst().first))) })

  public static let set = Self(
    "set", [.layer, .key, .value(of: nil)], example: "set tap pace 2/s",
    help: "set a parameter as in a preset: set tap pace 2/s", keyHelp: "set a parameter",
    make: { .edit(.set($0[0], $0[1], $0[2])) })

  /// The parameters that are set most often are commands too.
  private static let shorthands = [place, pace, text, material, surface]

  public static let place = shorthand("place", example: "place tap left ear", keyHelp: "place")
  public static let pace = shorthand(
    "pace", example: "pace tap 2/s", keyHelp: "pace",
    controllerEdit: { .pace($0[0], share: Double($1) / 127) })
  public static let text = shorthand("text", example: "text whisper good night", keyHelp: "set the text")
  public static let material = shorthand("material", example: "material crinkle foil")
  public static let surface = shorthand("surface", example: "surface tap wood")

  private static func shorthand(
    _ key: String, example: String, keyHelp: String? = nil,
    controllerEdit: (@Sendable (_ arguments: [String], _ value: Int) -> SceneEdit)? = nil
  ) -> Self {
    Self(
      key, [.layer, .value(of: key)], example: example, help: "short for: set LAYER \(key) VALUE",
      keyHelp: keyHelp, controllerEdit: controllerEdit, make: { .edit(.set($0[0], key, $0[1])) })
  }

  public static let add = Self(
    "add", [.layerSpec], example: "add tap:surface=tin", help: "add a layer, written as for --layer",
    keyHelp: "add a layer", make: { .edit(.add($0[0])) })

  public static let remove = Self(
    "remove", [.layer], example: "remove tap", help: "remove a layer", keyHelp: "remove the layer",
    make: { .edit(.remove($0[0])) })

  public static let master = Self(
    "master", [.level], example: "master -3dB", help: "set or change the master level",
    keyHelp: "master level", controllerEdit: { .master(.absolute(max(-60, controllerDB($1)))) },
    make: { .edit(.master(try parseLevel($0[0], -60...24))) })

  public static let seed = Self(
    "seed", [.seed], example: "seed 7", help: "set the seed of the random variations", keyHelp: "random seed",
    make: { .edit(.seed(try parseSeed($0[0]))) })

  public static let jump = Self(
    "jump", [.time], example: "jump 3:12:00", help: "go to a time of the track: jump 3:12:00",
    keyHelp: "jump to a time",
    make: {
      let seconds = try parseSeconds($0[0])
      guard seconds >= 0 else { throw UserError(.usage, "jump: '\($0[0])' is before the start of the track") }
      return .edit(.jump(seconds))
    })

  public static let skip = Self(
    "skip", [.time], example: "skip -30s", help: "move forward by a time, or back: skip -30s",
    keyHelp: "skip", make: { .edit(.skip(try parseSeconds($0[0]))) })

  public static let sleep = Self(
    "sleep", [.timeOrOff], example: "sleep 30m", help: "fade out and end after a time; off cancels the timer",
    keyHelp: "sleep timer",
    make: {
      guard $0[0] != "off" else { return .edit(.sleep(nil)) }
      let seconds = try parseSeconds($0[0])
      guard 1...604_800 ~= seconds else {
        throw UserError(
          .usage, "sleep: '\($0[0])' is out of range; give a time from 1s to 168h (7 days), or off")
      }
      return .edit(.sleep(seconds))
    })

  public static let pause = Self(
    "pause", [.line], help: "pause; 'line': at the end of the script's line",
    make: { try isLine($0.first, "pause") ? .pauseAfterLine : .edit(.pause) })
  public static let resume = Self("resume", help: "resume playback", make: { _ in .edit(.resume) })
  public static let toggle = Self(
    "toggle", help: "pause or resume", keyHelp: "pause or resume", make: { _ in .edit(.toggle) })

  public static let next = Self(
    "next", [.line], help: "play the next preset; 'line': the script's next line",
    keyHelp: "next preset", make: { try isLine($0.first, "next") ? .nextLine : .next })
  public static let previous = Self(
    "previous", help: "play the previous preset", keyHelp: "previous preset", make: { _ in .previous })

  public static let again = Self(
    "again", help: "whisper the script's line again", keyHelp: "the script's line again",
    make: { _ in .again })

  public static let load = Self(
    "load", [.preset], example: "load unwind", help: "play a preset from its start", make: { .load($0[0]) })

  public static let save = Self(
    "save", [.name], example: "save evening", help: "save the mix as a preset in your folder",
    keyHelp: "save as a preset", make: { .save($0[0]) })

  public static let undo = Self("undo", help: "undo the last change", keyHelp: "undo", make: { _ in .undo })

  public static let learn = Self(
    "learn", [.command], example: "learn level tap", help: "assign a command to the next MIDI knob or pad",
    make: { .learn($0[0]) })

  public static let status = Self(
    "status", [.json], example: "status --json", help: "print the status",
    make: { words in
      guard let option = words.first else { return .status(asJSON: false) }
      guard option == "--json" else {
        throw UserError(.usage, "status: unknown option '\(option)'; the only option is --json")
      }
      return .status(asJSON: true)
    })

  public static let help = Self("help", help: "list the commands", make: { _ in .help })

  public static let stop = Self(
    "stop", help: "fade out and end", keyHelp: "fade out and end", make: { _ in .stop })

  /// The usage and help of every command, a line each.
  public static let summary = all.map { definition in
    let padding = String(repeating: " ", count: max(1, 24 - definition.usage.count))
    return definition.usage + padding + definition.help
  }.joined(separator: "\n")

  // MARK: Values

  /// The level for a controller's value: silence at 0, else -60 ... 6 dB along a square root.
  private static func controllerDB(_ value: Int) -> Double {
    value == 0 ? -80 : -60 + 66 * (Double(value) / 127).squareRoot()
  }

  /// Parses `-6dB`, `+=1dB` or `-= 1 dB`, with a hyphen or a minus sign.
  private static func parseLevel(_ text: String, _ range: ClosedRange<Double>) throws -> SceneEdit.Level {
    var text = text.replacing(" ", with: "").replacing("\u{2212}", with: "-")
    let sign = text.hasPrefix("+=") ? 1.0 : text.hasPrefix("-=") ? -1 : nil
    if sign != nil { text.removeFirst(2) }
    let value = try parse(text, as: .decibels)
    if let sign {
      guard -100...100 ~= value else {
        throw UserError(.usage, "'\(text)' is out of range; a level changes by at most 100 dB")
      }
      return .relative(sign * value)
    }
    guard range.contains(value) else {
      throw UserError(
        .usage,
        "'\(text)' is out of range; levels are \(Int(range.lowerBound)) dB to \(Int(range.upperBound)) dB")
    }
    return .absolute(value)
  }

  private static func parseSeconds(_ text: String) throws -> Double {
    text.hasPrefix("-") ? -(try parse(String(text.dropFirst()), as: .seconds)) : try parse(text, as: .seconds)
  }

  private static func parse(_ text: String, as unit: ParameterUnit) throws -> Double {
    do { return try Quantity.parse(text, as: unit) } catch {
      throw UserError(.usage, "'\(text)' \(error.reason)")
    }
  }

  private static func parseState(_ word: String?) throws -> Bool? {
    switch word {
    case nil: return nil
    case "on"?: return true
    case "off"?: return false
    case let word?: throw UserError(.usage, "'\(word)' is neither on nor off")
    }
  }

  /// Whether a command is meant for the lines of a script.
  private static func isLine(_ word: String?, _ command: String) throws -> Bool {
    guard let word else { return false }
    guard word == "line" else {
      throw UserError(.usage, "\(command): unknown word '\(word)'; only 'line' can follow")
    }
    return true
  }

  private static func parseSeed(_ word: String) throws -> UInt64 {
    if word == "random" { return UInt64.random(in: 1...999_999_999) }
    guard let seed = UInt64(word) else {
      throw UserError(.usage, "seed: '\(word)' is neither a whole number nor 'random'")
    }
    return seed
  }
}
