import CSndFile
import Foundation
import TingleSupport

/// The header and padding of a WAV or RF64 file of known length, as libsndfile writes them.
///
/// With it a file is valid from its first byte, and resuming it means only appending samples.
package struct WAVHeader {
  /// The bytes before the samples.
  package let bytes: [UInt8]
  /// The bytes after the samples: one if the number of sample bytes is odd.
  package let padding: [UInt8]

  /// Creates a header: libsndfile writes a file of which only the header is stored in memory.
  /// - Parameters:
  ///   - format: a WAV format.
  ///   - isRF64: whether the file is an RF64, for more than 4 GiB.
  ///   - isOpenEnded: whether the header reserves space for RF64; `dataBytes` then selects WAV or RF64.
  ///   - dataBytes: the size of all samples in bytes.
  /// - Throws: `UserError` (inputOutput) if libsndfile does not support the parameters.
  package init(
    _ format: FileFormat, isRF64: Bool, isOpenEnded: Bool = false, sampleRate: Int, channels: Int,
    dataBytes: Int, tags: FileTags
  ) throws {
    let memory = MemoryFile()
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.sndfileFormat(rf64: isRF64 || isOpenEnded)
    var access = MemoryFile.access
    let pointer = Unmanaged.passUnretained(memory).toOpaque()
    guard let file = sf_open_virtual(&access, Int32(SFM_WRITE), &info, pointer) else {
      throw UserError(.inputOutput, "cannot create a WAV header: \(String(cString: sf_strerror(nil)))")
    }
    // A PEAK chunk contains the time of writing, so the same mix would not have the same bytes.
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    sf_command(file, Int32(SFC_RF64_AUTO_DOWNGRADE), nil, isOpenEnded ? Int32(SF_TRUE) : Int32(SF_FALSE))
    tags.set(in: file, format, sampleRate: sampleRate)
    sf_command(file, Int32(SFC_UPDATE_HEADER_NOW), nil, 0)
    memory.headerLength = memory.bytes.count
    // `MemoryFile` counts the samples and never reads them, so any pointer will do.
    sf_write_raw(file, pointer, sf_count_t(dataBytes))
    sf_close(file)
    bytes = memory.bytes
    padding = [UInt8](repeating: 0, count: memory.length - memory.bytes.count - dataBytes)
  }

  /// A virtual file that stores only its header.
  private final class MemoryFile {
    var bytes: [UInt8] = []
    /// The size of the header once it is complete; bytes written after it are only counted.
    var headerLength: Int?
    var length = 0
    var position = 0

    static func at(_ data: UnsafeMutableRawPointer?) -> MemoryFile {
      Unmanaged<MemoryFile>.fromOpaque(data!).takeUnretainedValue()
    }

    static let access = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(MemoryFile.at($0).length) },
      seek: { offset, origin, data in
        let file = MemoryFile.at(data)
        let base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? file.position : file.length
        file.position = base + Int(offset)
        return sf_count_t(file.position)
      },
      read: { _, _, _ in 0 },
      write: { source, count, data in
        let file = MemoryFile.at(data)
        let end = file.position + Int(count)
        if file.position < file.headerLength ?? .max {
          if end > file.bytes.count { file.bytes += [UInt8](repeating: 0, count: end - file.bytes.count) }
          file.bytes.replaceSubrange(
            file.position..<end, with: UnsafeRawBufferPointer(start: source, count: Int(count)))
        }
        file.position = end
        file.length = max(file.length, end)
        return count
      },
      tell: { sf_count_t(MemoryFile.at($0).position) })
  }
}
