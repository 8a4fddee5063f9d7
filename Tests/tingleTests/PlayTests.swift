import Foundation
import Measure
import Testing
import TingleMix

/// ALSA devices made of plugins, for machines without a sound card.
struct Devices {
  let folder: TemporaryFolder
  let environment: [String: String]

  /// Adds definitions to the system's ALSA configuration.
  /// - Parameter definitions: `FOLDER` in them stands for the path of `folder`.
  init(_ definitions: String) throws {
    folder = try TemporaryFolder()
    let path = folder.file("alsa.conf")
    let text =
      "</usr/share/alsa/alsa.conf>\n" + definitions.replacingOccurrences(of: "FOLDER", with: folder.path)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    environment = ["ALSA_CONFIG_PATH": path]
  }

  /// The frames of a raw file of 32-bit float stereo.
  static func frames(_ path: String) throws -> [StereoFrame] {
    try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes {
      Array($0.bindMemory(to: StereoFrame.self))
    }
  }
}

extension ProgramTests {
  @Suite("tingle play")
  struct PlayTests {
    private static let toFile = "pcm.tofile { type file slave.pcm null file \"FOLDER/out.raw\" format raw }\n"

    @Test(
      "play writes the samples that render writes, from the start and, after a fade-in, from 20 s",
      arguments: [nil, "20s"])
    func samples(start: String?) throws {
      let devices = try Devices(Self.toFile)
      let from = start.map { ["--start", $0] } ?? []
      let played = try Program.run(
        ["play", "sleep", "--device", "tofile", "--duration", "40s"] + from,
        environment: devices.environment)
      #expect(played.status == 0)
      #expect(played.errors.contains("float32"))
      let path = devices.folder.file("ref.wav")
      let rendered = try Program.run(
        ["render", "sleep", "-o", path, "--bits", "float", "--duration", "40s"] + from)
      #expect(rendered.status == 0)
      let playedFrames = try Devices.frames(devices.folder.file("out.raw"))
      let wanted = try SoundFile(path).frames
      #expect(playedFrames.count == wanted.count)
      // Within the track, playback fades in over two seconds.
      let lead = start == nil ? 0 : 2 * 48000
      #expect(playedFrames.dropFirst(lead) == wanted.dropFirst(lead))
      if start != nil {
        let levels = [playedFrames, wanted].map { Statistics.levelDB($0.prefix(9600).map(\.x)) }
        #expect(levels[0] < levels[1] - 12)
      }
    }

    @Test(
      "an existing recording or log is an error before playback is announced",
      arguments: ["a.wav", "a.wav.json"])
    func recordingExists(name: String) throws {
      let folder = try TemporaryFolder()
      #expect(FileManager.default.createFile(atPath: folder.file(name), contents: Data("precious".utf8)))
      let result = try Program.run(
        ["play", "unwind", "--device", "null", "--for", "1s", "--record", folder.file("a.wav")])
      #expect(result.status == 73)
      #expect(
        result.errors
          == "tingle: '\(folder.file(name))' exists; use --force to replace it, or choose another name\n")
      #expect(folder.names == [name])
    }

    @Test("the temporary files of a killed player are kept if a new recording is an error")
    func refusedRecording() throws {
      let folder = try TemporaryFolder()
      for name in [".a.wav.part", ".a.wav.json.part", "a.wav.json"] {
        #expect(FileManager.default.createFile(atPath: folder.file(name), contents: Data("precious".utf8)))
      }
      let result = try Program.run(
        ["play", "unwind", "--device", "null", "--for", "1s", "--record", folder.file("a.wav")])
      #expect(result.status == 73)
      #expect(Set(folder.names) == [".a.wav.part", ".a.wav.json.part", "a.wav.json"])
    }

    @Test("a recording whose player was killed is recovered by the next one, and its log renders the same")
    func killedRecording() throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      let mix = [
        "play", "--layer", "tap", "--device", "null", "--duration", "1h", "--record", path, "--quiet",
      ]
      let player = try Child(Program.path, mix)
      // About ten seconds of sound; the null device takes frames without waiting.
      let part = folder.file(".a.wav.part")
      Program.eventually { Program.size(ofFile: part) > 3_000_000 }
      player.end()
      #expect(Set(folder.names) == [".a.wav.part", ".a.wav.json.part"])
      let next = try Program.run(mix + ["--for", "1s"])
      #expect(next.status == 0)
      let kept = folder.file("a.unfinished.wav")
      #expect(
        next.errors == """
          tingle: recovered an unfinished recording as '\(kept)' and '\(kept).json'; \
          `tingle replay \(kept).json -o FILE` renders it

          """)
      #expect(
        Set(folder.names) == ["a.wav", "a.wav.json", "a.unfinished.wav", "a.unfinished.wav.json"])
      let replayPath = folder.file("replay.wav")
      #expect(try Program.run(["replay", kept + ".json", "-o", replayPath, "--quiet"]).status == 0)
      let (playedFrames, replayed) = (try SoundFile(kept).frames, try SoundFile(replayPath).frames)
      // The log has the number of played frames every two seconds.
      let common = min(playedFrames.count, replayed.count)
      #expect(common > 480_000)
      #expect(playedFrames.prefix(common).elementsEqual(replayed.prefix(common)))
      // The header has the length of the file.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
      let length = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(abs(length + 8 - bytes.count) <= 6)
    }

    @Test(
      "uses the sample format and rate that the device supports",
      arguments: [
        ("type linear slave { pcm null format S32_LE }", "48000 Hz, int32"),
        (
          "type share slave { pcm null format S16_LE rate 44100 channels 2 } bindings.0 0 bindings.1 1",
          "44100 Hz, int16"
        ),
        ("type null", "48000 Hz, float32"),
      ])
    func negotiation(definition: String, agreed: String) throws {
      let devices = try Devices("pcm.odd { \(definition) }\n")
      let result = try Program.run(
        ["play", "--layer", "tap", "--for", "1s", "--device", "odd"], environment: devices.environment)
      #expect(result.status == 0)
      #expect(result.errors.contains(agreed), "\(result.errors)")
    }

    @Test("a closed stderr is not an error")
    func closedStderr() throws {
      let errors = Program.pipe()
      close(errors.reading)
      let player = try Child(
        Program.path, ["play", "--layer", "tap", "--for", "1s", "--device", "null"], errors: errors.writing)
      close(errors.writing)
      #expect(player.wait() == 0)
    }

    @Test("a missing device is an error with status 69")
    func noDevice() throws {
      let result = try Program.run(["play", "sleep", "--device", "nosuch"])
      #expect(result.status == 69)
      #expect(
        result.errors
          == "tingle: cannot open the audio device 'nosuch': No such file or directory; "
          + "`tingle devices` lists the devices\n"
      )
    }

    @Test("SIGINT fades out over 300 ms and ends with status 130")
    func fadesOut() throws {
      // The test reads the named pipe at the rate of a sound card.
      let devices = try Devices(Self.toFile.replacingOccurrences(of: "out.raw", with: "pipe"))
      let pipe = devices.folder.file("pipe")
      #expect(mkfifo(pipe, 0o600) == 0)
      let process = try Child(
        Program.path,
        [
          "play", "--layer", "noise", "--device", "tofile", "--start", "5s", "--duration", "10m", "--latency",
          "50ms",
        ],
        environment: devices.environment)
      let descriptor = open(pipe, O_RDONLY)
      var bytes = Data()
      var part = [UInt8](repeating: 0, count: 48000 * 8 / 50)
      var sentAt: Int?
      while true {
        let count = read(descriptor, &part, part.count)
        guard count > 0 else { break }
        bytes.append(contentsOf: part[0..<count])
        if sentAt == nil, bytes.count > 48000 * 8 {
          process.signal(SIGINT)
          sentAt = bytes.count / 8
        }
        usleep(20_000)
      }
      close(descriptor)
      #expect(process.wait() == 130)
      let frames = bytes.withUnsafeBytes { Array($0.bindMemory(to: StereoFrame.self)) }.map(\.x)
      let end = try #require(sentAt)
      // After the signal: the frames in the pipe and the device's buffer, and the fade-out.
      #expect(Double(frames.count - end) / 48000 < 1.2)
      let fade = Array(frames.suffix(14400))
      #expect(
        Statistics.levelDB(Array(fade.prefix(2400))) > Statistics.levelDB(Array(fade.suffix(2400))) + 15)
      #expect(abs(frames.last!) < 0.001)
      // Before the fade-out the level is unchanged.
      let (before, early) = (frames.dropLast(14400).suffix(4800), frames[48000..<52800])
      #expect(abs(Statistics.levelDB(Array(before)) - Statistics.levelDB(Array(early))) < 3)
    }
  }
}
