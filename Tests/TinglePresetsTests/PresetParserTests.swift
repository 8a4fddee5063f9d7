import Testing
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Presets")
struct PresetParserTests {
  private func parse(_ yaml: String) throws -> Preset {
    try PresetParser.parse(yaml, name: "test", file: "test.yaml")
  }

  @Test("every key of a preset sets its property")
  func reading() throws {
    let preset = try parse(
      """
      title: Evening
      about: Something quiet.
      duration: 1h30m
      seed: 42
      bed: {colour: brown, level: -20 dB}
      layers:
        tap:
          surface: glass
          pace: 1.5/s
          level: -6 dB
          place: left ear
        other:
          trigger: tap
          tool: pad
          seed: 9
      master:
        gain: -2 dB
        ceiling: -3 dB
        fade-in: 10s
        fade-out: 1 min
      """)
    #expect(preset.title == "Evening")
    #expect(preset.mix.durationSeconds == 5400)
    #expect(preset.mix.seed == 42)
    #expect(preset.mix.layers.map(\.name) == ["bed", "tap", "other"])
    #expect(preset.mix.layers.map(\.levelDB) == [-20, -6, 0])
    #expect((preset.mix.layers[0].trigger as? Noise)?.colour == .brown)
    #expect((preset.mix.layers[1].trigger as? Tap)?.surface == .glass)
    #expect(preset.mix.layers[1].place?.position.azimuthDegrees == -90)
    #expect((preset.mix.layers[2].trigger as? Tap)?.tool == .pad)
    #expect(preset.mix.layers[2].seed == 9)
    #expect(preset.mix.master.ceilingDB == -3)
    #expect(preset.mix.master.fadeOutSeconds == 60)
  }

  @Test("one layer or a bed alone is a complete preset")
  func short() throws {
    #expect(try parse("layers: {tap: }").mix.layers.map(\.name) == ["bed", "tap"])
    #expect(try parse("bed:").mix.layers.map(\.name) == ["bed"])
  }

  @Test("a preset without a bed gets a default one, fainter for awake than for sleep; 'none' leaves it out")
  func defaultBed() throws {
    func bed(_ text: String) throws -> Double? {
      try parse(text).mix.layers.first { $0.name == "bed" }?.levelDB
    }
    let (day, night) = (try bed("layers: {tap: }"), try bed("for: sleep\nlayers: {tap: }"))
    #expect(day! < -30 && night! > -15)
    #expect(try bed("for: sleep\nbed: none\nlayers: {tap: }") == nil)
    // Only the role makes a layer a bed, not its trigger or its name.
    #expect(try bed("layers: {rain: }") == day)
    #expect(try bed("layers: {rain: {role: bed}}") == nil)
  }

  @Test("purpose sets the startle limit and the fades; master overrides them; tags and program are parsed")
  func night() throws {
    let night = try parse(
      "for: sleep\ntags: [night, tap]\nprogram: {at-once: 3, longest: 5m}\nwake: 10m\nbed:")
    #expect(night.mix.master.startleLU == 6)
    #expect(night.mix.master.fadeInSeconds == 10 && night.mix.master.fadeOutSeconds == 60)
    #expect(night.tags == ["night", "tap"] && night.mix.wakeSeconds == 600)
    #expect(night.mix.rotation?.atOnce == 3 && night.mix.rotation?.longestSeconds == 300)
    #expect(try parse("program:\nbed:").mix.rotation == LayerRotation())
    #expect(try parse("master: {startle: 9 LU}\nbed:").mix.master.startleLU == 9)
    #expect(try parse("for: sleep\nmaster: {startle: none}\nbed:").mix.master.startleLU == nil)
  }

  @Test(
    "the message of an error has the position, the fault and the correction",
    arguments: [
      (
        "program: {shortest: 10m}\nbed:",
        "1:10: program: 'shortest' is longer than 'longest' (8m)"
      ),
      (
        "program: {cross-fade: 2m}\nbed:",
        "1:10: program: 'cross-fade' exceeds half of 'shortest'; use 1m30s or less"
      ),
      ("layers:\n  tap:\n    surfce: wood\n", "3:5: unknown key 'surfce' in 'tap'; did you mean 'surface'?"),
      ("layers:\n  tap:\n    surface: wod\n", "3:14: surface: unknown value 'wod'; did you mean 'wood'?"),
      ("layers:\n  tap:\n    level: -12\n", "3:12: level: '-12' has no unit; write '-12 dB'"),
      (
        "layers:\n  tap:\n    level: 90 dB\n",
        "3:12: level: 90 dB is out of range; expected -80 dB to 24 dB"
      ),
      (
        "layers:\n  tap:\n    pace: 2 Hz\n", "3:11: pace: '2 Hz' has an unknown unit 'Hz'; use /s, /min or /h"
      ),
      ("layers:\n  tpa:\n", "2:3: layer 'tpa' has no trigger; did you mean 'tap'?"),
      ("layers:\n  x:\n    trigger: tab\n", "3:14: unknown trigger 'tab'; did you mean 'tap'?"),
      ("duration: 8\nbed:\n", "1:11: duration: '8' has no unit; write '8s'"),
      (
        "seed: -1\nbed:\n",
        "1:7: seed: '-1' is not a whole number from 0 to 18446744073709551615"
      ),
      ("durations: 8h\nbed:\n", "1:1: unknown key 'durations' in a preset; did you mean 'duration'?"),
      ("layers:\n  tap: loud\n", "2:8: layer 'tap' takes 'key: value' lines, not the single value 'loud'"),
      ("layers:\n  tap:\n    level: [1, 2]\n", "3:12: level takes a single value, not a list"),
      ("master:\n  celing: -3 dB\nbed:\n", "2:3: unknown key 'celing' in 'master'; did you mean 'ceiling'?"),
      ("bed:\nbed:\n", "duplicate key 'bed'"),
      ("title: x\n", "1:1: the preset has no layers; add 'layers:' or 'bed:'"),
      ("", "1:1: the preset is empty; add 'layers:' or 'bed:'"),
      ("a: [1\nb", "expected ',' or ']'"),
      ("- tap\n", "1:1: a preset takes 'key: value' lines, not a list"),
      ("layers:\n  bed: {}\n", "2:3: a layer cannot be called 'bed'; use the key 'bed:' of the preset"),
    ])
  func mistakes(yaml: String, message: String) throws {
    let error = try #require(expectedError(of: yaml) { try parse($0) })
    #expect(error.kind == .data)
    #expect(error.description.hasPrefix("test.yaml:"))
    #expect(error.description.contains(message), "\(error)")
  }

  @Test("every prefix of a preset either parses or throws a UserError")
  func prefixes() {
    let yaml =
      "title: Evening\nlayers:\n  tap: {surface: glass, level: -6 dB}\n"
      + "bed: {colour: pink}\nmaster: {gain: 1 dB}\n"
    for count in 0...yaml.count {
      do { _ = try parse(String(yaml.prefix(count))) } catch { #expect(error is UserError) }
    }
  }
}

@Suite("Layers on the command line")
struct LayerSpecTests {
  @Test("a layer has the trigger, the parameters and a unique name")
  func reading() throws {
    let layer = try LayerSpec.parse("tap:surface=wood,tool=nail,pace=2.5/s,level=-6dB")
    #expect(layer.name == "tap" && layer.levelDB == -6)
    let tap = try #require(layer.trigger as? Tap)
    #expect(tap.surface == .wood && tap.tool == .nail && tap.tapsPerSecond == 2.5)
    #expect(try LayerSpec.parse("tap", taken: ["tap", "noise"]).name == "tap-2")
    #expect(try LayerSpec.parse("tap:place=\"left ear\"").place?.position.azimuthDegrees == -90)
  }

  @Test(
    "the error for a wrong layer names the fault and the correction",
    arguments: [
      ("tap,pace=2/s", "write a colon after the trigger: 'tap:pace=2/s'"),
      ("tab", "unknown trigger 'tab'; did you mean 'tap'?"),
      ("tap:surfce=wood", "unknown parameter 'surfce' of tap; did you mean 'surface'?"),
      ("tap:surface=woods", "surface: unknown value 'woods'; did you mean 'wood'?"),
      ("tap:surface", "'surface' is not 'parameter=value'"),
      ("tap:level=-6", "level: '-6' has no unit; write '-6 dB'"),
      ("tap:level=-6,5dB,pace=2/s", "'-6,5dB' has a decimal comma; write 'level=-6.5dB'"),
      ("tap:level=\"-6,5 dB\"", "level: '-6,5 dB' has a decimal comma; write '-6.5 dB'"),
    ])
  func refusing(text: String, message: String) {
    #expect { try LayerSpec.parse(text) } throws: { error in
      (error as? UserError).map { $0.kind == .usage && $0.message == "--layer '\(text)': \(message)" }
        ?? false
    }
  }

  @Test("scenes are read with times from the start, of day and before the end, and written again")
  func scenes() throws {
    let preset = try PresetParser.parse(
      """
      program:
        begins: 23:00
        cross-fade: 5m
        scenes:
          - layers: [train]
          - {at: 0:30, layers: waves}
          - {before-end: 1h, layers: [waves, crickets]}
      layers:
        train: {trigger: fan, role: bed, kind: train}
        waves: {trigger: sea, role: bed}
        crickets: {role: bed}
      """, name: "night", file: "night.yaml")
    let schedule = try #require(preset.mix.schedule)
    #expect(schedule.entries.map(\.startSeconds) == [0, 5400, -3600])
    #expect(schedule.entries[2].layers == ["waves", "crickets"] && schedule.crossfadeSeconds == 300)
    let again = try PresetParser.parse(PresetWriter.text(preset), name: "night", file: "again.yaml")
    #expect(again.mix.schedule == schedule)
    // A cross-fade alone changes the scenes that are there.
    var changed = preset
    try PresetParser.set("program.cross-fade", to: "2m", in: &changed)
    #expect(changed.mix.schedule?.crossfadeSeconds == 120)
    #expect(changed.mix.schedule?.entries == schedule.entries && changed.mix.rotation == nil)
    // Saved without a layer, the preset can still be read.
    changed.mix.layers.removeAll { $0.name == "train" }
    let saved = try PresetParser.parse(PresetWriter.text(changed), name: "night", file: "saved.yaml")
    #expect(saved.mix.schedule?.entries.map(\.layers) == [[], ["waves"], ["waves", "crickets"]])
  }

  @Test(
    "faults of scenes are reported with their places",
    arguments: [
      ("scenes: [{layers: [wavs]}]", "there is no layer 'wavs'"),
      ("scenes: [{after: 1h}]", "a scene has no layers"),
      ("scenes: [{layers: sea}, {layers: sea}]", "only the first scene has no time"),
      ("scenes: [{layers: sea}, {at: 1:00, layers: sea}]", "needs 'begins'"),
      ("scenes: [{layers: sea}, {at: 25:00, layers: sea}]", "is not a time of day"),
      ("scenes: [{layers: sea}, {after: 1h, before-end: 1h, layers: sea}]", "a scene has one time"),
      ("scenes: []", "scenes is a list"), ("{scenes: [{layers: sea}], at-once: 2}", "unknown key 'at-once'"),
    ])
  func faultyScenes(program: String, message: String) {
    let text = "program:\n  \(program)\nlayers:\n  sea:\n"
    do {
      _ = try PresetParser.parse(text, name: "x", file: "x.yaml")
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
      #expect("\(error)".hasPrefix("x.yaml:"), "\(error)")
    }
  }
}
