import Foundation
import Measure
import Synchronization
import Testing
import TingleFiles
import TingleLive
import TingleMix

@Suite("A recorder")
struct RecorderTests {
  private func writer(_ path: String) throws -> SoundFileWriter {
    try SoundFileWriter(
      path: path, format: FileFormat(.wav, depth: .float), sampleRate: 48000, channels: 2,
      tags: FileTags(title: "", software: "", comment: ""), seed: 0,
      expectedFrames: 48000, isOpenEnded: true, overwrite: false)
  }

  @Test("that is too slow reports the lost frames at once and at the end")
  func lost() throws {
    let folder = try TemporaryFolder()
    let events = Mutex<[String]>([])
    let recorder = Recorder(try writer(folder.file("a.wav")), sampleRate: 48000, ringFrames: 8192) { event in
      events.withLock { $0.append("\(event)") }
    }
    let frames = [StereoFrame](repeating: StereoFrame(0.25, -0.25), count: 20_000)
    frames.withUnsafeBufferPointer { all in
      #expect(recorder.ring.offer(UnsafeBufferPointer(rebasing: all[..<4096])))
      // More than the ring holds, as with a disk that stalls.
      #expect(!recorder.ring.offer(all))
      while recorder.ring.ready > 0 { usleep(1000) }
      #expect(recorder.ring.offer(UnsafeBufferPointer(rebasing: all[..<4096])))
    }
    recorder.ring.close()
    #expect(try recorder.finish() == 8192)
    #expect(recorder.lostFrames == 20_000)
    #expect(events.withLock { $0 } == ["lost(frames: 20000)"])
    #expect(try SoundFile(folder.file("a.wav")).frames.count == 8192)
  }

  @Test("lost frames are in the log, also in one without an end")
  func log() throws {
    let stage = try Stage(Stage.two)
    stage.play(seconds: 0.5)
    var log = stage.session.log(length: stage.rendered.count, stoppedAt: nil)
    #expect(try PerformanceLog.decoded(log.encoded(), file: "a.json").lostFrames == 0)
    log.lostFrames = 4800
    let read = try PerformanceLog.decoded(log.encoded(), file: "a.json")
    #expect(read.lostFrames == 4800 && read.length == stage.rendered.count)
    // The log that a killed player leaves.
    let cut = log.encoded().dropLast(log.endLine.count)
    #expect(try PerformanceLog.decoded(Data(cut), file: "a.json").lostFrames == 4800)
  }

  @Test("a report is passed to the handler and shown in the status")
  func report() throws {
    let stage = try Stage(Stage.two)
    let reports = Mutex<[String]>([])
    stage.session.onReport { sentence in reports.withLock { $0.append(sentence) } }
    #expect(stage.session.status.trouble == nil)
    stage.session.report("'a.wav' lacks 2.0 s")
    #expect(stage.session.status.trouble == "'a.wav' lacks 2.0 s")
    #expect(reports.withLock { $0 } == ["'a.wav' lacks 2.0 s"])
    #expect(try stage.session.perform("status").contains("trouble: 'a.wav' lacks 2.0 s"))
    #expect(try stage.session.perform("status --json").contains(#""trouble":"'a.wav' lacks 2.0 s""#))
  }
}
