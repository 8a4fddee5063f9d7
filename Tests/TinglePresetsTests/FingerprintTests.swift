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
    "bedtime-whisper": "61d2536616f35666",
    "book-tapping": "2438a12da5d60362",
    "breathe-with-me": "35ebcbdaeb854484",
    "crinkly-wrapper": "1f7232d8ed3c66ce",
    "focus": "e1574cb586562647",
    "glass-and-tin": "d19a03534295864c",
    "nails-on-wood": "164de3b0b296d865",
    "sleep": "1058964a533af5fb",
    "slow-pages": "57c993cb7b97a033",
    "soft-nonsense": "8c97644fc31a3b8c",
    "tissue-box": "b9b9ce3dc9153b86",
    "unwind": "100d55b09c1e700e",
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
