import Foundation
import Measure
import Testing
import TingleMix
import TinglePresets

/// The sound of every shipped preset, pinned for good. A change of a fingerprint is a change of what people hear: it
/// goes with a line in the CHANGELOG.
@Suite("Fingerprints")
struct FingerprintTests {
  static let fingerprints = [
    "bedtime-whisper": "1a2a5daf50b999b",
    "book-tapping": "6800b958e20d4711",
    "breathe-with-me": "68f70cad4b9d246",
    "compass": "84e5b13ed3263384",
    "crinkly-wrapper": "871b50f92248b3b4",
    "ear-to-ear-whisper": "9ca883bfd69453f7",
    "focus": "218530518c739288",
    "glass-and-tin": "69ca0a9732ca37d1",
    "hands-round-your-head": "ef02064fcd6561",
    "nails-on-wood": "cc12937a1ff73fc0",
    "sleep": "9d18cf0feedede94",
    "slow-pages": "b5bd47b0a74aa44c",
    "soft-nonsense": "b7a38c6e94b3323d",
    "tissue-box": "387a837377e4a92a",
    "unwind": "f905060ef190f5db",
  ]

  /// FNV-1a over samples of 16 bits, from ten seconds into the track and from an hour into it.
  private func fingerprint(_ mix: Mix) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for start in [480_000, 3600 * 48000] {
      var endless = mix
      endless.durationSeconds = 8 * 3600
      for frame in Rendering.frames(endless, from: start, count: 480_000) {
        for value in [frame.x, frame.y] {
          let sample = UInt16(bitPattern: Int16((Double(value) * 32767).rounded()))
          hash = (hash ^ UInt64(sample)) &* 0x0000_0100_0000_01B3
        }
      }
    }
    return String(hash, radix: 16)
  }

  @Test("every shipped preset sounds as it did", arguments: fingerprints.keys.sorted())
  func unchanged(name: String) throws {
    let preset = try PresetLibrary(environment: [:], executable: nil).preset(name)
    #expect(fingerprint(preset.mix) == Self.fingerprints[name])
  }

  @Test("no shipped preset lacks its fingerprint")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "Presets").filter {
      $0.hasSuffix(".yaml")
    }
    #expect(Set(names.map { String($0.dropLast(5)) }) == Set(Self.fingerprints.keys))
  }
}
