import Dispatch
import Synchronization
import TingleAudio
import TingleDSP
import TingleMix

/// How loud a trigger is at a level of 0 dB, alone, for loudspeakers, without fades, limiter or startle guard at work.
public enum Calibration {
  /// What every trigger has to have, in LUFS.
  public static let targetLUFS = -26.0
  /// How far it may be off, in LU.
  public static let toleranceLU = 1.5

  private static let sampleRate = 48000.0
  // So far below the level of 0 dB that no limiter has work.
  private static let marginDB = 20.0

  /// The integrated loudness, in LUFS: the mean of some seeds, as sparse sounds differ from seed to seed.
  /// - Parameters:
  ///   - seeds: how many.
  ///   - seconds: of each.
  public static func loudnessLUFS(of trigger: any Trigger, seeds: Int, seconds: Double) -> Double {
    let sum = (1...seeds).reduce(0) { $0 + loudnessLUFS(of: trigger, seed: UInt64($1), seconds: seconds) }
    return sum / Double(seeds)
  }

  /// The loudness of each case, measured on all cores.
  public static func loudnessLUFS(of cases: [CalibrationCase], seeds: Int, seconds: Double) -> [Double] {
    let found = Mutex([Double](repeating: 0, count: cases.count))
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      let loudness = loudnessLUFS(of: cases[index].trigger, seeds: seeds, seconds: seconds)
      found.withLock { $0[index] = loudness }
    }
    return found.withLock { $0 }
  }

  private static func loudnessLUFS(of trigger: any Trigger, seed: UInt64, seconds: Double) -> Double {
    var mix = Mix(
      layers: [LayerSettings(name: "layer", trigger: trigger, levelDB: -marginDB, place: nil)], seed: seed,
      durationSeconds: seconds)
    mix.output = .speakers
    mix.master.fadeInSeconds = 0
    mix.master.fadeOutSeconds = 0
    let frames = Int(seconds * sampleRate)
    let meter = LoudnessMeter(sampleRate: Int(sampleRate), expectedFrames: frames)
    let renderer = MixRenderer(mix, sampleRate: sampleRate)
    withUnsafeTemporaryAllocation(of: StereoFrame.self, capacity: 4096) { block in
      for start in stride(from: 0, to: frames, by: block.count) {
        let part = block.extracting(0..<min(block.count, frames - start))
        renderer.render(into: part)
        meter.add(UnsafeBufferPointer(part))
      }
    }
    return meter.reading.integratedLUFS + marginDB
  }
}
