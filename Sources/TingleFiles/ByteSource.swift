import Foundation
import TingleSupport

/// An input of raw bytes: a regular file, a pipe or standard input, opened for reading.
///
/// Provides what a decoder needs before it reads: a look at the first bytes, and a copy of a pipe as a
/// regular file. Opening a named pipe and reading from any pipe block until its writer is ready.
package final class ByteSource {
  /// The path as given; `-` is standard input.
  package let path: String
  /// The descriptor, open as long as this object exists.
  package let descriptor: Int32
  /// Whether the input is a pipe or a socket, which can be read only once.
  package let isPipe: Bool

  /// Opens an input.
  /// - Parameter kind: the expected kind of file, for messages: "sound file".
  /// - Throws: `UserError` (noInput) if it does not exist, cannot be read, or is a folder or a device.
  package init(_ path: String, as kind: String) throws(UserError) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : try InputFile.open(path)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .reading(path, errno) }
    let type = FileSystem.kind(status)
    isPipe = type == S_IFIFO || type == S_IFSOCK
    // All members are set, so `deinit` closes the descriptor if this throws.
    guard isPipe || type == S_IFREG else {
      throw UserError(.noInput, "'\(path)' is \(path == "-" ? "a terminal or " : "")a device, not a \(kind)")
    }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// The size of a regular file in bytes; nil for a pipe.
  package var size: Int? {
    var status = stat()
    return !isPipe && fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Reads bytes at an offset of a regular file, fewer at its end.
  package func bytes(at offset: Int, count: Int) -> [UInt8] {
    Descriptor.bytes(of: descriptor, at: offset, count: count) ?? []
  }

  /// Returns the first bytes without consuming them; on a pipe, they are put back.
  package func peek(_ count: Int) -> [UInt8] {
    guard isPipe else { return bytes(at: 0, count: count) }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = bytes.withUnsafeMutableBytes {
        Descriptor.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[done...]))
      }
      guard read > 0 else { break }
      done += read
    }
    putBack(bytes[..<done])
    return Array(bytes.prefix(done))
  }

  /// Replaces the descriptor by a pipe into which a thread writes these bytes and then the rest of the input.
  private func putBack(_ bytes: ArraySlice<UInt8>) {
    let (rest, pipe) = (dup(descriptor), Pipe())
    dup2(pipe.fileHandleForReading.fileDescriptor, descriptor)
    let sink = pipe.fileHandleForWriting
    Thread.detachNewThread {
      let source = FileHandle(fileDescriptor: rest, closeOnDealloc: true)
      var part = Data(bytes)
      // Until the input ends or the reading end is closed.
      while !part.isEmpty, (try? sink.write(contentsOf: part)) != nil {
        part = (try? source.read(upToCount: 1 << 16)) ?? Data()
      }
      try? sink.close()
    }
  }

  /// Copies the rest of a pipe to an unnamed temporary file.
  /// - Throws: `UserError`: `noInput` if the pipe cannot be read, `inputOutput` or `cannotCreate` if the
  ///   temporary file cannot be written.
  package func spooledToFile() throws -> ByteSource {
    let (file, temporaryPath) = try Descriptor.openNameless()
    let result = ByteSource(path, file)
    try Descriptor.copy(from: descriptor, to: file, path: temporaryPath) { [path] in .reading(path, $0) }
    lseek(file, 0, SEEK_SET)
    return result
  }

  /// Wraps an open regular file.
  private init(_ path: String, _ descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    isPipe = false
  }
}

extension ByteSource {
  /// Whether standard input begins with binary data, such as a sound file, and not with text.
  package static var standardInputIsBinary: Bool {
    guard let input = try? ByteSource("-", as: "sound file") else { return false }
    let start = input.peek(64)
    // UTF-16 text contains zero bytes, too.
    guard !start.starts(with: [0xFF, 0xFE]), !start.starts(with: [0xFE, 0xFF]) else { return false }
    return start.contains { $0 < 8 }
  }
}
