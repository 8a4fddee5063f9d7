import Measure
import Testing
import TingleDSP
import TingleMix
import TinglePresets
import TingleScripts
import TingleSupport

@Suite("The timetable of a script")
struct TimetableTests {
  @Test("pauses, actions, moves and breaths take the times that a count by hand gives")
  func countedByHand() throws {
    let text = """
      # One
      [tap glass for 20s]
      [pause 5s]
      [brush hair while: [pause 10s] [left ear] [pause 4s]]
      [breathe with me 3 times]
      # Two
      [page for 10s]
      [water drops for 3s]
      """
    let timetable = try Scripts.timetable(text)
    // 2 s of fade-in; the brush sounds 3 s before and 2 s after its pauses; 1 s after an action.
    #expect(
      try Scripts.entries(text) == [
        "2.0 20.0 [tap glass]", "22.0 5.0 [pause]", "27.0 19.0 [brush hair]", "30.0 10.0 [pause]",
        "40.0 2.5 [to left ear]", "40.0 4.0 [pause]", "47.0 30.0 [breathe with me 3 times]",
      ] + (try Scripts.entries(text).suffix(2)))
    #expect(timetable.chapters.map(\.title) == ["One", "Two"])
    #expect(timetable.chapters[0].startSeconds == 0)
    let page = timetable.entries[7]
    // After the breaths comes the pause of a heading: 4 s, varied by a quarter.
    #expect(
      (80.2...82).contains(page.startSeconds) && timetable.chapters[1].startSeconds == page.startSeconds)
    #expect(timetable.entries[8].startSeconds == page.endSeconds + 1)
    #expect(timetable.endSeconds == page.endSeconds + 4)
  }

  @Test("a pause stands instead of the usual one, which varies around 1.9 s")
  func pauses() throws {
    let entries = try Scripts.timetable("Good night.\n[pause 8s]\nSleep well.\nGood night.").lines
    #expect(entries.count == 3)
    #expect(abs(entries[1].startSeconds - entries[0].endSeconds - 8) < 1e-9)
    #expect((1.5...2.4).contains(entries[2].startSeconds - entries[1].endSeconds))
  }

  @Test("a line is heard for as long as the timetable states")
  func lineLengths() throws {
    for line in ["Good night.", "I will brush your hair, slowly, from the front to the back. There is time."]
    {
      var preset = try Scripts.preset(line)
      let entry = try #require(preset.script?.timetable.lines.first)
      preset.mix.layers.removeAll { $0.role == .bed }
      preset.mix.output = .speakers
      preset.mix.master.startleLU = nil
      (preset.mix.master.fadeInSeconds, preset.mix.master.fadeOutSeconds) = (0, 0)
      let frames = Rendering.frames(preset.mix, count: preset.mix.durationFrames(sampleRate: 48000))
      let audible = frames.indices.filter { abs(frames[$0].x) > 3e-5 }
      let (first, last) = try (#require(audible.first), #require(audible.last))
      #expect((0...0.5).contains(Double(first) / 48000 - entry.startSeconds), "\(line)")
      #expect((-0.25...0.6).contains(Double(last) / 48000 - entry.endSeconds), "\(line)")
    }
  }

  @Test("every direction is in the timetable or changes the lines")
  func everyDirection() throws {
    let text = try Scripts.timetable(Scripts.everything).text
    for part in [
      "# A small script", "Hello. Sit down", "[pause]", "[to left ear]", "[brush hair at 150° 20cm]",
      "  Just a few", "[to right ear]", "# The end", "[closer]", "[scissors hair at right ear]", "[further]",
      "[breathe with me 2 times]", "shh", "Good night.", "end",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
    #expect(!text.contains("comment"))
  }

  @Test("softer, louder, slower and faster change the lines after them")
  func voiceDirections() throws {
    let lines = try Scripts.timetable(
      "Good night, my dear.\n[slower] [slower]\nGood night, my dear.\n"
        + "[faster] [faster] [faster] [faster] [faster]\nGood night, my dear."
    ).lines
    #expect(lines[1].seconds > 1.1 * lines[0].seconds && lines[2].seconds < lines[0].seconds)
    let preset = try Scripts.preset("One.\n[softer]\nTwo.\n[louder]\n[louder]\nThree.")
    let timetable = try #require(preset.mix.layers.first { $0.name == "whisper" }?.timetable)
    #expect(timetable.lines?.lines.map(\.levelDB) == [0, -3, 3])
  }

  @Test("punctuation after a direction belongs to the line before")
  func punctuation() throws {
    let lines = try Scripts.timetable("Good evening, [either: dear. | dear.]. Sit down. [pause 2s].").lines
    #expect(lines.map(\.text) == ["Good evening,", "dear.", "Sit down."])
  }

  @Test("overlapping actions sound together, and turns of one layer are joined")
  func overlaps() throws {
    let text = """
      [brush hair while:
        [tap glass for 6s]
        [brush hair for 30s]
      ]
      """
    let preset = try Scripts.preset(text)
    #expect(preset.mix.layers.map(\.name) == ["bed", "brush-hair", "tap-glass"])
    let brush = try #require(preset.mix.layers[1].timetable)
    // 3 s before, 6 s of taps, 1 s, 30 s of the same brush, 2 s after.
    #expect(brush.voices == .turns([.init(start: 2, end: 44)]))
    #expect(preset.mix.layers[2].timetable?.voices == .turns([.init(start: 5, end: 11)]))
    let frames = Rendering.frames(preset.mix, from: 7 * 48000, count: 3 * 48000)
    var without = preset.mix
    without.layers[2].isMuted = true
    #expect(Rendering.frames(without, from: 7 * 48000, count: 3 * 48000) != frames)
  }

  @Test("the seed draws the alternatives, and the same seed the same ones")
  func alternatives() throws {
    let text = "[repeat 8 times: [either: One. | Two. | Three.]]"
    let said = try (1...6).map { try Scripts.timetable(text, seed: $0).lines.map(\.text) }
    #expect(Set(said.flatMap { $0 }) == ["One.", "Two.", "Three."] && Set(said).count == 6)
    #expect(try Scripts.timetable(text, seed: 3) == Scripts.timetable(text, seed: 3))
  }

  @Test("a script of an hour has its timetable at once, and its last minute renders alone")
  func anHour() throws {
    let sentence = (1...150).map { "Now the story comes to chapter \($0), and it is slow.\n[pause 6s]" }
    let text = "[repeat 3 times: \(sentence.joined(separator: "\n")) ]"
    let start = ContinuousClock.now
    let preset = try Scripts.preset(text)
    #expect(ContinuousClock.now - start < .seconds(10))
    let timetable = try #require(preset.script?.timetable)
    #expect(timetable.endSeconds > 3600 && timetable.lines.count == 450)
    let last = Int(timetable.endSeconds - 20) * 48000
    let part = Rendering.frames(preset.mix, from: last, count: 96_000)
    #expect(part.contains { abs($0.x) > 1e-3 })
    #expect(part == Rendering.frames(preset.mix, from: last - 1_000_000, count: 1_096_000).suffix(96_000))
  }

  @Test("the same samples with any number of threads and from any start")
  func bits() throws {
    let mix = try Scripts.preset(Scripts.everything).mix
    let count = mix.durationFrames(sampleRate: 48000)
    let whole = Rendering.frames(mix, count: count)
    for (jobs, pieceFrames) in [(1, 300_000), (3, 77_777)] {
      var joined: [StereoFrame] = []
      try Timeline(mix, sampleRate: 48000, jobs: jobs, pieceFrames: pieceFrames).render { joined += $0 }
      #expect(joined == whole)
    }
    for start in [1, 255, 700_001, 1_500_000, 2_222_222] {
      #expect(Rendering.frames(mix, from: start, count: 60_000) == Array(whole[start..<start + 60_000]))
    }
  }

  @Test("the timetable does not depend on the sample rate")
  func sampleRates() throws {
    var preset = try Scripts.preset("Good night.\n[pause 2s]\nSleep well.")
    preset.mix.layers.removeAll { $0.role == .bed }
    preset.mix.output = .speakers
    preset.mix.master.startleLU = nil
    let line = try #require(preset.script?.timetable.lines.last)
    for rate in [44100.0, 96000] {
      let frames = Rendering.frames(
        preset.mix, sampleRate: rate, count: preset.mix.durationFrames(sampleRate: rate))
      let last = try #require(frames.indices.last { abs(frames[$0].x) > 3e-5 })
      #expect((-0.25...0.6).contains(Double(last) / rate - line.endSeconds))
    }
  }

  @Test("the voice moves smoothly and is where the script puts it")
  func place() throws {
    let preset = try Scripts.preset(
      "One.\n[left ear]\nTwo.\n[slowly to the right ear over 10s]\nThree.\n[pause 12s]\nFour.")
    let timetable = try #require(preset.mix.layers.first { $0.name == "whisper" }?.timetable)
    #expect(timetable.moves.count == 2)
    #expect(timetable.moves[0].to.azimuthDegrees == -90 && timetable.moves[1].to.azimuthDegrees == 90)
    #expect(timetable.moves[1].from == timetable.moves[0].to && timetable.moves[1].seconds == 10)
    func balance(_ line: Timetable.Entry) -> Double {
      var mix = preset.mix
      mix.layers.removeAll { $0.role == .bed }
      let frames = Rendering.frames(
        mix, from: Int(line.startSeconds * 48000), count: Int(line.seconds * 48000))
      return Statistics.levelDB(frames.map(\.x)) - Statistics.levelDB(frames.map(\.y))
    }
    let lines = try #require(preset.script?.timetable.lines)
    #expect(abs(balance(lines[0])) < 3 && balance(lines[1]) > 6 && balance(lines[3]) < -6)
  }
}
