import CSndFile
import Foundation

/// The provenance of a WAV file: an INFO item `TNGL` in a LIST chunk of its own, before the samples.
/// libsndfile reads and writes chunks of unknown type unchanged.
enum WAVTags {
  private static let signature = Array("INFOTNGL".utf8)
  // A chunk of a damaged file can declare any length.
  private static let maxBytes: UInt32 = 1 << 20

  /// Adds the chunk to a file that libsndfile writes; to be called before the first samples.
  static func set(_ provenance: String, in file: OpaquePointer?) {
    var text = Array(provenance.utf8) + [0]
    text += [UInt8](repeating: 0, count: -text.count & 3)
    var bytes = signature + .littleEndian(text.count) + text
    bytes.withUnsafeMutableBytes {
      var chunk = listChunk()
      chunk.datalen = UInt32($0.count)
      chunk.data = $0.baseAddress
      sf_set_chunk(file, &chunk)
    }
  }

  /// Reads the provenance of a file; nil if it has none.
  static func provenance(_ file: OpaquePointer) -> String? {
    var filter = listChunk()
    var iterator = sf_get_chunk_iterator(file, &filter)
    while let current = iterator {
      var chunk = SF_CHUNK_INFO()
      if sf_get_chunk_size(current, &chunk) == 0, chunk.datalen <= maxBytes {
        var bytes = [UInt8](repeating: 0, count: Int(chunk.datalen))
        let isRead = bytes.withUnsafeMutableBytes {
          chunk.data = $0.baseAddress
          return sf_get_chunk_data(current, &chunk) == 0
        }
        if isRead, bytes.starts(with: signature) {
          return String(decoding: bytes.dropFirst(signature.count + 4).prefix { $0 != 0 }, as: UTF8.self)
        }
      }
      iterator = sf_next_chunk_iterator(current)
    }
    return nil
  }

  private static func listChunk() -> SF_CHUNK_INFO {
    var chunk = SF_CHUNK_INFO()
    withUnsafeMutableBytes(of: &chunk.id) { $0.copyBytes(from: Array("LIST".utf8)) }
    chunk.id_size = 4
    return chunk
  }
}
