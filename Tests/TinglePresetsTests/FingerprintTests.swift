import Foundation
import Measure
import Testing
import TingleMix
import TinglePresets

/// Regression test of the sound of every shipped preset. A change of a fingerprint is an audible change and
/// needs an entry in the CHANGELOG.
///
/// `fingerprints.txt` has a line for each preset and a column for each moment. `make fingerprints` renders
/// the presets and rewrites the file; `git diff` then shows which presets changed, and at which moments.
@Suite("Fingerprints")
struct FingerprintTests {
  /// The moments of a track that are hashed.
  private enum Moment: String, CaseIterable {
    case beginning, slope, middle, waking, end

    /// The time in seconds from the beginning of the track.
    func seconds(in mix: Mix) -> Double {
      let end = mix.durationSeconds
      let waking = mix.wakeSeconds ?? 0
      switch self {
      // Halfway through the fade-in.
      case .beginning: return mix.master.fadeInSeconds / 2
      // The triggers of a wind-down mix are faint but still audible.
      case .slope: return min(Arc.stages.faint + 120, end / 3)
      case .middle: return end / 2
      // Halfway through the wake-up; at two thirds of a track without one.
      case .waking: return waking > 0 ? end - waking / 2 : end * 2 / 3
      // Halfway through the fade-out.
      case .end: return end - mix.master.fadeOutSeconds / 2
      }
    }
  }

  private static let hashedSeconds = 2.0
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("fingerprints.txt")
  private static let isRecording = ProcessInfo.processInfo.environment["TINGLE_RECORD_FINGERPRINTS"] != nil
  private static let names = PresetLibrary(environment: [:], executable: nil).entries().map(\.name).sorted()

  /// The recorded fingerprints by the name of the preset.
  private static let recorded: [String: [Substring]] = {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
    return Dictionary(rows.map { (String($0[0]), Array($0.dropFirst())) }) { first, _ in first }
  }()

  /// The 64-bit FNV-1a hash of two seconds of 16-bit samples at 48 kHz for each moment, in hexadecimal.
  private static func fingerprints(ofPreset name: String) throws -> [String] {
    let mix = try PresetLibrary(environment: [:], executable: nil).preset(name).mix
    let count = Int(hashedSeconds * 48000)
    return Moment.allCases.map { moment in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      let start = Int(moment.seconds(in: mix) * 48000)
      for frame in Rendering.frames(mix, from: start, count: count) {
        for value in [frame.x, frame.y] {
          let sample = UInt16(bitPattern: Int16((Double(value) * 32767).rounded()))
          hash = (hash ^ UInt64(sample)) &* 0x0000_0100_0000_01B3
        }
      }
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  @Test(
    "the samples of every shipped preset match the recorded hashes at five moments",
    .disabled(if: isRecording), arguments: names)
  func unchanged(name: String) throws {
    let known = try #require(Self.recorded[name], "no fingerprints: `make fingerprints` records them")
    let found = try Self.fingerprints(ofPreset: name)
    try #require(known.count == found.count)
    for (k, moment) in Moment.allCases.enumerated() {
      #expect(known[k] == found[k], "at the moment '\(moment)'")
    }
  }

  @Test(
    "every preset has recorded hashes, and no two presets have the same ones", .disabled(if: isRecording))
  func complete() {
    #expect(Self.recorded.keys.sorted() == Self.names)
    #expect(Set(Self.recorded.values).count == Self.names.count)
  }

  @Test("records the fingerprints", .enabled(if: isRecording))
  func record() throws {
    let width = Self.names.map(\.count).max() ?? 0
    func row(_ name: String, _ columns: [String]) -> String {
      let cells = [name.padding(toLength: width, withPad: " ", startingAt: 0)] + columns
      return cells.joined(separator: " ")
    }
    let header = row(
      "preset", Moment.allCases.map { $0.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0) })
    let rows = try Self.names.map { row($0, try Self.fingerprints(ofPreset: $0)) }
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    try text.write(to: Self.file, atomically: true, encoding: .utf8)
  }
}
