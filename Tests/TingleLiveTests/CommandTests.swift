import Testing
import TingleLive

@Suite("Commands")
struct CommandTests {
  @Test(
    "are read from a line",
    arguments: [
      ("level whisper -6dB", .level("whisper", -6, by: false)),
      ("level \"my tap\" += 1.5 dB", .level("my tap", 1.5, by: true)),
      ("level tap -=3dB", .level("tap", -3, by: true)), ("master -3dB", .master(-3, by: false)),
      ("mute tap", .mute("tap", nil)), ("mute tap off", .mute("tap", false)),
      ("solo tap on", .solo("tap", true)),
      ("set tap pace 2/s", .set("tap", "pace", "2/s")),
      ("place tap orbit 30cm 20s", .set("tap", "place", "orbit 30cm 20s")),
      ("text someone Good night. Sleep well.", .set("someone", "text", "Good night. Sleep well.")),
      ("add tap:surface=tin,level=-9dB", .add("tap:surface=tin,level=-9dB")), ("remove tap", .remove("tap")),
      ("seed 7", .seed(7)), ("jump 3:12:00", .jump(11520)), ("skip -30s", .skip(-30)),
      ("sleep 30m", .sleep(1800)),
      ("sleep off", .sleep(nil)), ("status --json", .status(asJSON: true)), ("  stop  ", .stop),
    ] as [(String, Command)])
  func reading(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "levels are read to the ends of their ranges, with any minus sign, in one word or two",
    arguments: [
      ("level tap -80dB", .level("tap", -80, by: false)), ("level tap 24 dB", .level("tap", 24, by: false)),
      ("level tap \u{2212}6.5 dB", .level("tap", -6.5, by: false)),
      ("level tap +=100dB", .level("tap", 100, by: true)),
      ("level tap -= 100 dB", .level("tap", -100, by: true)),
      ("master -60dB", .master(-60, by: false)), ("master 24dB", .master(24, by: false)),
      ("master += 2 dB", .master(2, by: true)), ("master -=2dB", .master(-2, by: true)),
    ] as [(String, Command)])
  func levels(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "a parameter is set by its own verb or by 'set', to all that follows",
    arguments: [
      ("pace tap 2/s", .set("tap", "pace", "2/s")), ("pace tap 30 /min", .set("tap", "pace", "30 /min")),
      ("material crinkle foil", .set("crinkle", "material", "foil")),
      ("surface tap tin", .set("tap", "surface", "tin")),
      ("place tap left ear", .set("tap", "place", "left ear")),
      ("set whisper voice low", .set("whisper", "voice", "low")),
      ("set whisper text \"good  night\"", .set("whisper", "text", "good  night")),
      ("set \"my tap\" gesture roll", .set("my tap", "gesture", "roll")),
    ] as [(String, Command)])
  func parameters(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "what 'add' and 'learn' take keeps its quotes, except those round all of it",
    arguments: [
      (#"add "tap:place=left ear""#, .add("tap:place=left ear")),
      (#"add whisper:text="hush, you""#, .add(#"whisper:text="hush, you""#)),
      (#"add   tap:name="a b",place="left ear"  "#, .add(#"tap:name="a b",place="left ear""#)),
      (#"add "tap:name=a",place="left ear""#, .add(#""tap:name=a",place="left ear""#)),
      (#"learn level "my tap""#, .learn(#"level "my tap""#)), ("learn mute tap", .learn("mute tap")),
      ("learn  pace tap ", .learn("pace tap")), ("learn master", .learn("master")),
    ] as [(String, Command)])
  func remainders(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "layers, presets and names are one word, or several in quotes",
    arguments: [
      ("load sleep", .load("sleep")), (#"load "my nights/first.yaml""#, .load("my nights/first.yaml")),
      ("save evening", .save("evening")), (#"remove "my tap""#, .remove("my tap")),
      (#"solo "my tap" off"#, .solo("my tap", false)), ("solo tap", .solo("tap", nil)),
      ("mute tap on", .mute("tap", true)),
    ] as [(String, Command)])
  func names(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "times are those of presets, forward and back",
    arguments: [
      ("jump 0s", .jump(0)), ("jump 1:30", .jump(90)), ("jump 1h 30m", .jump(5400)),
      ("skip 2m", .skip(120)), ("skip -1:00", .skip(-60)),
      ("sleep 1s", .sleep(1)), ("sleep 168h", .sleep(604_800)),
    ] as [(String, Command)])
  func times(line: String, command: Command) throws {
    #expect(try Command(line) == command)
  }

  @Test(
    "verbs that take nothing are a line of their own",
    arguments: [
      ("pause", .pause), ("resume", .resume), ("toggle", .toggle), ("next", .next), ("previous", .previous),
      ("undo", .undo), ("help", .help), ("stop", .stop), ("status", .status(asJSON: false)),
    ] as [(String, Command)])
  func bare(line: String, command: Command) throws {
    #expect(try Command(line) == command)
    if line != "status" {
      let error = #expect(throws: Command.ParseError.self) { try Command(line + " now") }
      #expect(error?.description == "\(line) takes nothing else")
    }
  }

  @Test("a seed is any whole number of 64 bits, or drawn by chance")
  func seeds() throws {
    #expect(try Command("seed 0") == .seed(0))
    #expect(try Command("seed \(UInt64.max)") == .seed(.max))
    let drawn = try (0..<8).map { _ in try Command("seed random") }
    for case .seed(let seed) in drawn { #expect((1...999_999_999).contains(seed)) }
    #expect(Set(drawn.map { "\($0)" }).count == 8)
  }

  @Test("every verb of the summary is a command")
  func summary() {
    let lines = Command.summary.split(separator: "\n").map { $0.prefix(22).split(separator: "  ")[0] }
    let verbs = Set(lines.flatMap { $0.split(separator: ",").compactMap { $0.split(separator: " ").first } })
    #expect(verbs.count > 20)
    for verb in verbs {
      do { _ = try Command(String(verb)) } catch {
        #expect(!error.description.hasPrefix("there is no command"), "\(verb)")
      }
    }
  }

  @Test(
    "that are none are refused in a sentence",
    arguments: [
      ("", "there is no command in this line; try 'help'"),
      ("levle tap 3dB", "there is no command 'levle'; did you mean 'level'?"),
      ("level tap", "level takes a layer and a level: level tap -6dB"),
      ("level tap 300dB", "300dB is out of range; levels go from -80 dB to 24 dB"),
      ("level tap quiet", "'quiet' is not a number; write it like '-12 dB'"),
      ("mute tap maybe", "'maybe' is neither on nor off"),
      ("jump -5s", "jump: the track begins at 0s"),
      ("sleep 0s", "sleep goes from 1s to 7 days (168h), or off"),
      ("pause now", "pause takes nothing else"),
      ("seed x", "seed: 'x' is not a whole number; or say 'random'"),
    ])
  func refusals(line: String, sentence: String) {
    #expect(throws: Command.ParseError.self) { try Command(line) }
    do { _ = try Command(line) } catch { #expect(error.description == sentence) }
  }

  @Test(
    "that lack something, have too much, or leave a range are refused in a sentence",
    arguments: [
      ("   ", "there is no command in this line; try 'help'"),
      ("pasue", "there is no command 'pasue'; did you mean 'pause'?"),
      ("Level tap -6dB", "there is no command 'Level'; did you mean 'level'?"),
      (#"level "my tap -6dB"#, #"a double quote is not closed; within quotes a quote is \""#),
      ("level tap 24.1dB", "24.1dB is out of range; levels go from -80 dB to 24 dB"),
      ("level tap -80.1dB", "-80.1dB is out of range; levels go from -80 dB to 24 dB"),
      ("level tap -6", "'-6' has no unit; write '-6 dB'"),
      ("master", "master takes a level: master -3dB"),
      ("master -61dB", "-61dB is out of range; levels go from -60 dB to 24 dB"),
      ("mute", "mute takes a layer, and on or off"), ("solo a on b", "solo takes a layer, and on or off"),
      ("set tap pace", "set takes a layer, a key and a value: set tap pace 2/s"),
      ("pace tap", "pace takes a layer and a value: set tap pace 2/s"),
      ("add", "add takes a layer as --layer takes it"),
      ("remove", "remove takes a layer, and nothing else"),
      ("remove my tap", "remove takes a layer, and nothing else"),
      ("seed", "seed takes a whole number, or 'random', and nothing else"),
      ("seed -1", "seed: '-1' is not a whole number; or say 'random'"),
      ("seed 18446744073709551616", "seed: '18446744073709551616' is not a whole number; or say 'random'"),
      ("jump", "jump takes a time of the track: jump 1:30:00"),
      ("jump 90", "'90' has no unit; write '90s'"), ("skip", "skip takes a time: skip 30s, skip -30s"),
      ("sleep", "sleep takes a time, or off: sleep 30m"),
      ("sleep 0.9s", "sleep goes from 1s to 7 days (168h), or off"),
      ("sleep 169h", "sleep goes from 1s to 7 days (168h), or off"),
      ("load", "load takes a preset, and nothing else"),
      ("load two presets", "load takes a preset, and nothing else"),
      ("save", "save takes a name, and nothing else"),
      ("learn", "learn takes what a knob or a pad is to do: learn level tap"),
      ("status --xml", "status takes --json, or nothing"),
    ])
  func malformed(line: String, sentence: String) {
    let error = #expect(throws: Command.ParseError.self) { try Command(line) }
    #expect(error?.description == sentence)
  }
}
