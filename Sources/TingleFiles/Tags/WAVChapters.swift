import CSndFile

/// The chapters of a WAV file: cue points, and their names in a LIST chunk of type `adtl`.
enum WAVChapters {
  /// Adds both chunks to a file that libsndfile writes; to be called before the first samples.
  static func set(_ chapters: [FileTags.Chapter], in file: OpaquePointer?, sampleRate: Double) {
    let chapters = chapters.prefix(FileTags.mostChapters)
    var points = [UInt8].littleEndian(chapters.count)
    var names = Array("adtl".utf8)
    for (k, chapter) in chapters.enumerated() {
      let frame = Int((chapter.startSeconds * sampleRate).rounded())
      // The number, the position in samples, and the chunk in which it lies, from its start.
      points += .littleEndian(k + 1) + .littleEndian(frame)
      points += Array("data".utf8) + .littleEndian(0) + .littleEndian(0) + .littleEndian(frame)
      var text: [UInt8] = .littleEndian(k + 1) + Array(chapter.title.prefix(120).utf8) + [0]
      while text.count % 4 != 0 { text.append(0) }
      names += Array("labl".utf8) + .littleEndian(text.count) + text
    }
    add("cue ", points, to: file)
    add("LIST", names, to: file)
  }

  /// Reads the chapters of a file.
  static func read(_ file: OpaquePointer, sampleRate: Double) -> [FileTags.Chapter] {
    var count: UInt32 = 0
    let countBytes = Int32(MemoryLayout<UInt32>.size)
    guard sf_command(file, Int32(SFC_GET_CUE_COUNT), &count, countBytes) == SF_TRUE, count > 0,
      count <= FileTags.mostChapters
    else { return [] }
    // SF_CUES: the number of points, then the points, of which libsndfile has room for a hundred.
    let header = MemoryLayout<UInt32>.size
    let stride = MemoryLayout<SF_CUE_POINT>.stride
    let bytes = max(MemoryLayout<SF_CUES>.size, header + Int(count) * stride)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 8)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    defer { memory.deallocate() }
    guard sf_command(file, Int32(SFC_GET_CUE), memory, Int32(bytes)) == SF_TRUE else { return [] }
    return (0..<Int(count)).map { k in
      let point = (memory + header + k * stride).loadUnaligned(as: SF_CUE_POINT.self)
      let name = withUnsafeBytes(of: point.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      return FileTags.Chapter(title: name, startSeconds: Double(point.sample_offset) / sampleRate)
    }
  }

  private static func add(_ id: String, _ bytes: [UInt8], to file: OpaquePointer?) {
    var bytes = bytes
    var chunk = SF_CHUNK_INFO()
    withUnsafeMutableBytes(of: &chunk.id) { $0.copyBytes(from: Array(id.utf8)) }
    chunk.id_size = 4
    bytes.withUnsafeMutableBytes {
      chunk.datalen = UInt32($0.count)
      chunk.data = $0.baseAddress
      sf_set_chunk(file, &chunk)
    }
  }
}
