import Foundation
import TingleFiles
import TingleMix
import TingleSupport

/// The result of comparing a file with its manifest entry and with a new render of an excerpt.
public enum Verification: Sendable, Equatable {
  case same
  case missing
  /// The file's checksum differs from the manifest's.
  case changed
  /// The file is unchanged, but another version of the program rendered it, whose sound can differ.
  case otherVersion(String)
  /// The file is unchanged, but the excerpt at this time renders differently.
  case differs(atSeconds: Double)

  private static let excerptSeconds = 5.0

  /// Verifies a file: compares its checksum, then renders an excerpt of five seconds and compares the
  /// samples.
  /// - Parameters:
  ///   - entry: the manifest entry of the file.
  ///   - folder: the folder of the manifest.
  ///   - jobs: the number of threads that measure the loudness of the mix.
  /// - Throws: `UserError` for an entry that is not valid, or a file that cannot be read.
  public static func of(_ entry: Manifest.Entry, in folder: String, jobs: Int) throws -> Verification {
    let job = try entry.job(folder: folder)
    guard FileSystem.exists(job.path) else { return .missing }
    guard try Checksum.ofFile(job.path) == entry.sha256 else { return .changed }
    guard entry.tingleVersion == Provenance.currentVersion else { return .otherVersion(entry.tingleVersion) }
    let count = min(job.frames.count, Int(excerptSeconds * Double(job.sampleRate)))
    // The checksum selects the excerpt, so that it differs from file to file.
    let share = Double(UInt32(entry.sha256.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
    let offset = Int(Double(job.frames.count - count) * share)
    let reader = try SoundFileReader(job.path)
    try reader.seek(toFrame: offset)
    let stored = try reader.next(count)
    let renderer = MixRenderer(
      try job.levelledMix(jobs: jobs), sampleRate: Double(job.sampleRate),
      startFrame: job.frames.lowerBound + offset)
    var rendered = [StereoFrame](repeating: .zero, count: count)
    rendered.withUnsafeMutableBufferPointer { renderer.render(into: $0) }
    let isSame =
      job.format.depth == nil
      ? haveSimilarLevels(stored, rendered)
      : stored == quantized(rendered, job, startFrame: job.frames.lowerBound + offset)
    return isSame ? .same : .differs(atSeconds: Double(offset) / Double(job.sampleRate))
  }

  /// The frames as a lossless file returns them: quantized and dithered.
  private static func quantized(_ frames: [StereoFrame], _ job: Job, startFrame: Int) -> [StereoFrame] {
    let format: SampleFormat =
      job.format.depth == .int16 ? .int16 : job.format.depth == .float ? .float32 : .float32Rounded24
    let encoder = SampleEncoder(format, channels: job.channels, seed: job.preset.mix.seed)
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: frames.count * encoder.frameBytes, alignment: 16)
    defer { bytes.deallocate() }
    frames.withUnsafeBufferPointer {
      encoder.encode($0, startFrame: startFrame, into: bytes.baseAddress!)
    }
    let values: [Float] =
      format == .int16
      ? bytes.bindMemory(to: Int16.self).map { Float($0) / 32768 } : Array(bytes.bindMemory(to: Float.self))
    return frames.indices.map { k in
      job.channels == 1 ? StereoFrame(repeating: values[k]) : StereoFrame(values[2 * k], values[2 * k + 1])
    }
  }

  /// Whether levels in steps of a tenth of a second agree: within 1 dB on average and 4 dB at most. Lossy
  /// formats preserve no more than that.
  private static func haveSimilarLevels(_ a: [StereoFrame], _ b: [StereoFrame]) -> Bool {
    guard a.count == b.count else { return false }
    let step = max(1, a.count / 50)
    func levels(_ frames: [StereoFrame]) -> [Float] {
      stride(from: 0, to: frames.count - step + 1, by: step).map { start in
        let energy = frames[start..<start + step].reduce(Float(1e-9)) { $0 + ($1 * $1).sum() }
        return 10 * log10(energy / Float(step))
      }
    }
    let differences = zip(levels(a), levels(b)).map { abs($0 - $1) }
    return differences.reduce(0, +) / Float(max(1, differences.count)) < 1 && (differences.max() ?? 0) < 4
  }
}
