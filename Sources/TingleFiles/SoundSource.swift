import Foundation
import TingleSupport

/// Where sound comes from: a file, a pipe or standard input, opened for reading.
///
/// Opening a named pipe, and reading from any pipe, waits for its writer.
package final class SoundSource {
  /// The path as it was given; `-` is standard input.
  package let path: String
  /// Open for reading until this object is gone.
  package let descriptor: Int32
  /// Whether what was read cannot be read again.
  package let isPipe: Bool

  /// Opens a file.
  /// - Parameter what: what the file ought to be, for messages: "sound file".
  /// - Throws: `UserError` (noInput) for what is missing, may not be read, or is a folder or a device.
  package init(_ path: String, as what: String) throws(UserError) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : try InputFile.open(path)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .reading(path, errno) }
    let type = FileSystem.kind(status)
    isPipe = type == S_IFIFO || type == S_IFSOCK
    // Everything is set by now: `deinit` closes the descriptor when this throws.
    guard isPipe || type == S_IFREG else {
      throw UserError(.noInput, "'\(path)' is \(path == "-" ? "a terminal or " : "")a device, not a \(what)")
    }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// The size of a regular file in bytes; nil for a pipe.
  package var size: Int? {
    var status = stat()
    return !isPipe && fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Bytes from a place of a regular file, fewer at its end.
  package func bytes(at offset: Int, count: Int) -> [UInt8] {
    Descriptor.bytes(of: descriptor, at: offset, count: count) ?? []
  }

  /// The first bytes. A pipe is read for them, and given back so that what reads it next gets them again.
  package func beginning(_ count: Int) -> [UInt8] {
    guard isPipe else { return bytes(at: 0, count: count) }
    var bytes = [UInt8](repeating: 0, count: count)
    var known = 0
    while known < count {
      let read = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress! + known, count - known)
      }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { break }
      known += read
    }
    giveBack(bytes[..<known])
    return Array(bytes.prefix(known))
  }

  /// Puts a pipe in the place of the descriptor through which a thread hands on these bytes and all that follow.
  private func giveBack(_ bytes: ArraySlice<UInt8>) {
    let (rest, joined) = (dup(descriptor), Pipe())
    dup2(joined.fileHandleForReading.fileDescriptor, descriptor)
    let sink = joined.fileHandleForWriting
    Thread.detachNewThread {
      let source = FileHandle(fileDescriptor: rest, closeOnDealloc: true)
      var part = Data(bytes)
      // Until the writer has ended, or this program reads no more.
      while !part.isEmpty, (try? sink.write(contentsOf: part)) != nil {
        part = (try? source.read(upToCount: 1 << 16)) ?? Data()
      }
      try? sink.close()
    }
  }

  /// All that is left of a pipe, as a file without a name, which is gone with its descriptor.
  /// - Throws: `UserError` (noInput) if the pipe fails, (inputOutput, cannotCreate) if the folder for temporary files is full.
  package func spooled() throws -> SoundSource {
    let (file, kept) = try Descriptor.openNameless()
    let result = SoundSource(path, file)
    try Descriptor.copy(from: descriptor, to: file, path: kept) { [path] in .reading(path, $0) }
    lseek(file, 0, SEEK_SET)
    return result
  }

  /// A regular file that is open.
  private init(_ path: String, _ descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    isPipe = false
  }
}

extension SoundSource {
  /// Whether standard input begins as no text does: with a sound file.
  package static var standardInputIsSound: Bool {
    guard let input = try? SoundSource("-", as: "sound file") else { return false }
    let beginning = input.beginning(64)
    // UTF-16 text has zeros as well.
    guard !beginning.starts(with: [0xFF, 0xFE]), !beginning.starts(with: [0xFE, 0xFF]) else { return false }
    return beginning.contains { $0 < 8 }
  }
}
