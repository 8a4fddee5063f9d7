import Fuzzing
import Testing

@Suite("Guarantees of sleep presets")
struct SleepGuaranteesTests {
  @Test(
    "random sleep presets stay within the targets of tingle check",
    arguments: 0..<40)
  func random(number: Int) throws {
    let preset = RandomPreset(seed: 21, number: number)
    #expect(try SleepGuarantees.violations(of: preset) == [], "\(preset.yaml)")
  }

  @Test(
    "the startle guard limits every trigger, also in a bed",
    arguments: [
      "bed: \nlayers: {near: {trigger: rain, level: 24 dB, place: left ear}}",
      "bed: {level: -20 dB}\nlayers: {near: {trigger: noise, level: 24 dB, place: pass by 8s}}",
      "bed: {trigger: fire, intensity: 12 dB}", "bed: {trigger: rain, surface: leaves}",
      "bed: {trigger: rain, diffuse: -14 dB, intensity: 12 dB}", "bed: {trigger: rain, gusts: 1}\nseed: 23",
      "bed: {trigger: tap, surface: glass, pace: 0.3/s, level: 12 dB}",
      "bed: {trigger: water}\nlayers: {second: {trigger: clock, role: bed}}",
    ])
  func guarded(text: String) throws {
    #expect(
      try SleepGuarantees.violations(
        ofYAML: "for: sleep\nduration: 60s\nmaster: {fade-in: 5s, fade-out: 5s}\n\(text)\n") == [])
  }

  @Test("a bed of fire is still audible an hour into the wind-down, after the triggers have stopped")
  func bedStays() throws {
    let text = "for: sleep\nduration: 2h\narc: wind-down\nbed: {trigger: fire}\n"
    #expect(try SleepGuarantees.violations(ofYAML: text, seconds: 3600..<3630) == [])
  }
}
