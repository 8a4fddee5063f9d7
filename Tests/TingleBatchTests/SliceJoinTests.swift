import Foundation
import Measure
import Testing
import TingleBatch
import TingleFiles
import TinglePresets

@Suite("Joined slices")
struct SliceJoinTests {
  private func job(_ path: String, _ slice: Slice?, depth: FileFormat.Depth? = nil) throws -> Job {
    var preset = try PresetParser.parse(
      "layers: {tap: {pace: 3/s}, crinkle: }\nroom: bedroom\nseed: 5\n", name: "small", file: "x")
    preset.mix.durationSeconds = 20.00007
    var job = Job(
      preset, words: ["render", "small"],
      format: try FileFormat(FileFormat.container(ofPath: path), depth: depth),
      path: path)
    job.slice = slice
    return job
  }

  private func render(_ job: Job) throws {
    _ = try JobRun(job, JobRun.Settings(), isCancelled: { false }).run()
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test("are bit-identical to a render of the whole track, in every format", arguments: ["wav", "flac"])
  func same(kind: String) throws {
    let folder = try TemporaryFolder()
    let slices = (1...5).map { folder.file("\($0).\(kind)") }
    for (k, path) in slices.enumerated() { try render(job(path, Slice(k + 1, of: 5))) }
    for (name, depth) in [
      ("w.wav", nil), ("s.wav", .int16), ("w.flac", nil), ("s.flac", .int16), ("w.ogg", nil), ("w.opus", nil),
      ("w.mp3", nil),
    ] as [(String, FileFormat.Depth?)] {
      try render(job(folder.file(name), nil, depth: depth))
      let format = try FileFormat(FileFormat.container(ofPath: name), depth: depth)
      try SliceJoin(slices.reversed()).write(to: folder.file("joined-" + name), format, overwrite: false)
      #expect(try bytes(folder.file("joined-" + name)) == bytes(folder.file(name)), "\(name)")
    }
  }

  @Test("must be complete and of one track; errors say what differs")
  func mismatches() throws {
    let folder = try TemporaryFolder()
    func slice(_ name: String, _ slice: Slice?, _ change: (inout Job) -> Void = { _ in }) throws -> String {
      var job = try job(folder.file(name), slice)
      change(&job)
      try render(job)
      return folder.file(name)
    }
    let one = try slice("one.wav", Slice("1/3"))
    let two = try slice("two.wav", Slice("2/3"))
    let half = try slice("half.wav", Slice("2/2"))
    let seed = try slice("seed.wav", Slice("2/3")) { $0.preset.mix.seed = 6 }
    let louder = try slice("louder.wav", Slice("2/3")) { $0.preset.mix.layers[1].levelDB = 1 }
    let whole = try slice("whole.wav", nil)
    for (paths, sentence) in [
      ([one, two], "1 of 3 slices missing: 3"), ([one, two, two], "are both slice 2/3"),
      ([one, half], "slice 2/2 instead of one of 3"), ([one, seed], "seed 6 instead of 5"),
      ([one, louder], "different track"), ([one, whole], "is not a slice"),
      ([one, folder.file("none.wav")], "no such file"),
    ] {
      #expect("\(sentence)") { try SliceJoin(paths) } throws: { "\($0)".contains(sentence) }
    }
  }
}
