import Foundation
import TingleDSP
import TingleMix
import TinglePresets

extension LiveSession {
  /// The current status. Runs on the session's queue.
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
            ? shown(10 * log10(Double(power)) + mix.master.gainDB + scene.loudnessGainDB) : nil,
          place: layer.placeText, pace: layer.paceText)
      },
      momentaryLUFS: shown(monitor.momentaryLUFS), truePeakDB: shown(monitor.truePeakDB),
      underruns: player?.underruns ?? 0, worstLoad: player?.worstLoad ?? 0, sampleRate: sampleRate,
      latencySeconds: latencySeconds, device: deviceName, isWaiting: player?.isWaiting ?? false,
      script: scene.preset.script.map { Status.Script($0.timetable, at: now) }, trouble: trouble)
  }
}
