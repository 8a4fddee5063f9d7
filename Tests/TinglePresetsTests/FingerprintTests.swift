import Foundation
import Measure
import Testing
import TingleMix
import TinglePresets

/// The sound of every shipped preset, pinned for good. A change of a fingerprint is a change of what people hear: it
/// goes with a line in the CHANGELOG.
///
/// The fingerprints are in `fingerprints.txt`, a line for each preset and a column for each moment of it. `make fingerprints`
/// renders the presets and rewrites that file; `git diff` then shows which presets changed, and where.
@Suite("Fingerprints")
struct FingerprintTests {
  /// Where in a track it is listened to.
  private enum Moment: String, CaseIterable {
    case beginning, slope, middle, waking, end

    /// In seconds from the track's beginning.
    func seconds(in mix: Mix) -> Double {
      let whole = mix.durationSeconds
      let waking = mix.wakeSeconds ?? 0
      switch self {
      // Half-way through the fade-in.
      case .beginning: return mix.master.fadeInSeconds / 2
      // Where the triggers of a mix that winds down are far down already, but not gone.
      case .slope: return min(Arc.stages.faint + 120, whole / 3)
      case .middle: return whole / 2
      // Half-way through the wake-up; two thirds into a track without one.
      case .waking: return waking > 0 ? whole - waking / 2 : whole * 2 / 3
      // Half-way through the fade-out.
      case .end: return whole - mix.master.fadeOutSeconds / 2
      }
    }
  }

  private static let heardSeconds = 2.0
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("fingerprints.txt")
  private static let isRecording = ProcessInfo.processInfo.environment["TINGLE_RECORD_FINGERPRINTS"] != nil
  private static let names = PresetLibrary(environment: [:], executable: nil).entries().map(\.name).sorted()

  /// What the file says: each preset's fingerprints by its name.
  private static let recorded: [String: [Substring]] = {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
    return Dictionary(rows.map { (String($0[0]), Array($0.dropFirst())) }) { first, _ in first }
  }()

  /// FNV-1a, 64 bits in hexadecimal digits, over two seconds of samples of 16 bits at 48 kHz, for each moment.
  private static func fingerprints(ofPreset name: String) throws -> [String] {
    let mix = try PresetLibrary(environment: [:], executable: nil).preset(name).mix
    let count = Int(heardSeconds * 48000)
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
    "every shipped preset sounds as it did at five moments", .disabled(if: isRecording), arguments: names)
  func unchanged(name: String) throws {
    let known = try #require(Self.recorded[name], "no fingerprints: `make fingerprints` records them")
    let found = try Self.fingerprints(ofPreset: name)
    try #require(known.count == found.count)
    for (k, moment) in Moment.allCases.enumerated() {
      #expect(known[k] == found[k], "at the moment '\(moment)'")
    }
  }

  @Test(
    "no two presets have the same fingerprints, and none lacks them", .disabled(if: isRecording))
  func complete() {
    #expect(Self.recorded.keys.sorted() == Self.names)
    #expect(Set(Self.recorded.values).count == Self.names.count)
  }

  @Test("the fingerprints are written down", .enabled(if: isRecording))
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
