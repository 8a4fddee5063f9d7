import Dispatch
import Glibc
import TingleDSP
import TingleMix

/// Brings a mix to the loudness its master asks for, by listening to parts of it beforehand.
public enum LoudnessTarget {
  /// Excerpts of this length, evenly spread; a track that is not much longer is heard as a whole.
  private static let excerptSeconds = 8.0
  package static let excerpts = 40
  /// Gain during the measurement, so that no quiet mix falls below the absolute gate of BS.1770 at -70 LUFS.
  private static let liftDB = 80.0
  /// At one rate for all, so that the gain is the same at every rate.
  private static let sampleRate = 48000.0

  /// The same mix with its master's gain set so that the whole has the integrated loudness (EBU R 128) it asks for; unchanged
  /// if it asks for none, or is silent.
  /// - Parameter jobs: threads that listen.
  public static func levelled(_ mix: Mix, jobs: Int) -> Mix {
    levelled(mix, jobs: jobs, excerpts: excerpts)
  }

  /// The same, from another number of excerpts: the error grows as their number's root shrinks.
  package static func levelled(_ mix: Mix, jobs: Int, excerpts: Int) -> Mix {
    guard let target = mix.master.loudnessLUFS else { return mix }
    var result = mix
    // As mixed, without a limiter, and without a guard that needs to know the loudness; then once more if they will have
    // much to do.
    var open = mix
    open.master.gainDB = liftDB
    open.master.ceilingDB = 2 * liftDB
    if !mix.hasBed { open.master.startleLU = nil }
    var heard = listen(to: open, jobs: jobs, excerpts: excerpts)
    guard heard.lufs.isFinite else { return result }
    heard.lufs -= liftDB
    heard.peakDB -= liftDB
    var gainDB = target - heard.lufs
    let isGuarded = mix.master.startleLU != open.master.startleLU
    if isGuarded || heard.peakDB + gainDB > mix.master.ceilingDB + 3 {
      var closed = mix
      closed.master.gainDB = gainDB
      let limited = listen(to: closed, jobs: jobs, excerpts: excerpts)
      if limited.lufs.isFinite { gainDB += min(6, target - limited.lufs) }
    }
    // Tenths, so that a meter's last digit is never heard.
    result.master.gainDB += (10 * gainDB).rounded() / 10
    return result
  }

  private static func listen(
    to mix: Mix, jobs: Int, excerpts: Int
  ) -> (lufs: Double, peakDB: Double) {
    let length = mix.durationFrames(sampleRate: sampleRate)
    let part = Int(excerptSeconds * sampleRate)
    let channels = mix.isMono ? 1 : 2
    let isWhole = length <= 2 * excerpts * part
    var mix = mix
    if !isWhole { (mix.master.fadeInSeconds, mix.master.fadeOutSeconds) = (0, 0) }
    let count = isWhole ? max(1, (length + part - 1) / part) : excerpts
    // A meter for each part: what is found must not hang on how many threads listen.
    // Safe: each meter is used by one worker only, and read when all workers have ended.
    nonisolated(unsafe) let meters = (0..<count).map { _ in
      EBUR128Meter(sampleRate: Int(sampleRate), channels: channels, [.integrated, .samplePeak])
    }
    let prepared = mix
    let chance = Draws(seed: 1)
    let workers = min(max(1, jobs), count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      // Whole tracks in stretches, long ones in excerpts.
      func start(of k: Int) -> Int {
        guard !isWhole else { return k * part }
        // Somewhere in its share of the track: what comes round again and again must not be met at the same point each time.
        let share = (Double(k) + chance.uniform(UInt64(k))) / Double(count)
        return Int(Double(length - part) * share)
      }
      let block = Buffer<StereoFrame>(repeating: .zero, count: part)
      let own = (worker * count / workers)..<((worker + 1) * count / workers)
      var position = start(of: own.lowerBound)
      let renderer = MixRenderer(prepared, sampleRate: sampleRate, startFrame: position)
      for k in own {
        let start = start(of: k)
        if start != position { renderer.seek(toFrame: start) }
        let heard = block[0..<min(part, length - start)]
        position = start + heard.count
        renderer.render(into: heard)
        meters[k].add(UnsafeBufferPointer(heard))
      }
    }
    let peak = meters.map(\.samplePeak).max() ?? 0
    return (EBUR128Meter.integratedLUFS(of: meters), 20 * log10(max(1e-9, peak)))
  }
}
