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
    #expect(throws: Command.Misread.self) { try Command(line) }
    do { _ = try Command(line) } catch { #expect(error.description == sentence) }
  }
}
