import Testing
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Places in presets")
struct PlaceTests {
  private func place(_ lines: String) throws -> SourcePosition? {
    let text = "layers:\n  tap:\n    place: \(lines)\n"
    return try PresetParser.parse(text, name: "test", file: "test.yaml").mix.layers.last?.place
  }

  @Test(
    "positions and motions in words",
    arguments: [
      ("left ear", SourcePosition(.init(azimuthDegrees: -90, distanceMetres: 0.08))),
      ("-30° 15cm", SourcePosition(.init(azimuthDegrees: -30, distanceMetres: 0.15))),
      ("behind 1 m", SourcePosition(.init(azimuthDegrees: 180, distanceMetres: 1))),
      ("orbit 40cm 20s", SourcePosition(.init(distanceMetres: 0.4), motion: .orbit, periodSeconds: 20)),
      ("Ear to ear", SourcePosition(.init(distanceMetres: 0.1), motion: .earToEar, periodSeconds: 24)),
      (
        "left ear pass by 9s",
        SourcePosition(.init(azimuthDegrees: -90, distanceMetres: 0.08), motion: .passBy, periodSeconds: 9)
      ),
      ("right wander", SourcePosition(.init(azimuthDegrees: 45), motion: .wander, periodSeconds: 40)),
      ("above", SourcePosition(.init(elevationDegrees: 90))),
    ])
  func words(text: String, expected: SourcePosition) throws {
    #expect(try place(text) == expected)
    #expect(try LayerSpec.parse("tap:place=\(text)").place == expected)
  }

  @Test("positions, motions and waypoints as mappings")
  func keys() throws {
    #expect(
      try place("{azimuth: 20°, elevation: 10°, distance: 12cm, motion: orbit, period: 30s}")
        == SourcePosition(
          .init(azimuthDegrees: 20, elevationDegrees: 10, distanceMetres: 0.12), motion: .orbit,
          periodSeconds: 30))
    let path = SourcePosition.Path([
      .init(seconds: 0, position: .init(azimuthDegrees: -60)),
      .init(seconds: 5, position: .init(azimuthDegrees: 60, distanceMetres: 0.1)),
    ])
    #expect(
      try place("{period: 12s, path: [{at: 0s, azimuth: -60°}, {at: 5s, azimuth: 60°, distance: 10cm}]}")
        == SourcePosition(motion: .path(path), periodSeconds: 12))
  }

  @Test(
    "the error for a wrong place names the fault and the line",
    arguments: [
      ("lfet ear", "unknown place 'lfet'; did you mean 'left'?"),
      ("2cm", "2cm is out of range; expected 0.04m to 3m"),
      ("orbit 1s", "1s is out of range; expected 4s to 1h"),
      ("{azimth: 3°}", "unknown key 'azimth' in 'place'; did you mean 'azimuth'?"),
      ("{path: [{at: 0s}, {at: 1s}]}", "a move takes at least 2s; use 2s or later"),
      ("{path: [{at: 3s}]}", "the first waypoint must be at 0s"),
      ("{period: 5s, path: [{at: 0s}, {at: 4s}]}", "use 6s or more"),
    ])
  func refused(text: String, reason: String) throws {
    let error = try #require(expectedError(of: text) { try place($0) })
    #expect(error.description.contains(reason), "\(error)")
    #expect(error.description.contains("test.yaml:3:"))
  }

  @Test("room and output take one of a few words")
  func rooms() throws {
    let preset = try PresetParser.parse(
      "room: bathroom\noutput: speakers\nbed: {}\n", name: "test", file: "test.yaml")
    #expect(preset.mix.room == .bathroom && preset.mix.output == .speakers)
    #expect(throws: UserError.self) {
      try PresetParser.parse("room: cellar\nbed: {}\n", name: "test", file: "test.yaml")
    }
  }
}
