import Dispatch
import Glibc
import TingleDSP
import TingleMix

/// The loudness of excerpts of a mix, rendered and measured on several threads.
///
/// The result does not depend on the number of threads: each excerpt has a meter of its own.
final class ExcerptMeasurement {
  /// A thread's renderer, kept from round to round. `@unchecked Sendable`: one thread at a time uses it.
  private final class Worker: @unchecked Sendable {
    private let renderer: MixRenderer
    private let block: Buffer<StereoFrame>
    private var position: Int

    init(_ mix: Mix, sampleRate: Double, startFrame: Int, excerptFrames: Int) {
      renderer = MixRenderer(mix, sampleRate: sampleRate, startFrame: startFrame)
      block = Buffer(repeating: .zero, count: excerptFrames)
      position = startFrame
    }

    func measure(_ range: Range<Int>, with meter: EBUR128Meter) {
      if range.lowerBound != position { renderer.seek(toFrame: range.lowerBound) }
      position = range.upperBound
      let excerpt = block[0..<range.count]
      renderer.render(into: excerpt)
      meter.add(UnsafeBufferPointer(excerpt))
    }
  }

  private let mix: Mix
  private let sampleRate: Double
  private let excerptFrames: Int
  private var workers: [Worker?]
  private var meters: [EBUR128Meter] = []

  /// - Parameters:
  ///   - sampleRate: in hertz.
  ///   - excerptFrames: the length of the longest excerpt.
  ///   - jobs: the number of threads.
  init(_ mix: Mix, sampleRate: Double, excerptFrames: Int, jobs: Int) {
    (self.mix, self.sampleRate, self.excerptFrames) = (mix, sampleRate, excerptFrames)
    workers = Array(repeating: nil, count: max(1, jobs))
  }

  /// Measures the next excerpts.
  func add(_ ranges: [Range<Int>]) {
    let channels = mix.isMono ? 1 : 2
    let count = min(workers.count, ranges.count)
    let (mix, sampleRate, excerptFrames) = (mix, sampleRate, excerptFrames)
    // Safe: one thread uses a meter or a worker, and they are read after all threads have ended.
    nonisolated(unsafe) let meters = ranges.map { _ in
      EBUR128Meter(sampleRate: Int(sampleRate), channels: channels, [.integrated, .samplePeak])
    }
    workers.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let workers = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        let own = (index * ranges.count / count)..<((index + 1) * ranges.count / count)
        let worker =
          workers[index]
          ?? Worker(
            mix, sampleRate: sampleRate, startFrame: ranges[own.lowerBound].lowerBound,
            excerptFrames: excerptFrames)
        workers[index] = worker
        for k in own { worker.measure(ranges[k], with: meters[k]) }
      }
    }
    self.meters += meters
  }

  /// The power of every excerpt that is above the absolute gate of BS.1770.
  var powers: [Double] {
    meters.map(\.integratedLUFS).filter(\.isFinite).map { pow(10, $0 / 10) }
  }

  /// The integrated loudness of all excerpts together, and their sample peak.
  var result: (lufs: Double, peakDB: Double) {
    let peak = meters.map(\.samplePeak).max() ?? 0
    return (EBUR128Meter.integratedLUFS(of: meters), 20 * log10(max(1e-9, peak)))
  }
}
