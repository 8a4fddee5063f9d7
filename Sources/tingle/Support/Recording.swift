import Foundation
import TingleAudio
import TingleLive
import TinglePresets
import TingleSupport

/// What `tingle play --record` writes: what is heard, and beside it the log by which it can be made again.
struct Recording {
  private let path: String
  private let writer: SoundFileWriter
  private let log: AtomicFile
  private let sampleRate: Int

  /// Opens both files; neither has its name before the end.
  /// - Throws: `AudioError` (`cannotCreate`) when one of them exists, unless `overwrite` is set.
  init(_ path: String, of preset: Preset, sampleRate: Int, overwrite: Bool) throws {
    self.path = path
    self.sampleRate = sampleRate
    log = try AtomicFile(path: path + ".json", overwrite: overwrite)
    let tags = Self.tags(preset.title, playedFrom: preset.name, how: "'\(path).json' tells how")
    writer = try SoundFileWriter(
      path: path, format: FileFormat(FileFormat.container(ofPath: path), depth: nil), sampleRate: sampleRate,
      channels: 2, tags: tags, seed: 0, expectedFrames: Int(preset.mix.durationSeconds) * sampleRate,
      isOpenEnded: true, overwrite: overwrite)
  }

  /// The tags of what was played live.
  static func tags(_ title: String, playedFrom name: String, how: String) -> FileTags {
    FileTags(
      title: title, software: "tingle \(Tingle.version)",
      comment: "tingle \(Tingle.version), played live from \(name); \(how)")
  }

  /// The preset from which it was played, by its tags.
  static func presetName(comment: String) -> String? {
    comment.firstMatch(of: #/played live from (.+?); /#).map { String($0.1) }
  }

  /// Begins to write what its ring is offered.
  func begin() -> Recorder { Recorder(writer, sampleRate: Double(sampleRate)) }

  /// Ends both files, once the playing is over. The log is kept also where the recording could not be: it is made again from it.
  func end(
    _ recorder: Recorder, _ session: LiveSession, _ report: Player.Report?, hrtf: String?, quiet: Bool
  ) throws {
    let written = Result { try recorder.finish() }
    let played = report?.playedFrames ?? session.performer.frame
    let frames = (try? written.get()) ?? played
    var log = session.log(length: frames, stoppedAt: report?.stoppedAt)
    log.hrtf = hrtf
    try self.log.write(log.encoded())
    try self.log.commit()
    let again = "`tingle replay \(path).json -o FILE` makes it again"
    if case .failure(let error) = written {
      Terminal.say("tingle: the recording could not be kept, but \(again)")
      throw error
    }
    guard !quiet else { return }
    let length = Format.clock(Double(frames) / log.sampleRate)
    let missing = report == nil ? 0 : played - frames
    Terminal.say(
      missing > 0
        ? "\(path): \(missing) frames are missing, the disk was too slow"
        : "\(path): \(length) recorded; \(again)")
  }
}
