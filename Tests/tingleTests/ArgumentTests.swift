import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Values on the command line")
  struct ArgumentTests {
    @Test(
      "that are invalid are rejected with one line that says what is expected",
      arguments: [
        ("render relax -o x.wav --duration 90", "--duration: '90' has no unit; write '90s'"),
        ("render relax -o x.wav --duration 1,5s", "--duration: '1,5s' has a decimal comma; write '1.5s'"),
        ("render relax -o x.wav --start 5", "--start: '5' has no unit; write '5s'"),
        ("render relax -o x.wav --end 2 hours", "--end: '2 hours' has an unknown unit 'hours'; write '2h'"),
        ("render relax -o x.wav --fade-in 2,5s", "--fade-in: '2,5s' has a decimal comma; write '2.5s'"),
        ("render relax -o x.wav --fade-out x", "--fade-out: 'x' is not a number; write it like '8h'"),
        ("render relax -o x.wav --rate 44.1k", "--rate: '44.1k' has an unknown unit 'k'; write '44.1 kHz'"),
        (
          "render relax -o x.wav --rate 44.1",
          "--rate: '44.1' is not a whole number of hertz; write '44100'"
        ),
        ("render relax -o x.wav --rate high", "--rate: 'high' is not a sample rate; write '48000'"),
        (
          "render relax -o x.wav --channels stereo",
          "--channels: 'stereo' is not a number of channels; write '1' (mono) or '2' (stereo)"
        ),
        (
          "render relax -o x.wav --bits 24bit",
          "--bits: '24bit' is not a valid value; expected one of 16, 24, float"
        ),
        (
          "render relax -o x.wav --format falc", "--format: 'falc' is not a valid value; did you mean 'flac'?"
        ),
        ("render relax -o x.wav --jobs 0", "--jobs: '0' is not a whole number from 1 to 256"),
        (
          "render relax -o x.wav --seed 1e3",
          "--seed: '1e3' is not a whole number from 0 to \(UInt64.max); write a number like '7', or 'random'"
        ),
        (
          "render relax -o x.wav --slice 3",
          "--slice: '3' is not of the form 'i/n', such as '3/8'"
        ),
        (
          "render relax -o x.wav --set level",
          "--set: 'level' is not of the form 'key=value', such as 'layers.tap.level=-12dB'"
        ),
        (
          "render relax -o x.wav --set master.gain=-6,5dB",
          "--set master.gain: gain: '-6,5dB' has a decimal comma; write '-6.5dB'"
        ),
        (
          "render relax -o x.wav --layer tap:level=-6,5dB",
          "--layer 'tap:level=-6,5dB': '-6,5dB' has a decimal comma; write 'level=-6.5dB'"
        ),
        ("play relax --timer 90", "--timer: '90' has no unit; write '90s'"),
        ("play relax --latency 0,1s", "--latency: '0,1s' has a decimal comma; write '0.1s'"),
        ("check relax --for SLEP", "--for: 'SLEP' is not a valid value; did you mean 'sleep'?"),
        ("whisper hi --pace 3,3/s", "--pace: '3,3/s' has a decimal comma; write '3.3/s'"),
        ("batch relax -o out --duration 1,5h", "--duration: '1,5h' has a decimal comma; write '1.5h'"),
        ("batch relax -o out --duration 10m,8", "--duration: '8' has no unit; write '8s'"),
        ("batch relax -o out --seeds 1-5", "--seeds: '1-5' is not a seed or a range of seeds; write '1..5'"),
        (
          "batch relax -o out --format wav,x",
          "--format: 'x' is not a valid value; expected one of wav, flac, ogg, opus, mp3"
        ),
        (
          "batch relax -o out --shard 3",
          "--shard: '3' is not of the form 'i/n', such as '3/8'"
        ),
        ("render relax -o x.wav --dry", "unknown option '--dry'; it is now '--no-bed'"),
        ("batch relax -o out --dry", "unknown option '--dry'; it is now '--no-bed'"),
        ("whisper hi --dry", "unknown option '--dry'; it is now '--no-breath'"),
        ("batch verify out --jobs x", "--jobs: 'x' is not a whole number from 1 to 256"),
      ])
    func rejected(line: String, sentence: String) throws {
      var words = line.split(separator: " ").map(String.init)
      // A value that contains a space.
      if words.suffix(2) == ["2", "hours"] { words = words.dropLast(2) + ["2 hours"] }
      let result = try Program.run(words)
      #expect(result.status == 64 && result.output.isEmpty)
      #expect(result.errors == "tingle: \(sentence)\n")
    }

    @Test("a parser error is one line with the command for help")
    func parser() throws {
      let result = try Program.run(["render", "relax"])
      #expect(result.status == 64)
      #expect(
        result.errors
          == "tingle: Missing expected argument '--output <file>' (see 'tingle render --help')\n")
    }

    @Test("formats can be in upper case, and sample rates can have a unit")
    func accepted() throws {
      let folder = try TemporaryFolder()
      for (rate, format) in [("44.1kHz", "FLAC"), ("44100 Hz", "Wav"), ("44100", "wav")] {
        let path = folder.file("\(rate)-\(format)")
        let result = try Program.run([
          "render", "dark-noise", "-o", path, "--duration", "1s", "--rate", rate, "--format", format,
          "--bits",
          "16", "--quiet",
        ])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        #expect(bytes.starts(with: Data((format == "FLAC" ? "fLaC" : "RIFF").utf8)))
      }
      let batch = try Program.run([
        "batch", "relax", "-o", folder.file("out"), "--format", "FLAC,Opus", "--rate", "48 kHz", "--lines",
      ])
      #expect(
        String(decoding: batch.output, as: UTF8.self).split(separator: "\n").map {
          $0.hasSuffix("relax.flac")
        }
          == [true, false])
    }
  }
}
