import Foundation
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

/// What is playing, and how, at a moment.
public struct Status: Sendable, Codable {
  public struct Layer: Sendable, Codable {
    public var name: String
    public var trigger: String
    public var levelDB: Double
    public var isMuted: Bool
    public var isSolo: Bool
    /// What is heard of it now; absent when nothing is.
    public var meterDB: Double?
    public var place: String?
    public var pace: String?
  }

  public var preset: String
  public var title: String
  public var seed: UInt64
  public var isPaused: Bool
  /// The whole's level, as it was set.
  public var masterDB: Double
  /// The track's time, and when it ends.
  public var seconds: Double
  public var endSeconds: Double
  /// How long until a sleep timer ends it; absent without one.
  public var sleepSeconds: Double?
  public var layers: [Layer]
  public var momentaryLUFS: Double?
  public var truePeakDB: Double?
  public var underruns: Int
  /// The longest that a period took to render, as a share of its length.
  public var worstLoad: Double
  public var sampleRate: Double
  public var latencySeconds: Double
  public var device: String
  /// Whether the device is gone, or takes nothing, and is waited for.
  public var isWaiting: Bool

  /// The latest fault that did not stop the sound, as a sentence: an incomplete recording, a MIDI map that was not saved.
  public var trouble: String?

  /// Nothing.
  static let blank = Status(
    preset: "", title: "", seed: 0, isPaused: false, masterDB: 0, seconds: 0, endSeconds: 0, layers: [],
    underruns: 0, worstLoad: 0, sampleRate: 48000, latencySeconds: 0, device: "",
    isWaiting: false)

  /// One line.
  public var json: String { DisplayText.json(CompactJSON.text(self)) }

  /// A few lines, for people.
  public var text: String {
    func level(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-" }
    var lines = [
      "preset: \(preset) (\(title), seed \(seed))",
      "time: \(Quantity.describe(seconds.rounded(), .seconds)) of \(Quantity.describe(endSeconds.rounded(), .seconds))"
        + (isPaused ? ", paused" : "")
        + (sleepSeconds.map { ", ends in \(Quantity.describe($0.rounded(), .seconds))" } ?? ""),
      "master: \(Quantity.describe(masterDB, .decibels))",
      "loudness: \(level(momentaryLUFS)) LUFS, true peak \(level(truePeakDB)) dBTP",
      "device: \(device)\(isWaiting ? " (does not answer; waiting for it)" : ""), \(Int(sampleRate)) Hz, latency \(Int((1000 * latencySeconds).rounded())) ms, "
        + "\(underruns) underruns, load \(Int((100 * worstLoad).rounded())) % at most",
    ]
    if let trouble { lines.append("trouble: \(trouble)") }
    for layer in layers {
      let state = layer.isMuted ? " (muted)" : layer.isSolo ? " (solo)" : ""
      let place = layer.place.map { ", \($0)" } ?? ""
      lines.append(
        "layer: \(layer.name) (\(layer.trigger)) \(Quantity.describe(layer.levelDB, .decibels))\(place)\(state)"
      )
    }
    return lines.map(DisplayText.line).joined(separator: "\n")
  }
}

extension LiveSession {
  /// On the session's queue.
  func currentStatus() -> Status {
    liveRenderer.collect()
    let renderer = liveRenderer.current.renderer
    let mix = scene.preset.mix
    let now = position
    func shown(_ value: Double) -> Double? { value.isFinite ? (10 * value).rounded() / 10 : nil }
    let sounding = liveRenderer.current.change.segment.mix?.layers.map(\.name)
    return Status(
      preset: scene.preset.name, title: scene.preset.title, seed: mix.seed, isPaused: scene.pausedAt != nil,
      masterDB: mix.master.gainDB,
      seconds: now, endSeconds: scene.endSeconds,
      sleepSeconds: scene.timer.map { _ in scene.endSeconds - now },
      layers: mix.layers.map { layer in
        let power = sounding?.firstIndex(of: layer.name).flatMap { renderer?.power(ofLayer: $0) } ?? 0
        return Status.Layer(
          name: layer.name, trigger: type(of: layer.trigger).name, levelDB: layer.levelDB,
          isMuted: scene.muted.contains(layer.name), isSolo: scene.soloed.contains(layer.name),
          meterDB: power > 1e-9
            ? shown(10 * log10(Double(power)) + mix.master.gainDB + scene.foundGainDB) : nil,
          place: layer.placeText, pace: layer.paceText)
      },
      momentaryLUFS: shown(monitor.momentaryLUFS), truePeakDB: shown(monitor.truePeakDB),
      underruns: player?.underruns ?? 0, worstLoad: player?.worstLoad ?? 0, sampleRate: sampleRate,
      latencySeconds: latencySeconds, device: deviceName, isWaiting: player?.isWaiting ?? false,
      trouble: trouble)
  }
}
