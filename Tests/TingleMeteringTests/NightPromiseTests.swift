import Fuzzing
import Testing

@Suite("What a preset for sleep promises")
struct NightPromiseTests {
  @Test(
    "random mixes keep jump, rise, contrast, true peak, digital silence and loudness within the targets of check",
    arguments: 0..<40)
  func random(number: Int) throws {
    let preset = RandomPreset(seed: 21, number: number)
    #expect(try NightPromise.broken(by: preset) == [], "\(preset.yaml)")
  }

  @Test(
    "a layer is guarded whatever it is made of, and a bed is held against itself",
    arguments: [
      "bed: \nlayers: {near: {trigger: rain, level: 24 dB, place: left ear}}",
      "bed: {level: -20 dB}\nlayers: {near: {trigger: noise, level: 24 dB, place: pass by 8s}}",
      "bed: {trigger: fire, intensity: 12 dB}", "bed: {trigger: rain, on: leaves}",
      "bed: {trigger: rain, diffuse: -14 dB, intensity: 12 dB}", "bed: {trigger: rain, gusts: 1}\nseed: 23",
      "bed: {trigger: tap, surface: glass, pace: 0.3/s, level: 12 dB}",
      "bed: {trigger: water}\nlayers: {second: {trigger: clock, role: bed}}",
    ])
  func guarded(text: String) throws {
    #expect(
      try NightPromise.broken(
        byYAML: "for: sleep\nduration: 60s\nmaster: {fade-in: 5s, fade-out: 5s}\n\(text)\n") == [])
  }

  @Test("a bed of fire still sounds an hour into the wind-down, when the triggers have stopped")
  func bedStays() throws {
    let text = "for: sleep\nduration: 2h\narc: wind-down\nbed: {trigger: fire}\n"
    #expect(try NightPromise.broken(byYAML: text, seconds: 3600..<3630) == [])
  }
}
