import Dispatch
import Measure
import Synchronization
import TingleDSP
import TingleMetering

/// Measures the loudness of a trigger at a level of 0 dB: one layer on loudspeakers, without fades and gain
/// reduction.
public enum Calibration {
  /// The integrated loudness that every trigger is calibrated to, in LUFS.
  public static let targetLUFS = -26.0
  /// The largest deviation allowed, in LU.
  public static let toleranceLU = 1.5

  private static let sampleRate = 48000.0
  // The mix is rendered this far below 0 dB, so that the limiter does not act.
  private static let marginDB = 20.0

  /// The integrated loudness, in LUFS: the mean over several seeds, since sparse sounds vary with the seed.
  /// - Parameters:
  ///   - seeds: the number of seeds.
  ///   - seconds: the length rendered with each seed.
  public static func loudnessLUFS(of trigger: any Trigger, seeds: Int, seconds: Double) -> Double {
    let sum = (1...seeds).reduce(0) { $0 + loudnessLUFS(of: trigger, seed: UInt64($1), seconds: seconds) }
    return sum / Double(seeds)
  }

  /// The loudness of each case, measured on all cores.
  public static func loudnessLUFS(of cases: [CalibrationCase], seeds: Int, seconds: Double) -> [Double] {
    let results = Mutex([Double](repeating: 0, count: cases.count))
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      let loudness = loudnessLUFS(of: cases[index].trigger, seeds: seeds, seconds: seconds)
      results.withLock { $0[index] = loudness }
    }
    return results.withLock { $0 }
  }

  private static func loudnessLUFS(of trigger: any Trigger, seed: UInt64, seconds: Double) -> Double {
    let mix = Rendering.mix(trigger, seconds: seconds, seed: seed, levelDB: -marginDB)
    let frames = Rendering.frames(mix, sampleRate: sampleRate, count: Int(seconds * sampleRate))
    let meter = LoudnessMeter(sampleRate: Int(sampleRate), expectedFrames: frames.count)
    frames.withUnsafeBufferPointer(meter.add)
    return meter.measurement.integratedLUFS + marginDB
  }
}
