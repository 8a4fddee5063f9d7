import Foundation
import TingleFiles
import TingleMix
import TingleSupport

/// Whether a file is still what its manifest says, and whether the program would make it so again.
public enum Verification: Sendable, Equatable {
  case same
  case missing
  /// Its content is another.
  case changed
  /// Made by another version of the program, whose sounds may differ.
  case otherVersion(String)
  /// A sample of it, made again, differs from it.
  case differs(atSeconds: Double)

  private static let sampleSeconds = 5.0

  /// Looks at a file: all of it for its checksum, and a few seconds of it for the sound, made again.
  /// - Parameters:
  ///   - folder: the manifest's.
  ///   - jobs: threads that listen.
  /// - Throws: `UserError`, `UserError` for an entry that makes no sense.
  public static func of(_ entry: Manifest.Entry, in folder: String, jobs: Int) throws -> Verification {
    let job = try entry.job(folder: folder)
    guard FileSystem.exists(job.path) else { return .missing }
    guard try Checksum.ofFile(job.path) == entry.sha256 else { return .changed }
    guard entry.tingleVersion == Provenance.thisVersion else { return .otherVersion(entry.tingleVersion) }
    let count = min(job.frames.count, Int(sampleSeconds * Double(job.sampleRate)))
    // Another place in each file.
    let chance = Double(UInt32(entry.sha256.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
    let offset = Int(Double(job.frames.count - count) * chance)
    let reader = try SoundFileReader(job.path)
    try reader.seek(toFrame: offset)
    let there = try reader.next(count)
    let renderer = MixRenderer(
      try job.levelledMix(jobs: jobs), sampleRate: Double(job.sampleRate),
      startFrame: job.frames.lowerBound + offset)
    var again = [StereoFrame](repeating: .zero, count: count)
    again.withUnsafeMutableBufferPointer { renderer.render(into: $0) }
    let place = Double(offset) / Double(job.sampleRate)
    let isSame =
      job.format.depth == nil
      ? resemble(there, again)
      : there == asStored(again, job, startFrame: job.frames.lowerBound + offset)
    return isSame ? .same : .differs(atSeconds: place)
  }

  /// What a lossless file gives back.
  private static func asStored(_ frames: [StereoFrame], _ job: Job, startFrame: Int) -> [StereoFrame] {
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

  /// Whether the level of both goes the same way, in steps of a tenth of a second: all that a lossy format promises.
  private static func resemble(_ a: [StereoFrame], _ b: [StereoFrame]) -> Bool {
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
