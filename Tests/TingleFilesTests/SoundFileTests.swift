import CSndFile
import Foundation
import Measure
import Testing
import TingleDSP
import TingleFiles
import TingleMetering
import TingleMix
import TingleSupport

@Suite("Sound files")
struct SoundFileTests {
  static let source = Rendering.frames(Fixtures.everything(seconds: 4), count: 4 * 48000)
  static let tags = FileTags(
    title: "Évening ☕", software: "tingle 1", comment: "made with: tingle render x --seed 3",
    provenance: #"{"preset":"träume"}"#)

  private func write(
    _ frames: [StereoFrame] = source, to path: String, _ format: FileFormat, rate: Int = 48000,
    channels: Int = 2,
    expected: Int? = nil, overwrite: Bool = false
  ) throws -> SoundFileWriter {
    let writer = try SoundFileWriter(
      path: path, format: format, sampleRate: rate, channels: channels, tags: Self.tags, seed: 3,
      expectedFrames: expected ?? frames.count, overwrite: overwrite)
    try frames.withUnsafeBufferPointer { try writer.write($0) }
    try writer.close()
    return writer
  }

  @Test("float samples are stored bit for bit, 24-bit samples rounded to the nearest step")
  func lossless() throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder.file("a.wav"), FileFormat(.wav, depth: .float))
    #expect(try SoundFile(folder.file("a.wav")).frames == Self.source)
    for container in [FileFormat.Container.wav, .flac] {
      let path = folder.file("b.\(container.rawValue)")
      _ = try write(to: path, FileFormat(container))
      let read = try SoundFile(path)
      #expect(read.frames.count == Self.source.count)
      let worst = zip(read.frames, Self.source).map { ($0 - $1).magnitude.max() }.max()!
      #expect(worst <= 0x1p-24 * 1.001)
    }
  }

  @Test(
    "a WAV has the same bytes as one that libsndfile writes",
    arguments: [
      (.int24, 2, 192_000, false), (.int24, 1, 85, false), (.int16, 2, 1001, false), (.float, 2, 7, false),
      (.int24, 2, 500, true), (.int24, 1, 501, true),
    ] as [(FileFormat.Depth, Int, Int, Bool)])
  func asLibsndfile(depth: FileFormat.Depth, channels: Int, count: Int, isRF64: Bool) throws {
    let folder = try TemporaryFolder()
    let frames = Array(Self.source.prefix(count))
    _ = try write(
      frames, to: folder.file("a.wav"), FileFormat(.wav, depth: depth), channels: channels,
      expected: isRF64 ? 2_000_000_000 : nil)
    var info = SF_INFO()
    info.samplerate = 48000
    info.channels = Int32(channels)
    let subtype = depth == .int24 ? SF_FORMAT_PCM_24 : depth == .int16 ? SF_FORMAT_PCM_16 : SF_FORMAT_FLOAT
    info.format = Int32((isRF64 ? SF_FORMAT_RF64 : SF_FORMAT_WAV) | subtype)
    let file = sf_open(folder.file("b.wav"), Int32(SFM_WRITE), &info)
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    sf_set_string(file, Int32(SF_STR_TITLE), Self.tags.title)
    sf_set_string(file, Int32(SF_STR_SOFTWARE), Self.tags.software)
    sf_set_string(file, Int32(SF_STR_COMMENT), Self.tags.comment)
    // The provenance: an INFO item in a LIST chunk of its own.
    var list = Array("INFOTNGL".utf8) + [24, 0, 0, 0] + Array(Self.tags.provenance.utf8) + [0, 0, 0, 0]
    list.withUnsafeMutableBytes { bytes in
      var chunk = SF_CHUNK_INFO()
      withUnsafeMutableBytes(of: &chunk.id) { $0.copyBytes(from: Array("LIST".utf8)) }
      (chunk.id_size, chunk.datalen, chunk.data) = (4, UInt32(bytes.count), bytes.baseAddress)
      sf_set_chunk(file, &chunk)
    }
    let encoder = SampleEncoder(
      depth == .int24 ? .int24 : depth == .int16 ? .int16 : .float32, channels: channels, seed: 3)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count * encoder.frameBytes), alignment: 16)
    defer { bytes.deallocate() }
    frames.withUnsafeBufferPointer { encoder.encode($0, startFrame: 0, into: bytes) }
    sf_write_raw(file, bytes, sf_count_t(count * encoder.frameBytes))
    sf_close(file)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.file("a.wav")))
        == Data(contentsOf: URL(fileURLWithPath: folder.file("b.wav"))))
  }

  @Test("the same frames give the same bytes in every format", arguments: FileFormat.Container.allCases)
  func sameBytes(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    let names = ["a", "b"].map { folder.file("\($0).\(container.rawValue)") }
    for name in names { _ = try write(to: name, FileFormat(container)) }
    let bytes = try names.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(bytes[0] == bytes[1])
    #expect(try Checksum.ofFile(names[0]) == Checksum.ofFile(names[1]))
    #expect(FileTags(ofFile: names[0])?.comment == Self.tags.comment)
  }

  @Test("16-bit and lossy files made from a 24-bit master equal those made from the mix")
  func master() throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder.file("master.wav"), FileFormat(.wav))
    let master = try SoundFile(folder.file("master.wav")).frames
    for (name, format) in [
      ("w.wav", try FileFormat(.wav, depth: .int16)), ("w.flac", try FileFormat(.flac, depth: .int16)),
      ("w.opus", try FileFormat(.opus)), ("w.ogg", try FileFormat(.ogg)), ("w.mp3", try FileFormat(.mp3)),
    ] {
      _ = try write(to: folder.file(name), format)
      _ = try write(master, to: folder.file("m" + name), format)
      #expect(
        try Checksum.ofFile(folder.file(name)) == Checksum.ofFile(folder.file("m" + name)), "\(name)")
    }
  }

  @Test("a checksum is SHA-256")
  func checksum() throws {
    #expect(Checksum.of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("16-bit samples are dithered: the error is noise, and a signal below one step is preserved")
  func dither() throws {
    let folder = try TemporaryFolder()
    // A sine of a third of a step.
    let quiet = (0..<96_000).map { k in
      StereoFrame(repeating: Float(Maths.sinCos(turns: Double(k) * 1000 / 48000).sin) * 0x1p-15 / 3)
    }
    _ = try write(quiet, to: folder.file("q.wav"), FileFormat(.wav, depth: .int16))
    let read = try SoundFile(folder.file("q.wav")).frames
    let spectrum = Spectrum(read.map(\.x), sampleRate: 48000)
    #expect(spectrum.densityDB(in: 980...1020) > spectrum.densityDB(in: 2000...20000) + 15)
    // No harmonics stand out, as they would without dither.
    #expect(abs(spectrum.densityDB(in: 2980...3020) - spectrum.densityDB(in: 4000...20000)) < 4)

    _ = try write(to: folder.file("s.wav"), FileFormat(.wav, depth: .int16))
    let errors = zip(try SoundFile(folder.file("s.wav")).frames, Self.source).map {
      Double(($0 - $1).x) * 32768
    }
    // Triangular dither and rounding: a variance of 1/6 + 1/12 steps.
    #expect(abs(Statistics.deviation(errors) - 0.5) < 0.01)
    #expect(abs(Statistics.mean(errors)) < 0.01)
  }

  @Test("lossy formats keep the length and the spectrum", arguments: [FileFormat.Container.ogg, .opus, .mp3])
  func lossy(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.\(container.rawValue)")
    _ = try write(to: path, FileFormat(container))
    let read = try SoundFile(path)
    #expect(read.sampleRate == 48000 && read.channels == 2)
    #expect(abs(read.frames.count - Self.source.count) < 4000)
    let (a, b) = (
      Spectrum(read.frames.map(\.x), sampleRate: 48000), Spectrum(Self.source.map(\.x), sampleRate: 48000)
    )
    for low in [100.0, 400, 1600, 6400] {
      #expect(abs(a.densityDB(in: low...low * 2) - b.densityDB(in: low...low * 2)) < 1.5)
    }
  }

  @Test("a file contains its chapters", arguments: FileFormat.Container.allCases)
  func chapters(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.\(container.rawValue)")
    var tags = Self.tags
    tags.chapters = [
      .init(title: "One", startSeconds: 0), .init(title: "Zwei, ümlaut", startSeconds: 0.25),
      .init(title: String(repeating: "long ", count: 20), startSeconds: 0.5),
    ]
    let writer = try SoundFileWriter(
      path: path, format: FileFormat(container), sampleRate: 48000, channels: 2, tags: tags, seed: 1,
      expectedFrames: Self.source.count, overwrite: false)
    try writer.fill { try Self.source.withUnsafeBufferPointer { try writer.write($0) } }
    let read = FileTags(ofFile: path)
    #expect(read?.comment == tags.comment && read?.provenance == tags.provenance)
    #expect(try SoundFile(path).frames.count > Self.source.count - 4000)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.range(of: Data("ALBUM=".utf8)) == nil)
    // libmpg123 does not read chapters.
    if container == .mp3 {
      #expect(bytes.range(of: Data("CTOC".utf8)) != nil)
    } else {
      #expect(read?.chapters == tags.chapters)
    }
  }

  @Test("a file contains title, software, comment and provenance", arguments: FileFormat.Container.allCases)
  func tags(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.\(container.rawValue)")
    _ = try write(to: path, FileFormat(container))
    let read = try SoundFile(path)
    #expect(read.comment == Self.tags.comment)
    #expect(read.title == Self.tags.title)
    #expect(FileTags(ofFile: path)?.provenance == Self.tags.provenance)
    // The placeholder key has been replaced.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.range(of: Data("ARTIST=".utf8)) == nil)
    // libsndfile does not read the software tag of MP3.
    guard container != .mp3 else { return }
    #expect(read.software?.hasPrefix(Self.tags.software) == true)
  }

  @Test("mono is the mean of both channels, and other sample rates are kept")
  func monoAndRates() throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder.file("m.wav"), FileFormat(.wav, depth: .float), channels: 1)
    let mono = try SoundFile(folder.file("m.wav"))
    #expect(mono.channels == 1)
    #expect(mono.frames.map(\.x) == Self.source.map { 0.5 * ($0.x + $0.y) })
    _ = try write(to: folder.file("r.flac"), FileFormat(.flac), rate: 96000)
    #expect(try SoundFile(folder.file("r.flac")).sampleRate == 96000)
  }

  @Test("a WAV of more than 4 GiB becomes an RF64")
  func rf64() throws {
    let folder = try TemporaryFolder()
    let writer = try write(to: folder.file("a.wav"), FileFormat(.wav), expected: 8 * 3600 * 48000)
    #expect(writer.isRF64)
    let read = try SoundFile(folder.file("a.wav"))
    #expect(read.format & Int(SF_FORMAT_TYPEMASK) == Int(SF_FORMAT_RF64))
    #expect(read.frames.count == Self.source.count)
    #expect(read.title == Self.tags.title)
    #expect(try !write(to: folder.file("b.wav"), FileFormat(.wav)).isRF64)
  }

  @Test("an open-ended recording becomes WAV or RF64 according to its final length")
  func openEnded() throws {
    let folder = try TemporaryFolder()
    let writer = try SoundFileWriter(
      path: folder.file("a.wav"), format: FileFormat(.wav), sampleRate: 48000, channels: 2, tags: Self.tags,
      seed: 1, expectedFrames: 8 * 3600 * 48000, isOpenEnded: true, overwrite: false)
    try Self.source.withUnsafeBufferPointer { try writer.write($0) }
    try writer.close()
    let read = try SoundFile(folder.file("a.wav"))
    // libsndfile reports WAVE_FORMAT_EXTENSIBLE: the same format with a channel mask.
    #expect(read.format & Int(SF_FORMAT_TYPEMASK) == Int(SF_FORMAT_WAVEX))
    #expect(read.frames.count == Self.source.count && read.title == Self.tags.title)

    // Both headers have the same size, so that one can replace the other.
    let headers = try [600_000, 6_000_000_000].map {
      try WAVHeader(
        FileFormat(.wav), isRF64: false, isOpenEnded: true, sampleRate: 48000, channels: 2, dataBytes: $0,
        tags: Self.tags
      ).bytes
    }
    #expect(headers[0].count == headers[1].count)
    #expect(headers.map { String(decoding: $0.prefix(4), as: UTF8.self) } == ["RIFF", "RF64"])
  }

  @Test("a file appears when it is complete, and an old one stays until then")
  func replacing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.wav")
    try "precious".write(toFile: path, atomically: true, encoding: .utf8)
    #expect { try self.write(to: path, FileFormat(.wav)) } throws: {
      ($0 as? UserError)?.kind == .cannotCreate
    }
    let writer = try SoundFileWriter(
      path: path, format: FileFormat(.wav), sampleRate: 48000, channels: 2, tags: Self.tags, seed: 1,
      expectedFrames: 100, overwrite: true)
    try Self.source.withUnsafeBufferPointer { try writer.write($0) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    #expect(folder.names.count == 2)
    writer.abandon()
    #expect(folder.names == ["a.wav"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    _ = try write(to: path, FileFormat(.wav), overwrite: true)
    #expect(folder.names == ["a.wav"])
    #expect(try SoundFile(path).frames.count == Self.source.count)
    #expect { try self.write(to: "/no/such/folder/a.wav", FileFormat(.wav)) } throws: {
      "\($0)" == "cannot create '/no/such/folder/a.wav': the folder '/no/such/folder' does not exist"
    }
  }

  @Test("unsupported formats are rejected")
  func refusals() throws {
    #expect(try FileFormat.container(ofPath: "a/b.c/X.FLAC") == .flac)
    for (path, part) in [("x.aiff", "'.aiff'"), ("noending", "no extension")] {
      #expect { try FileFormat.container(ofPath: path) } throws: { "\($0)".contains(part) }
    }
    #expect { try FileFormat(.flac, depth: .float) } throws: { ($0 as? UserError)?.kind == .usage }
    #expect { try FileFormat(.opus, depth: .int16) } throws: { ($0 as? UserError)?.kind == .usage }
    #expect { try FileFormat(.opus).check(sampleRate: 44100) } throws: { "\($0)".contains("48000") }
    #expect { try FileFormat(.mp3).check(sampleRate: 96000) } throws: { "\($0)".contains("at most 48000") }
  }

  @Test(
    "WAV in a pipe has unknown sizes and the same samples as a file", arguments: FileFormat.Depth.allCases)
  func pipe(depth: FileFormat.Depth) throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder.file("a.wav"), FileFormat(.wav, depth: depth))
    let descriptor = open(folder.file("p.wav"), O_WRONLY | O_CREAT, 0o600)
    let stream = try WAVStream(descriptor: descriptor, depth: depth, sampleRate: 48000, channels: 2, seed: 3)
    try Self.source.withUnsafeBufferPointer { try stream.write($0) }
    close(descriptor)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("p.wav")))
    #expect(bytes[4..<8] == Data([255, 255, 255, 255]) && bytes[40..<44] == Data([255, 255, 255, 255]))
    let whole = try SoundFile(folder.file("a.wav")).frames
    #expect(try SoundFile(folder.file("p.wav")).frames == whole)
  }

  @Test(
    "the loudness meter measures a sine of -20 dBFS in both channels as -20 LUFS")
  func loudness() {
    let tone = (0..<480_000).map { k in
      StereoFrame(repeating: Float(Maths.sinCos(turns: Double(k) * 997 / 48000).sin) * 0.1)
    }
    let meter = LoudnessMeter(sampleRate: 48000, expectedFrames: tone.count)
    tone.withUnsafeBufferPointer { meter.add($0) }
    #expect(abs(meter.measurement.integratedLUFS + 20) < 0.1)
    #expect(abs(meter.measurement.truePeakDB + 20) < 0.1)
    #expect(meter.measurement.measuredShare == 1)
  }
}
