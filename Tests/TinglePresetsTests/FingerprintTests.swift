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
    "a-small-win": "b5e17e916865f8f1",
    "bedtime-whisper": "be6e83aa5eb4174e",
    "book-tapping": "e4ea9d8c8c05869",
    "breathe-with-me": "a3dd0ce641ae0f4c",
    "calm-nerves": "db1a6f42510c179",
    "compass": "e3a20085a2f516c5",
    "crinkly-wrapper": "871b50f92248b3b4",
    "dark-noise": "8d48aee4549bc403",
    "daydream": "d4c669fd957cac43",
    "ear-to-ear-whisper": "d932cc6cae7fe897",
    "ease-an-ache": "d140cd0ba54c8cfd",
    "fall-asleep": "a9d51a722bf54abc",
    "fireside": "13dbf4acf9d827ac",
    "focus-on-work": "218530518c739288",
    "focus-while-reading": "8ba8ec657ff974f8",
    "glass-and-tin": "175cba2331efc894",
    "hair-brushing": "de77557b2eaaddc5",
    "haircut": "32895a31c8b680be",
    "hands-round-your-head": "91857eb497073552",
    "henna": "ab6b4ffdbe337fc3",
    "library": "49885c767cf4f438",
    "lift-the-mood": "a01b06350e358af",
    "nails-on-wood": "cc12937a1ff73fc0",
    "night-and-morning": "719606048b0e065c",
    "petting-a-cat": "f589e84f32f9b642",
    "rain-on-the-window": "b9ea9afde49fa30f",
    "relax": "a41e6f8a1a3fc50",
    "sleep": "719606048b0e065c",
    "slow-dishes": "7018e25b01196b51",
    "slow-pages": "b229fe40be6e7988",
    "soft-nonsense": "c48dd838d5172ed6",
    "stay-asleep": "1b50c31825cde655",
    "tissue-box": "910be69b1ef24bef",
    "unwind": "db1bfbeb790849bc",
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
