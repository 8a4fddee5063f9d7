import CSndFile
import Foundation

/// Where a WAV file keeps the provenance: an INFO item `TNGL` in a LIST chunk of its own, before the samples. libsndfile
/// writes and returns chunks that it does not know.
enum WAVTags {
  private static let beginning = Array("INFOTNGL".utf8)
  // A chunk of a broken file can claim any length.
  private static let mostBytes: UInt32 = 1 << 20

  /// Gives it to a file that is begun.
  static func set(_ provenance: String, in file: OpaquePointer?) {
    var text = Array(provenance.utf8) + [0]
    text += [UInt8](repeating: 0, count: -text.count & 3)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    var bytes = beginning + length + text
    bytes.withUnsafeMutableBytes {
      var chunk = list()
      chunk.datalen = UInt32($0.count)
      chunk.data = $0.baseAddress
      sf_set_chunk(file, &chunk)
    }
  }

  /// What a file that is read has; nil where it has none.
  static func provenance(_ file: OpaquePointer) -> String? {
    var wanted = list()
    var iterator = sf_get_chunk_iterator(file, &wanted)
    while let place = iterator {
      var chunk = SF_CHUNK_INFO()
      if sf_get_chunk_size(place, &chunk) == 0, chunk.datalen <= mostBytes {
        var bytes = [UInt8](repeating: 0, count: Int(chunk.datalen))
        let isRead = bytes.withUnsafeMutableBytes {
          chunk.data = $0.baseAddress
          return sf_get_chunk_data(place, &chunk) == 0
        }
        if isRead, bytes.starts(with: beginning) {
          return String(decoding: bytes.dropFirst(beginning.count + 4).prefix { $0 != 0 }, as: UTF8.self)
        }
      }
      iterator = sf_next_chunk_iterator(place)
    }
    return nil
  }

  private static func list() -> SF_CHUNK_INFO {
    var chunk = SF_CHUNK_INFO()
    withUnsafeMutableBytes(of: &chunk.id) { $0.copyBytes(from: Array("LIST".utf8)) }
    chunk.id_size = 4
    return chunk
  }
}
