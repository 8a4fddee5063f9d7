import Foundation
import TingleBatch
import TingleDevices
import TingleFiles
import TingleLive
import TinglePresets
import TingleSupport

/// What `tingle play --record` writes: what is heard, and beside it the log by which it can be made again.
struct Recording {
  private let path: String
  private let writer: SoundFileWriter
  private let log: RecordingLog
  private let sampleRate: Int
  private let hrtf: String?

  /// Opens both files; neither has its name before the end.
  /// - Parameter hrtf: the listener's own SOFA file.
  /// - Throws: `UserError` (`cannotCreate`) when one of them exists, unless `overwrite` is set.
  init(_ path: String, of preset: Preset, sampleRate: Int, hrtf: String?, overwrite: Bool) throws {
    self.path = path
    self.sampleRate = sampleRate
    self.hrtf = hrtf.map { FileSystem.absolute($0) }
    log = try RecordingLog(AtomicFile(path: path + ".json", overwrite: overwrite))
    let format = try FileFormat(FileFormat.container(ofPath: path), depth: nil)
    let name = FileSystem.name(of: path)
    var provenance = Provenance(
      presetName: preset.name, purpose: preset.purpose, recipe: nil, command: ["replay", name + ".json"],
      seed: preset.mix.seed, sampleRate: sampleRate, channels: 2)
    (provenance.container, provenance.depth) = (format.container, format.depth)
    writer = try SoundFileWriter(
      path: path, format: format, sampleRate: sampleRate, channels: 2,
      tags: FileTags(title: preset.title, provenance: provenance), seed: 0,
      expectedFrames: Int(preset.mix.durationSeconds) * sampleRate, isOpenEnded: true, overwrite: overwrite)
  }

  /// Begins to write what its ring is offered, and what a session changes.
  func begin(_ session: LiveSession) -> Recorder {
    session.keepLog(hrtf: hrtf) { [log] in log.append($0) }
    return Recorder(writer, sampleRate: Double(sampleRate)) { [log, lack, weak session] event in
      switch event {
      case .played(let frames): log.append(PerformanceLog.line(played: frames))
      case .lost(let frames):
        log.append(PerformanceLog.line(lost: frames))
        session?.report("\(lack(frames)): the disk is too slow")
      case .failed(let error):
        session?.report("the recording has ended: \(Failure.sentence(for: error)); its log goes on")
      }
    }
  }

  /// What the recording lacks, given a number of frames.
  private var lack: @Sendable (Int) -> String {
    { [path, sampleRate] frames in
      "'\(path)' lacks " + String(format: "%.1f s of what was played", Double(frames) / Double(sampleRate))
    }
  }

  /// Ends both files, once the playing is over. The log is kept also where the recording could not be: it is made again from it.
  /// - Throws: `UserError` (inputOutput), also for a recording that is kept but incomplete.
  func end(_ recorder: Recorder, _ session: LiveSession, _ report: Player.Report?, quiet: Bool) throws {
    let written = Result { try recorder.finish() }
    let lost = recorder.lostFrames
    let frames = (try? written.get()).map { $0 + lost } ?? report?.playedFrames ?? session.liveRenderer.frame
    var whole = session.log(length: frames, stoppedAt: report?.stoppedAt)
    whole.lostFrames = lost
    try log.end(with: whole)
    let again = "`tingle replay \(path).json -o FILE` makes it again"
    if case .failure(let error) = written {
      Terminal.say("tingle: the recording could not be kept, but \(again)")
      throw error
    }
    guard lost == 0 else {
      throw UserError(
        .inputOutput, "\(lack(lost)), the disk was too slow; \(again), without a gap")
    }
    guard !quiet else { return }
    Terminal.say("\(path): \(Format.clock(Double(frames) / Double(sampleRate))) recorded; \(again)")
  }
}
