import Foundation
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

/// The state of a live session at a moment: what `tingle ctl status` prints as text or JSON.
public struct Status: Sendable, Codable {
  /// The state of a layer.
  public struct Layer: Sendable, Codable {
    public var name: String
    /// The type of its trigger.
    public var trigger: String
    public var levelDB: Double
    public var isMuted: Bool
    public var isSolo: Bool
    /// The current RMS level after gain, in dBFS; nil below -90 dBFS.
    public var meterDB: Double?
    /// Its place and pace, as a preset writes them; nil if it has none.
    public var place: String?
    public var pace: String?
  }

  /// The name of the preset.
  public var preset: String
  public var title: String
  public var seed: UInt64
  public var isPaused: Bool
  /// The master level in decibels, without the gain of the loudness target.
  public var masterDB: Double
  /// The position in the track, and its end, in seconds.
  public var seconds: Double
  public var endSeconds: Double
  /// The time until a timer ends the track, in seconds; nil without a timer.
  public var sleepSeconds: Double?
  public var layers: [Layer]
  /// The momentary loudness (400 ms) in LUFS; nil in silence.
  public var momentaryLUFS: Double?
  /// The highest true peak of the last seconds in dBTP; nil in silence.
  public var truePeakDB: Double?
  /// The number of underruns of the device's buffer.
  public var underruns: Int
  /// The longest rendering time of a period, as a fraction of the period.
  public var worstLoad: Double
  public var sampleRate: Double
  /// The length of the device's buffer in seconds.
  public var latencySeconds: Double
  public var device: String
  /// Whether the device is missing or does not accept frames, and the player waits for it.
  public var isWaiting: Bool

  /// The position in the preset's script; nil without one.
  public var script: Script?

  /// The latest fault that did not stop the sound, for example an incomplete recording or a MIDI map that was
  /// not saved.
  public var trouble: String?

  /// The status of a session without a preset.
  static let blank = Status(
    preset: "", title: "", seed: 0, isPaused: false, masterDB: 0, seconds: 0, endSeconds: 0, layers: [],
    underruns: 0, worstLoad: 0, sampleRate: 48000, latencySeconds: 0, device: "",
    isWaiting: false)

  /// JSON on one line.
  public var json: String { DisplayText.json(CompactJSON.text(self)) }

  /// The status as lines of text.
  public var text: String {
    func level(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-" }
    var lines = [
      "preset: \(preset) (\(title), seed \(seed))",
      "time: \(Quantity.describe(seconds.rounded(), .seconds))"
        + " of \(Quantity.describe(endSeconds.rounded(), .seconds))"
        + (isPaused ? ", paused" : "")
        + (sleepSeconds.map { ", ends in \(Quantity.describe($0.rounded(), .seconds))" } ?? ""),
      "master: \(Quantity.describe(masterDB, .decibels))",
      "loudness: \(level(momentaryLUFS)) LUFS, true peak \(level(truePeakDB)) dBTP",
      "device: \(device)\(isWaiting ? " (not responding; waiting for it)" : ""), \(Int(sampleRate)) Hz, "
        + "latency \(Int((1000 * latencySeconds).rounded())) ms, \(underruns) underruns, "
        + "peak load \(Int((100 * worstLoad).rounded())) %",
    ]
    if let chapter = script?.chapter { lines.append("chapter: \(chapter)") }
    if let line = script?.current { lines.append("line: \(line.text)") }
    for line in script?.next ?? [] {
      let left = Quantity.describe((line.startSeconds - seconds).rounded(), .seconds)
      lines.append("next: \(line.text) (in \(left))")
    }
    if let trouble { lines.append("trouble: \(trouble)") }
    for layer in layers {
      let state = layer.isMuted ? " (muted)" : layer.isSolo ? " (solo)" : ""
      let place = layer.place.map { ", \($0)" } ?? ""
      lines.append(
        "layer: \(layer.name) (\(layer.trigger)) \(Quantity.describe(layer.levelDB, .decibels))"
          + "\(place)\(state)"
      )
    }
    return lines.map(DisplayText.line).joined(separator: "\n")
  }
}
