import Testing
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Renamed words")
struct RenamedWordTests {
  @Test(
    "the error for a renamed word in a preset names the new word",
    arguments: [
      ("bed: {trigger: room}", "unknown trigger 'room'; it is now 'roomtone'"),
      ("layers: {room: {}}", "layer 'room' has no trigger; the trigger 'room' is now 'roomtone'"),
      ("bed: {softness: 6 dB}", "unknown key 'softness' in 'bed'; it is now 'treble-cut'"),
      ("bed: {trigger: rain, wash: 6 dB}", "unknown key 'wash' in 'bed'; it is now 'diffuse'"),
      ("layers: {rain: {on: tent}}", "unknown key 'on' in 'rain'; it is now 'surface'"),
      ("layers: {water: {speed: 2}}", "unknown key 'speed' in 'water'; it is now 'pace'"),
      (
        "layers: {whisper: {breathing: 6/min}}",
        "unknown key 'breathing' in 'whisper'; it is now 'breath-pace'"
      ),
      (
        "layers: {stroke: {breathing: -9 dB}}",
        "unknown key 'breathing' in 'stroke'; it is now 'breath-level'"
      ),
      ("layers: {tap: {place: brush past 9s}}", "unknown place 'brush past'; it is now 'pass by'"),
      (
        "layers: {tap: {place: {motion: brush-past}}}",
        "motion: unknown value 'brush-past'; it is now 'pass-by'"
      ),
    ])
  func presets(yaml: String, sentence: String) throws {
    let error = try #require(
      expectedError(of: yaml) { try PresetParser.parse($0, name: "test", file: "test.yaml") })
    #expect(error.description.hasSuffix(sentence), "\(error)")
  }

  @Test("so does the error of --layer, --set and the live command 'set'")
  func options() throws {
    let layer = try #require(expectedError(of: "page:haste=2") { try LayerSpec.parse($0) })
    #expect(layer.message == "--layer 'page:haste=2': unknown parameter 'haste' of page; it is now 'speed'")
    let trigger = try #require(expectedError(of: "room") { try LayerSpec.parse($0) })
    #expect(trigger.message == "--layer 'room': unknown trigger 'room'; it is now 'roomtone'")
    var settings = try LayerSpec.parse("scissors")
    let live = try #require(expectedError(of: "2") { try LayerSpec.set("slowness", to: $0, in: &settings) })
    #expect(live.message == "scissors: unknown parameter 'slowness' of scissors; it is now 'speed'")
    var preset = try PresetParser.parse("layers: {clock: }", name: "test", file: "test.yaml")
    let set = try #require(
      expectedError(of: "0.1") { try PresetParser.set("layers.clock.limp", to: $0, in: &preset) })
    #expect(
      set.message == "--set layers.clock.limp: unknown key 'limp' in 'clock'; it is now 'swing'")
  }

  @Test(
    "the error for a number without a unit suggests a unit that puts it into the range",
    arguments: [
      ("master: {startle: 9}\nbed:", "startle: '9' has no unit; write '9 LU', or none"),
      ("bed: {trigger: roomtone, pace: 1}", "pace: '1' has no unit; write '1/min'"),
      ("layers: {page: {pace: 4}}", "pace: '4' has no unit; write '4/min'"),
      ("layers: {tap: {pace: 4}}", "pace: '4' has no unit; write '4/s'"),
      ("bed: {place: {distance: 15}}", "distance: '15' has no unit; write '15cm'"),
    ])
  func bareNumbers(yaml: String, sentence: String) throws {
    let error = try #require(
      expectedError(of: yaml) { try PresetParser.parse($0, name: "test", file: "test.yaml") })
    #expect(error.description.hasSuffix(sentence), "\(error)")
  }

  @Test("the pace of a layer is its trigger's pace, or without one its speed")
  func pace() throws {
    var water = try LayerSpec.parse("water:kind=pour,pace=2 l/min")
    #expect(water.paceText == "2 l/min")
    #expect(water.changePace { now, _ in 3 * now } && water.paceText == "6 l/min")
    var page = try LayerSpec.parse("page:pace=4/min,speed=0.5")
    #expect(page.changePace { now, _ in 2 * now } && page.paceText == "8/min")
    var noise = try LayerSpec.parse("noise")
    #expect(noise.paceText == nil && !noise.changePace { now, _ in now })
  }
}
