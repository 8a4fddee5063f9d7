import Testing
import TingleLive
import TingleSupport

@Suite("Live commands")
struct LiveCommandTests {
  /// A command line and the command that it means.
  typealias Valid = (line: String, command: LiveCommand)

  @Test(
    "each command of the table is parsed with its arguments",
    arguments: [
      ("level whisper -6dB", .edit(.level("whisper", .absolute(-6)))),
      ("mute tap on", .edit(.mute("tap", true))), ("mute tap off", .edit(.mute("tap", false))),
      ("mute tap", .edit(.mute("tap", nil))), ("solo tap on", .edit(.solo("tap", true))),
      ("solo tap off", .edit(.solo("tap", false))), ("solo tap", .edit(.solo("tap", nil))),
      ("set tap pace 2/s", .edit(.set("tap", "pace", "2/s"))),
      ("set whisper voice low", .edit(.set("whisper", "voice", "low"))),
      ("place tap orbit 30cm 20s", .edit(.set("tap", "place", "orbit 30cm 20s"))),
      ("pace tap 30 /min", .edit(.set("tap", "pace", "30 /min"))),
      ("text someone Good night. Sleep well.", .edit(.set("someone", "text", "Good night. Sleep well."))),
      ("material crinkle foil", .edit(.set("crinkle", "material", "foil"))),
      ("surface tap tin", .edit(.set("tap", "surface", "tin"))),
      ("add tap:surface=tin,level=-9dB", .edit(.add("tap:surface=tin,level=-9dB"))),
      ("remove tap", .edit(.remove("tap"))), ("master -3dB", .edit(.master(.absolute(-3)))),
      ("seed 0", .edit(.seed(0))), ("seed \(UInt64.max)", .edit(.seed(.max))),
      ("jump 3:12:00", .edit(.jump(11520))), ("jump 0s", .edit(.jump(0))),
      ("jump 1h 30m", .edit(.jump(5400))),
      ("skip 2m", .edit(.skip(120))), ("skip -1:00", .edit(.skip(-60))),
      ("sleep 1s", .edit(.sleep(1))), ("sleep 168h", .edit(.sleep(604_800))),
      ("sleep off", .edit(.sleep(nil))),
      ("pause", .edit(.pause)), ("resume", .edit(.resume)), ("toggle", .edit(.toggle)), ("next", .next),
      ("previous", .previous), ("load sleep", .load("sleep")), ("save evening", .save("evening")),
      ("undo", .undo), ("learn level tap", .learn("level tap")), ("learn master", .learn("master")),
      ("learn mute tap", .learn("mute tap")), ("status", .status(asJSON: false)),
      ("status --json", .status(asJSON: true)), ("help", .help), ("  stop  ", .stop),
    ] as [Valid])
  func parsing(line: String, command: LiveCommand) throws {
    #expect(try LiveCommand(line) == command)
  }

  @Test(
    "levels are absolute or relative, with any minus sign, in one word or several",
    arguments: [
      ("level tap -80dB", .edit(.level("tap", .absolute(-80)))),
      ("level tap 24 dB", .edit(.level("tap", .absolute(24)))),
      ("level tap \u{2212}6.5 dB", .edit(.level("tap", .absolute(-6.5)))),
      ("level \"my tap\" += 1.5 dB", .edit(.level("my tap", .relative(1.5)))),
      ("level tap +=100dB", .edit(.level("tap", .relative(100)))),
      ("level tap -= 100 dB", .edit(.level("tap", .relative(-100)))),
      ("level tap \u{2212}=3dB", .edit(.level("tap", .relative(-3)))),
      ("master -60dB", .edit(.master(.absolute(-60)))), ("master 24dB", .edit(.master(.absolute(24)))),
      ("master += 2 dB", .edit(.master(.relative(2)))), ("master -=2dB", .edit(.master(.relative(-2)))),
    ] as [Valid])
  func levels(line: String, command: LiveCommand) throws {
    #expect(try LiveCommand(line) == command)
  }

  @Test(
    "double quotes group words; 'add' and 'learn' keep quotes that do not enclose the whole argument",
    arguments: [
      (#"remove "my tap""#, .edit(.remove("my tap"))), (#"solo "my tap" off"#, .edit(.solo("my tap", false))),
      (#"load "my nights/first.yaml""#, .load("my nights/first.yaml")),
      (#"set "my tap" gesture roll"#, .edit(.set("my tap", "gesture", "roll"))),
      (#"set whisper text "good  night""#, .edit(.set("whisper", "text", "good  night"))),
      (#"text whisper "say \"hush\" and \\""#, .edit(.set("whisper", "text", #"say "hush" and \"#))),
      (#"add "tap:place=left ear""#, .edit(.add("tap:place=left ear"))),
      (#"add whisper:text="hush, you""#, .edit(.add(#"whisper:text="hush, you""#))),
      (#"add   tap:name="a b",place="left ear"  "#, .edit(.add(#"tap:name="a b",place="left ear""#))),
      (#"add "tap:name=a",place="left ear""#, .edit(.add(#""tap:name=a",place="left ear""#))),
      (#"learn level "my tap""#, .learn(#"level "my tap""#)), ("learn  pace tap ", .learn("pace tap")),
    ] as [Valid])
  func quotes(line: String, command: LiveCommand) throws {
    #expect(try LiveCommand(line) == command)
  }

  @Test("'seed random' gives different seeds in 1 ... 999,999,999")
  func randomSeeds() throws {
    let seeds = try (0..<8).map { _ in
      guard case .edit(.seed(let seed)) = try LiveCommand("seed random") else { return UInt64(0) }
      return seed
    }
    #expect(seeds.allSatisfy { (1...999_999_999).contains($0) } && Set(seeds).count == 8)
  }

  @Test(
    "every example of the table is a valid command line", arguments: LiveCommand.Definition.all.map(\.example)
  )
  func examples(line: String) throws {
    _ = try LiveCommand(line)
  }

  @Test(
    "every command is listed in the help with its usage", arguments: LiveCommand.Definition.all.map(\.name))
  func summary(name: String) throws {
    let definition = try #require(LiveCommand.Definition.named(name))
    let lines = LiveCommand.Definition.summary.split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\(definition.usage) ") })
    #expect(line.hasSuffix(" \(definition.help)") && line.count <= 78)
  }

  @Test("names of commands are unique")
  func names() {
    #expect(Set(LiveCommand.Definition.names).count == LiveCommand.Definition.names.count)
  }

  @Test(
    "every command without all of its arguments is an error with the usage",
    arguments: LiveCommand.Definition.all.filter { $0.arguments.contains { !$0.isOptional } }.map(\.name))
  func missingArguments(name: String) throws {
    let definition = try #require(LiveCommand.Definition.named(name))
    let error = #expect(throws: UserError.self) { try LiveCommand(name) }
    #expect(error?.exitStatus == 64)
    #expect(
      error?.description
        == "\(name): missing argument; usage: \(definition.usage), for example '\(definition.example)'")
  }

  @Test(
    "every command without arguments rejects one",
    arguments: LiveCommand.Definition.all.filter(\.arguments.isEmpty).map(\.name))
  func unexpectedArguments(name: String) {
    let error = #expect(throws: UserError.self) { try LiveCommand("\(name) now") }
    #expect(error?.description == "\(name): unexpected argument; usage: \(name)")
  }

  @Test(
    "invalid lines are errors that name the fault and a valid form",
    arguments: [
      ("", "the command line is empty; 'help' lists the commands"),
      ("   ", "the command line is empty; 'help' lists the commands"),
      ("levle tap 3dB", "unknown command 'levle'; did you mean 'level'?"),
      ("surfce tap tin", "unknown command 'surfce'; did you mean 'surface'?"),
      ("Level tap -6dB", "unknown command 'Level'; did you mean 'level'?"),
      (#"level "my tap -6dB"#, #"missing closing double quote; within quotes, write a quote as \""#),
      ("level tap", "level: missing argument; usage: level LAYER LEVEL, for example 'level tap -6dB'"),
      ("level tap 300dB", "'300dB' is out of range; levels are -80 dB to 24 dB"),
      ("level tap 24.1dB", "'24.1dB' is out of range; levels are -80 dB to 24 dB"),
      ("level tap -80.1 dB", "'-80.1dB' is out of range; levels are -80 dB to 24 dB"),
      ("level tap +=101dB", "'101dB' is out of range; a level changes by at most 100 dB"),
      ("level tap -6", "'-6' has no unit; write '-6 dB'"),
      ("level tap quiet", "'quiet' is not a number; write it like '-12 dB'"),
      ("master -61dB", "'-61dB' is out of range; levels are -60 dB to 24 dB"),
      ("mute tap maybe", "'maybe' is neither on nor off"),
      ("solo a on b", "solo: too many arguments; usage: solo LAYER [on|off], for example 'solo tap on'"),
      ("set tap pace", "set: missing argument; usage: set LAYER KEY VALUE, for example 'set tap pace 2/s'"),
      ("pace tap", "pace: missing argument; usage: pace LAYER VALUE, for example 'pace tap 2/s'"),
      ("remove my tap", "remove: too many arguments; usage: remove LAYER, for example 'remove tap'"),
      ("seed x", "seed: 'x' is neither a whole number nor 'random'"),
      ("seed -1", "seed: '-1' is neither a whole number nor 'random'"),
      ("seed 18446744073709551616", "seed: '18446744073709551616' is neither a whole number nor 'random'"),
      ("jump -5s", "jump: '-5s' is before the start of the track"),
      ("jump 90", "'90' has no unit; write '90s'"),
      ("skip -90", "'90' has no unit; write '90s'"),
      ("sleep 0s", "sleep: '0s' is out of range; give a time from 1s to 168h (7 days), or off"),
      ("sleep 0.9s", "sleep: '0.9s' is out of range; give a time from 1s to 168h (7 days), or off"),
      ("sleep 169h", "sleep: '169h' is out of range; give a time from 1s to 168h (7 days), or off"),
      ("load two presets", "load: too many arguments; usage: load PRESET, for example 'load unwind'"),
      ("save two names", "save: too many arguments; usage: save NAME, for example 'save evening'"),
      ("status --xml", "status: unknown option '--xml'; the only option is --json"),
      (
        "status --json now",
        "status: too many arguments; usage: status [--json], for example 'status --json'"
      ),
    ])
  func invalid(line: String, message: String) {
    let error = #expect(throws: UserError.self) { try LiveCommand(line) }
    #expect(error?.description == message)
  }

  @Test("quoting a word and parsing it gives the word", arguments: ["", "tap", "my tap", #"a "b" \c"#, "\t"])
  func quoting(word: String) throws {
    #expect(try LiveCommand("remove \(LiveCommand.quoted(word))") == .edit(.remove(word)))
  }
}
