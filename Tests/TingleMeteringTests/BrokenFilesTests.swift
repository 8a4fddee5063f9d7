import Foundation
import Measure
import Testing
import TingleChart
import TingleFiles
import TingleMetering
import TingleMix
import TingleSupport

@Suite("Damaged sound files")
struct BrokenFilesTests {
  private static let seconds = 2.0
  private static let samples: [Float] = {
    var generator = SplitMix(seed: 2)
    return (0..<Int(2 * seconds * 8000)).map { _ in Float(generator.next() >> 40) * 0x1p-26 - 0x1p-3 }
  }()

  /// A WAV file with float samples.
  private func wav(_ samples: [Float] = samples, rate: UInt32 = 8000, channels: UInt16 = 2) -> Data {
    var data = Data()
    func add<T: FixedWidthInteger>(_ value: T) { withUnsafeBytes(of: value.littleEndian) { data += $0 } }
    data += Data("RIFF".utf8)
    add(UInt32(36 + 4 * samples.count))
    data += Data("WAVEfmt ".utf8)
    for number in [UInt32(16), UInt32(channels) << 16 | 3, rate, rate &* 4 &* UInt32(channels)] {
      add(number)
    }
    for number in [4 * channels, 32] { add(number) }
    data += Data("data".utf8)
    add(UInt32(4 * samples.count))
    for sample in samples { add(sample.bitPattern) }
    return data
  }

  private func file(_ folder: TemporaryFolder, _ data: Data, _ name: String = "x.wav") throws -> String {
    try data.write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  private func check(_ path: String) throws -> (SoundCheck, truncation: String?) {
    let reader = try SoundFileReader(path)
    let check = try SoundCheck.of(reader, named: path, floorDB: 10, makesOverview: true)
    return (check, reader.truncation)
  }

  private func failure(_ data: Data) throws -> UserError? {
    let folder = try TemporaryFolder()
    let path = try file(folder, data)
    return #expect(throws: UserError.self) { try check(path) }
  }

  @Test(
    "a sample that is not finite or far above full scale is an error with its time",
    arguments: [
      (Float.nan, "at 1.000 s is not a number"), (-Float.infinity, "at 1.000 s is infinite"),
      (Float(1e30), "at 1.000 s is 1e+30 times full scale"),
    ])
  func samples(value: Float, reason: String) throws {
    var samples = Self.samples
    samples[2 * 8000 + 1] = value
    let error = try failure(wav(samples))
    #expect(error?.kind == .data && error?.description.contains(reason) == true, "\(error as Any)")
  }

  @Test("an unsupported sample rate is rejected", arguments: [1, 50, 2000, 7999, 10_000_000])
  func rates(rate: UInt32) throws {
    #expect(
      try failure(wav(rate: rate))?.description.contains("has an unsupported sample rate: \(rate) Hz") == true
    )
  }

  @Test("a tone has the same loudness at the lowest and at high sample rates", arguments: [8000, 192_000])
  func loudness(rate: UInt32) throws {
    let folder = try TemporaryFolder()
    let tone = (0..<Int(rate)).map { Float(0.1 * sin(2 * .pi * 997 * Double($0) / Double(rate))) }
    let metrics = try check(file(folder, wav(tone, rate: rate, channels: 1))).0.metrics
    #expect(abs(metrics[.integrated]! + 23) < 0.15)
  }

  @Test("files without frames or with more than two channels are rejected")
  func rejected() throws {
    #expect(try failure(wav([]))?.description.contains("contains no audio") == true)
    #expect(try failure(wav(channels: 6))?.description.contains("has 6 channels") == true)
    #expect(throws: UserError.self) { try check("/dev/zero") }
    #expect(throws: UserError.self) { try check("/tmp") }
  }

  @Test("a too short file has a true peak and no loudness; silence has a true peak and no spectrum")
  func shortAndSilent() throws {
    let folder = try TemporaryFolder()
    let short = try check(file(folder, wav(Array(Self.samples.prefix(1600))))).0
    #expect(short.seconds == 0.1 && short.metrics[.truePeak]! > -20)
    for metric in [CheckMetric.integrated, .momentary, .jump, .rise, .contrast, .entrance] {
      #expect(short.metrics[metric] == nil, "\(metric)")
    }
    let silent = try check(file(folder, wav([Float](repeating: 0, count: 16000)))).0.metrics
    #expect(silent[.integrated] == -.infinity && silent[.truePeak] == -.infinity)
    #expect(Purpose.sleep.targets.ranges[.truePeak]?.contains(silent[.truePeak]!) == true)
    #expect(silent[.centroid] == nil && silent[.correlation] == nil && silent[.momentary] == nil)
  }

  @Test(
    "a file cut in half is measured and reported as truncated; a complete one is not",
    arguments: ["rf64", "w64", "aiff", "au", "wav", "flac", "ogg", "opus", "mp3"])
  func halves(fileExtension: String) throws {
    let folder = try TemporaryFolder()
    var bytes = try #require(try Self.whole(fileExtension, in: folder))
    let whole = try check(file(folder, Data(bytes), "whole"))
    #expect(whole.truncation == nil)
    bytes.removeLast(bytes.count / 2)
    let half = try check(file(folder, Data(bytes), "half"))
    #expect((0.05...0.8).contains(half.0.seconds / whole.0.seconds))
    let end = try #require(half.truncation)
    #expect(
      ["of the", "is damaged after", "Ogg stream has no last page"].contains {
        end.contains($0)
      },
      "\(end)")
  }

  /// A complete file: four seconds in the formats that Tingle writes, half a second in others.
  private static func whole(_ fileExtension: String, in folder: TemporaryFolder) throws -> [UInt8]? {
    guard let container = FileFormat.Container(rawValue: fileExtension) else {
      return seeds.last { $0.fileExtension == fileExtension }?.bytes
    }
    let path = folder.file("made.\(fileExtension)")
    let frames = (0..<4 * 48000).map { StereoFrame(samples[$0 % 16000], samples[$0 % 15000]) }
    let writer = try SoundFileWriter(
      path: path, format: FileFormat(container), sampleRate: 48000, channels: 2,
      tags: FileTags(title: "", software: "", comment: ""), seed: 1,
      expectedFrames: frames.count, overwrite: false)
    try frames.withUnsafeBufferPointer { try writer.write($0) }
    try writer.close()
    return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  private static let seeds: [SoundFileSeeds.Seed] = {
    guard let folder = try? TemporaryFolder() else { return [] }
    return SoundFileSeeds.make(in: folder.path)
  }()

  @Test("a file of unknown length is measured, and its overview is as long as the audio")
  func unknownLength() throws {
    let folder = try TemporaryFolder()
    var flac = try #require(Self.seeds.last { $0.fileExtension == "flac" }).bytes
    // Clear the number of samples: 36 bits in STREAMINFO.
    flac[21] &= 0xF0
    for k in 22..<26 { flac[k] = 0 }
    let reader = try SoundFileReader(file(folder, Data(flac), "x.flac"))
    #expect(reader.frames == nil)
    let check = try SoundCheck.of(reader, named: "x", floorDB: 10, makesOverview: true)
    let overview = try #require(check.overview)
    #expect(reader.truncation == nil && overview.columns == 5 && abs(overview.seconds - check.seconds) < 0.1)
  }

  @Test(
    "a pipe gives the same metrics as a file, in all formats",
    arguments: ["wav", "flac", "oga", "caf", "aiff"])
  func pipes(fileExtension: String) throws {
    let folder = try TemporaryFolder()
    let seed = try #require(Self.seeds.last { $0.fileExtension == fileExtension })
    let path = folder.file("pipe")
    mkfifo(path, 0o600)
    Thread.detachNewThread { try? Data(seed.bytes).write(to: URL(fileURLWithPath: path), options: []) }
    let piped = try check(path)
    let filed = try check(file(folder, Data(seed.bytes), "x"))
    #expect(piped.0.metrics == filed.0.metrics && piped.truncation == nil)
  }

  @Test("200 damaged files of all formats are measured or rejected")
  func damaged() throws {
    let folder = try TemporaryFolder()
    #expect(Self.seeds.count > 100)
    var generator = SplitMix(seed: 3)
    var measured = 0
    for number in 0..<200 {
      let seed = Self.seeds[number * 7919 % Self.seeds.count]
      let bytes = Mutation.mutated(seed.bytes, using: &generator)
      do {
        let check = try check(file(folder, Data(bytes))).0
        #expect(check.metrics.values.allSatisfy { !$0.isNaN })
        measured += 1
        guard number % 10 == 0, let overview = check.overview else { continue }
        try Chart(
          title: "x", verdict: "", overview: overview, metrics: check.metrics, targets: Purpose.awake.targets
        ).draw(to: AtomicFile(path: folder.file("x.png"), overwrite: true))
      } catch { #expect(error is UserError, "\(error)") }
    }
    #expect((50..<200).contains(measured))
  }

  @Test("a header that declares more frames than the bytes can encode is rejected")
  func claims() throws {
    var gsm = try #require(Self.seeds.first { $0.fileExtension == "w64" && $0.bytes[64] == 0x31 }).bytes
    // The size becomes negative.
    let data = try #require((0..<gsm.count).first { gsm[$0...].starts(with: "data".utf8) })
    (gsm[data + 22], gsm[data + 23]) = (0x7F, 0xF8)
    #expect(try failure(Data(gsm))?.description.contains("more frames than its bytes can encode") == true)
  }
}
