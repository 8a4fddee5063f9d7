import Dispatch
import Glibc
import TingleDSP
import TingleMix

/// Sets a mix's master gain so that the track reaches its target loudness, by rendering and measuring
/// excerpts.
public enum LoudnessTarget {
  /// The length of an excerpt.
  private static let excerptSeconds = 8.0
  /// The number of evenly spaced excerpts; a track up to twice their total length is measured completely.
  package static let excerpts = 40
  /// The gain during the measurement, which keeps quiet mixes above the absolute gate of BS.1770 at -70 LUFS.
  private static let liftDB = 80.0
  /// All mixes are measured at one sample rate, so that the gain does not depend on the output's.
  private static let sampleRate = 48000.0

  /// Returns the mix with the master gain that gives the track its target integrated loudness (EBU R 128).
  ///
  /// The mix is unchanged if it has no target or is silent.
  /// - Parameter jobs: the number of threads that render and measure.
  public static func levelled(_ mix: Mix, jobs: Int) -> Mix {
    levelled(mix, jobs: jobs, excerpts: excerpts)
  }

  /// The same with another number of excerpts; the error is inversely proportional to its square root.
  package static func levelled(_ mix: Mix, jobs: Int, excerpts: Int) -> Mix {
    guard let target = mix.master.loudnessLUFS else { return mix }
    var result = mix
    // First measure without the limiter, and without a startle guard that depends on the loudness. Measure
    // again with both if they will change the loudness noticeably.
    var unlimited = mix
    unlimited.master.gainDB = liftDB
    unlimited.master.ceilingDB = 2 * liftDB
    if !mix.hasBed { unlimited.master.startleLU = nil }
    var measured = measure(unlimited, jobs: jobs, excerpts: excerpts)
    guard measured.lufs.isFinite else { return result }
    measured.lufs -= liftDB
    measured.peakDB -= liftDB
    var gainDB = target - measured.lufs
    let hasRemovedGuard = mix.master.startleLU != unlimited.master.startleLU
    if hasRemovedGuard || measured.peakDB + gainDB > mix.master.ceilingDB + 3 {
      var adjusted = mix
      adjusted.master.gainDB = gainDB
      let limited = measure(adjusted, jobs: jobs, excerpts: excerpts)
      if limited.lufs.isFinite { gainDB += min(6, target - limited.lufs) }
    }
    // Rounded to 0.1 dB, so that rounding errors of the meter do not change the output.
    result.master.gainDB += (10 * gainDB).rounded() / 10
    return result
  }

  /// Measures the integrated loudness and the sample peak of a mix.
  private static func measure(_ mix: Mix, jobs: Int, excerpts: Int) -> (lufs: Double, peakDB: Double) {
    let length = mix.durationFrames(sampleRate: sampleRate)
    let part = Int(excerptSeconds * sampleRate)
    let channels = mix.isMono ? 1 : 2
    let coversTrack = length <= 2 * excerpts * part
    var mix = mix
    if !coversTrack { (mix.master.fadeInSeconds, mix.master.fadeOutSeconds) = (0, 0) }
    let count = coversTrack ? max(1, (length + part - 1) / part) : excerpts
    // One meter per excerpt, so that the result does not depend on the number of threads.
    // Safe: each meter is used by one worker only, and read after all workers have ended.
    nonisolated(unsafe) let meters = (0..<count).map { _ in
      EBUR128Meter(sampleRate: Int(sampleRate), channels: channels, [.integrated, .samplePeak])
    }
    let prepared = mix
    let draws = Draws(seed: 1)
    let workers = min(max(1, jobs), count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      func start(of k: Int) -> Int {
        guard !coversTrack else { return k * part }
        // Jittered within its section of the track, so that periodic changes are not sampled in one phase.
        let fraction = (Double(k) + draws.uniform(UInt64(k))) / Double(count)
        return Int(Double(length - part) * fraction)
      }
      let block = Buffer<StereoFrame>(repeating: .zero, count: part)
      let own = (worker * count / workers)..<((worker + 1) * count / workers)
      var position = start(of: own.lowerBound)
      let renderer = MixRenderer(prepared, sampleRate: sampleRate, startFrame: position)
      for k in own {
        let start = start(of: k)
        if start != position { renderer.seek(toFrame: start) }
        let excerpt = block[0..<min(part, length - start)]
        position = start + excerpt.count
        renderer.render(into: excerpt)
        meters[k].add(UnsafeBufferPointer(excerpt))
      }
    }
    let peak = meters.map(\.samplePeak).max() ?? 0
    return (EBUR128Meter.integratedLUFS(of: meters), 20 * log10(max(1e-9, peak)))
  }
}
