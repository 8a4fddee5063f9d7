import TingleDSP
import TinglePresets

/// What a listener can ask of what is playing: from the desk, from another process, from a knob.
public enum Command: Equatable, Sendable {
  /// A layer's level in decibels; `by` adds to it.
  case level(String, Double, by: Bool)
  /// A layer's parameter, as presets write it.
  case set(String, String, String)
  /// Slows a layer down or speeds it up by a factor; or gives it a share, 0 ... 1, of all the pace there can be.
  case quicken(String, by: Double)
  case pace(String, share: Double)
  /// Moves a still layer round the head, in degrees to the right.
  case turn(String, by: Double)
  /// Silences a layer or all others; nil turns it round.
  case mute(String, Bool?)
  case solo(String, Bool?)
  /// Another layer, as `--layer` writes it; or one less.
  case add(String)
  case remove(String)
  /// The whole's level in decibels; `by` adds to it.
  case master(Double, by: Bool)
  case seed(UInt64)
  /// To a time of the track, or by so much.
  case jump(Double)
  case skip(Double)
  /// Fades out and ends after so long; nil calls that off.
  case sleep(Double?)
  case pause, resume, toggle
  /// Other presets of the shelf.
  case next, previous
  case load(String)
  /// Writes what is playing to the listener's own folder.
  case save(String)
  case undo
  /// Gives the next knob that is turned, or pad that is struck, this to do.
  case learn(String)
  case status(asJSON: Bool)
  case help
  case stop

  /// Why a line is no command, as a sentence.
  public struct ParseError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// The commands in a line each.
  public static let summary = """
    level LAYER -6dB        a layer's level; +=1dB and -=1dB change it
    mute LAYER [on|off]     silence it; without on or off, the other way round
    solo LAYER [on|off]     silence all others but the bed
    set LAYER KEY VALUE     any parameter, as in a preset: set tap pace 2/s
    add TRIGGER:KEY=VALUE   one more layer, as --layer takes it
    remove LAYER
    master -3dB             the whole; += and -= as well
    seed 7                  another chance; 'random' for any
    jump 3:12:00            to a time of the track
    skip 30s                forward, or back: skip -30s
    sleep 30m               fade out and end then; 'sleep off' calls it off
    pause, resume, toggle
    next, previous          another preset of the shelf
    load PRESET
    save NAME               what is playing, as a preset in your folder
    undo
    learn level LAYER       what the next MIDI knob does; or pace LAYER, master
    learn mute LAYER        what the next pad does: any command
    status [--json]
    stop                    fade out and end
    """

  /// Reads a line.
  /// - Throws: `ParseError`.
  public init(_ line: String) throws(ParseError) {
    let words = try Self.words(line)
    guard let verb = words.first else { throw ParseError("there is no command in this line; try 'help'") }
    let rest = Array(words.dropFirst())
    func one(_ what: String) throws(ParseError) -> String {
      guard rest.count == 1 else { throw ParseError("\(verb) takes \(what), and nothing else") }
      return rest[0]
    }
    func some(_ what: String) throws(ParseError) -> String {
      guard !rest.isEmpty else { throw ParseError("\(verb) takes \(what)") }
      return rest.joined(separator: " ")
    }
    func none() throws(ParseError) {
      guard rest.isEmpty else { throw ParseError("\(verb) takes nothing else") }
    }
    switch verb {
    case "level":
      guard rest.count >= 2 else { throw ParseError("level takes a layer and a level: level tap -6dB") }
      let (value, by) = try Self.decibels(rest.dropFirst().joined(), -80...24)
      self = .level(rest[0], value, by: by)
    case "master":
      let (value, by) = try Self.decibels(
        some("a level: master -3dB").replacing(" ", with: ""), -60...24)
      self = .master(value, by: by)
    case "mute", "solo":
      guard (1...2).contains(rest.count) else { throw ParseError("\(verb) takes a layer, and on or off") }
      let way = rest.count == 2 ? try Self.switched(rest[1]) : nil
      self = verb == "mute" ? .mute(rest[0], way) : .solo(rest[0], way)
    case "set", "place", "pace", "text", "material", "surface":
      // The parameters that are asked for most are verbs too.
      let (layer, key, value) =
        verb == "set"
        ? (rest.first, rest.dropFirst().first, rest.dropFirst(2)) : (rest.first, verb, rest.dropFirst(1))
      guard let layer, let key, !value.isEmpty else {
        throw ParseError(
          "\(verb) takes a layer\(verb == "set" ? ", a key" : "") and a value: set tap pace 2/s")
      }
      self = .set(layer, key, value.joined(separator: " "))
    case "add":
      _ = try some("a layer as --layer takes it")
      self = .add(try Self.remainder(of: line))
    case "remove": self = .remove(try one("a layer"))
    case "seed":
      let word = try one("a whole number, or 'random'")
      guard let seed = word == "random" ? UInt64.random(in: 1...999_999_999) : UInt64(word) else {
        throw ParseError("seed: '\(word)' is not a whole number; or say 'random'")
      }
      self = .seed(seed)
    case "jump":
      let seconds = try Self.seconds(some("a time of the track: jump 1:30:00"))
      guard seconds >= 0 else { throw ParseError("jump: the track begins at 0s") }
      self = .jump(seconds)
    case "skip": self = .skip(try Self.seconds(some("a time: skip 30s, skip -30s")))
    case "sleep":
      if rest == ["off"] {
        self = .sleep(nil)
      } else {
        let seconds = try Self.seconds(some("a time, or off: sleep 30m"))
        guard 1...604_800 ~= seconds else { throw ParseError("sleep goes from 1s to 7 days (168h), or off") }
        self = .sleep(seconds)
      }
    case "load": self = .load(try one("a preset"))
    case "save": self = .save(try one("a name"))
    case "learn":
      guard !rest.isEmpty else {
        throw ParseError("learn takes what a knob or a pad is to do: learn level tap")
      }
      self = .learn(try Self.remainder(of: line))
    case "status":
      guard rest.isEmpty || rest == ["--json"] else { throw ParseError("status takes --json, or nothing") }
      self = .status(asJSON: !rest.isEmpty)
    case "pause", "resume", "toggle", "next", "previous", "undo", "help", "stop":
      try none()
      self = Self.plain[verb]!
    default: throw ParseError("there is no command '\(verb)'\(Spelling.hint(for: verb, among: Self.verbs))")
    }
  }

  private static let plain: [String: Command] = [
    "pause": .pause, "resume": .resume, "toggle": .toggle, "next": .next, "previous": .previous,
    "undo": .undo,
    "help": .help, "stop": .stop,
  ]
  /// What a line can begin with.
  public static let verbs =
    verbsOfLayers + ["master", "add", "seed", "jump", "skip", "sleep", "load", "save", "learn", "status"]
    + plain.keys.sorted()
  /// Those that are followed by a layer's name.
  public static let verbsOfLayers = [
    "level", "mute", "solo", "set", "place", "pace", "text", "material", "surface", "remove",
  ]

  private static func decibels(_ text: String, _ range: ClosedRange<Double>) throws(ParseError) -> (
    Double, Bool
  ) {
    var text = text.replacing("\u{2212}", with: "-")
    let sign = text.hasPrefix("+=") ? 1.0 : text.hasPrefix("-=") ? -1 : 0
    if sign != 0 { text.removeFirst(2) }
    do {
      let value = try Quantity.parse(text, as: .decibels)
      guard sign != 0 ? abs(value) <= 100 : range.contains(value) else {
        throw ParseError(
          "\(text) is out of range; levels go from \(Int(range.lowerBound)) dB to \(Int(range.upperBound)) dB"
        )
      }
      return (sign == 0 ? value : sign * value, sign != 0)
    } catch let error as Quantity.ParseError {
      throw ParseError("'\(text)' \(error.reason)")
    } catch let error as ParseError {
      throw error
    } catch {
      throw ParseError("\(error)")
    }
  }

  private static func seconds(_ text: String) throws(ParseError) -> Double {
    let isBack = text.hasPrefix("-")
    do {
      let value = try Quantity.parse(isBack ? String(text.dropFirst()) : text, as: .seconds)
      return isBack ? -value : value
    } catch {
      throw ParseError("'\(text)' \(error.reason)")
    }
  }

  private static func switched(_ word: String) throws(ParseError) -> Bool {
    switch word {
    case "on": true
    case "off": false
    default: throw ParseError("'\(word)' is neither on nor off")
    }
  }
}
