import Glibc
import TingleDSP
import TingleMix

/// Sets a mix's master gain so that the track reaches its target loudness, by rendering and measuring
/// excerpts.
public enum LoudnessTarget {
  /// The length of an excerpt.
  private static let excerptSeconds = 8.0
  /// The largest number of evenly spaced excerpts; a track up to their total length is measured completely.
  package static let excerpts = 40
  /// Excerpts are measured in rounds of this many, until their mean is known well enough.
  private static let excerptsPerRound = 8
  /// The standard error of the mean power at which the measurement ends, as a ratio: about 0.25 dB.
  private static let standardError = 0.06
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

  /// The same with another number of excerpts.
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
    let coversTrack = length <= excerpts * part
    let fadeGain = coversTrack ? 0 : fadeGainLU(mix)
    var mix = mix
    if !coversTrack { (mix.master.fadeInSeconds, mix.master.fadeOutSeconds) = (0, 0) }
    let count = coversTrack ? max(1, (length + part - 1) / part) : excerpts
    let draws = Draws(seed: 1)
    let ranges = (0..<count).map { k in
      guard !coversTrack else { return k * part..<min(length, (k + 1) * part) }
      // Jittered within its section of the track, so that periodic changes are not sampled in one phase.
      let fraction = (Double(k) + draws.uniform(UInt64(k))) / Double(count)
      let start = Int(Double(length - part) * fraction)
      return start..<start + part
    }
    let measurement = ExcerptMeasurement(mix, sampleRate: sampleRate, excerptFrames: part, jobs: jobs)
    let rounds = coversTrack ? 1 : max(1, count / excerptsPerRound)
    for round in 0..<rounds {
      // Each round is spread evenly over the track; the first is in the middle of its sections.
      let first = (rounds / 2 + round) % rounds
      measurement.add(stride(from: first, to: count, by: rounds).map { ranges[$0] })
      let (powers, total) = (measurement.powers, Double(count))
      guard powers.count >= excerptsPerRound else { continue }
      let (n, mean) = (Double(powers.count), powers.reduce(0, +) / Double(powers.count))
      let variance = powers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
      if (variance / n * max(0, 1 - n / total)).squareRoot() <= standardError * mean { break }
    }
    let result = measurement.result
    return (result.lufs + fadeGain, result.peakDB)
  }

  /// The change of a steady track's integrated loudness by its fades: the mean power of the frames that pass
  /// the relative gate of BS.1770, 10 LU below.
  private static func fadeGainLU(_ mix: Mix) -> Double {
    let fadeSeconds = min(mix.durationSeconds, mix.master.fadeInSeconds + mix.master.fadeOutSeconds)
    let steps = 64
    let gains = (0..<steps).map { Curves.step((Double($0) + 0.5) / Double(steps)) }
    let powers = gains.map { $0 * $0 }.filter { $0 > 0.1 }
    let secondsPerStep = fadeSeconds / Double(steps)
    let steadySeconds = mix.durationSeconds - fadeSeconds
    let energy = steadySeconds + secondsPerStep * powers.reduce(0, +)
    return 10 * log10(energy / (steadySeconds + secondsPerStep * Double(powers.count)))
  }
}
