import Foundation
import TingleBatch
import TingleDevices
import TingleFiles
import TingleLive
import TinglePresets
import TingleSupport

/// The files of `tingle play --record FILE`: the sound file, and the performance log FILE.json.
struct Recording {
  private let path: String
  private let writer: SoundFileWriter
  private let log: RecordingLog
  private let sampleRate: Int
  private let hrtf: String?

  /// Creates both files under temporary names; they are renamed when the recording is complete.
  /// - Parameter hrtf: the path of the user's SOFA file; nil for the built-in HRTF.
  /// - Throws: `UserError` (`cannotCreate`) if one of the files exists and `overwrite` is false.
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

  /// Starts the recorder and the log of a session.
  func start(_ session: LiveSession) -> Recorder {
    session.startLog(hrtf: hrtf) { [log] in log.append($0) }
    return Recorder(writer, sampleRate: Double(sampleRate)) { [log, lossMessage, weak session] event in
      switch event {
      case .played(let frames): log.append(PerformanceLog.line(played: frames))
      case .lost(let frames):
        log.append(PerformanceLog.line(lost: frames))
        session?.report("\(lossMessage(frames)) because the disk is too slow")
      case .failed(let error):
        session?.report("the recording has stopped: \(Failure.sentence(for: error)); the log continues")
      }
    }
  }

  /// The message that a number of frames is missing.
  private var lossMessage: @Sendable (Int) -> String {
    { [path, sampleRate] frames in
      "'\(path)' lacks " + String(format: "%.1f s of the performance", Double(frames) / Double(sampleRate))
    }
  }

  /// Completes both files at the end of playback. The log is kept even if the sound file failed.
  /// - Throws: `UserError` (`inputOutput`) if the sound file failed or is incomplete.
  func finish(_ recorder: Recorder, _ session: LiveSession, _ report: Player.Report?, quiet: Bool) throws {
    let written = Result { try recorder.finish() }
    let lost = recorder.lostFrames
    let frames = (try? written.get()).map { $0 + lost } ?? report?.playedFrames ?? session.liveRenderer.frame
    var completeLog = session.log(length: frames, stoppedAt: report?.stoppedAt)
    completeLog.lostFrames = lost
    try log.finish(with: completeLog)
    let remedy = "`tingle replay \(path).json -o FILE` renders it"
    if case .failure(let error) = written {
      Terminal.say("tingle: the recording has failed, but the log is complete; \(remedy)")
      throw error
    }
    guard lost == 0 else {
      throw UserError(
        .inputOutput, "\(lossMessage(lost)) because the disk was too slow; \(remedy) completely")
    }
    guard !quiet else { return }
    Terminal.say("\(path): \(Format.clock(Double(frames) / Double(sampleRate))) recorded; \(remedy) again")
  }
}
