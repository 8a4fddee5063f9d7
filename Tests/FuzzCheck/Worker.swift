import Foundation
import Measure
import TingleChart
import TingleFiles
import TingleMetering
import TingleMix
import TingleSupport

/// Measures damaged files like `tingle check`, with a chart for some of them.
struct Worker {
  private let seeds: [SoundFileSeeds.Seed]
  private let seed: UInt64
  private let folder: TemporaryFolder
  private static let maxBytes = 200 << 20

  init(seed: UInt64) throws {
    self.seed = seed
    folder = try TemporaryFolder()
    seeds = SoundFileSeeds.make(in: folder.path)
  }

  /// Generates the damaged file with a number.
  func file(_ number: Int) -> (bytes: [UInt8], fileExtension: String) {
    var generator = SplitMix(seed: seed &+ UInt64(number) &* 0x1_0000_0001)
    let original = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
    return (Mutation.mutated(original.bytes, using: &generator), original.fileExtension)
  }

  /// Measures a range of files.
  func run(_ numbers: Range<Int>) throws {
    try check([UInt8](seeds[0].bytes), "x.wav", isPiped: false, hasChart: true)
    let limit = Self.peakBytes + Self.maxBytes
    for number in numbers {
      FileHandle.standardOutput.write(Data("\(number)\n".utf8))
      let (bytes, fileExtension) = file(number)
      do {
        try check(bytes, "x.\(fileExtension)", isPiped: number % 4 == 0, hasChart: number % 8 == 0)
      } catch is UserError {}
      guard Self.peakBytes < limit else {
        FileHandle.standardOutput.write(Data("allocated over 200 MB\n".utf8))
        exit(3)
      }
    }
  }

  private func check(_ bytes: [UInt8], _ name: String, isPiped: Bool, hasChart: Bool) throws {
    let path = folder.file(name)
    defer { unlink(path) }
    if isPiped {
      mkfifo(path, 0o600)
      Thread.detachNewThread {
        let pipe = open(path, O_WRONLY)
        _ = write(pipe, bytes, bytes.count)
        close(pipe)
      }
    } else {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    let reader = try SoundFileReader(path)
    let check = try SoundCheck.of(reader, named: name, floorDB: 10, makesOverview: hasChart)
    _ = (check.metrics, reader.truncation)
    guard hasChart, let overview = check.overview else { return }
    try Chart(
      title: name, verdict: "", overview: overview, metrics: check.metrics, targets: Purpose.sleep.targets
    ).draw(to: AtomicFile(path: folder.file("x.png"), overwrite: true))
  }

  /// The peak virtual memory of this process in bytes.
  private static var peakBytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmPeak:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
  }
}
