import CSndFile
import Foundation
import TingleSupport

/// What stands before and after the samples of a WAV or RF64 file whose length is known, as libsndfile writes it. With it a file is
/// right from its first byte, and whoever continues it has only to append.
package struct WAVHeader {
  /// Before the samples.
  package let before: [UInt8]
  /// After the samples: a byte, where their number is odd.
  package let after: [UInt8]

  /// - Parameters:
  ///   - format: WAV.
  ///   - isRF64: whether it is the form for more than 4 GiB.
  ///   - isOpenEnded: whether room is left in a WAV for what would make an RF64 of it; the form then follows from the length.
  ///   - dataBytes: of all samples.
  package init(
    _ format: FileFormat, isRF64: Bool, isOpenEnded: Bool = false, sampleRate: Int, channels: Int,
    dataBytes: Int, tags: FileTags
  ) throws {
    let page = Page()
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.sndfileFormat(rf64: isRF64 || isOpenEnded)
    var access = Page.access
    let place = Unmanaged.passUnretained(page).toOpaque()
    guard let file = sf_open_virtual(&access, Int32(SFM_WRITE), &info, place) else {
      throw UserError(.inputOutput, "no WAV header can be made: \(String(cString: sf_strerror(nil)))")
    }
    // A PEAK chunk holds the time of writing: the same mix would not give the same bytes.
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    sf_command(file, Int32(SFC_RF64_AUTO_DOWNGRADE), nil, isOpenEnded ? Int32(SF_TRUE) : Int32(SF_FALSE))
    tags.set(in: file, format)
    sf_command(file, Int32(SFC_UPDATE_HEADER_NOW), nil, 0)
    page.headerLength = page.bytes.count
    // Only the number of the samples is looked at, never what they are: there need not be any.
    sf_write_raw(file, place, sf_count_t(dataBytes))
    sf_close(file)
    before = page.bytes
    after = [UInt8](repeating: 0, count: page.length - page.bytes.count - dataBytes)
  }

  /// A file of which only the header exists.
  private final class Page {
    var bytes: [UInt8] = []
    /// Once it is known; what is written behind it is let go.
    var headerLength: Int?
    var length = 0
    var position = 0

    static func at(_ data: UnsafeMutableRawPointer?) -> Page {
      Unmanaged<Page>.fromOpaque(data!).takeUnretainedValue()
    }

    static let access = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(Page.at($0).length) },
      seek: { offset, origin, data in
        let page = Page.at(data)
        let base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? page.position : page.length
        page.position = base + Int(offset)
        return sf_count_t(page.position)
      },
      read: { _, _, _ in 0 },
      write: { source, count, data in
        let page = Page.at(data)
        let end = page.position + Int(count)
        if page.position < page.headerLength ?? .max {
          if end > page.bytes.count { page.bytes += [UInt8](repeating: 0, count: end - page.bytes.count) }
          page.bytes.replaceSubrange(
            page.position..<end, with: UnsafeRawBufferPointer(start: source, count: Int(count)))
        }
        page.position = end
        page.length = max(page.length, end)
        return count
      },
      tell: { sf_count_t(Page.at($0).position) })
  }
}
