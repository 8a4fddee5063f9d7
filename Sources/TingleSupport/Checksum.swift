import CCrypto
import Foundation

/// SHA-256 in hexadecimal digits, as `sha256sum` prints it.
public final class Checksum {
  private let state = EVP_MD_CTX_new()

  /// Of nothing yet.
  public init() { EVP_DigestInit_ex(state, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(state) }

  /// Takes the next bytes.
  public func add(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(state, bytes.baseAddress, bytes.count) }

  /// Of all that was added; nothing can be added afterwards.
  public func finished() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(state, &digest, nil)
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Of a text.
  public static func of(_ text: String) -> String {
    let checksum = Checksum()
    Array(text.utf8).withUnsafeBytes(checksum.add)
    return checksum.finished()
  }

  /// Of a file.
  /// - Throws: `UserError` (noInput, inputOutput).
  public static func ofFile(_ path: String) throws -> String {
    let checksum = Checksum()
    try checksum.add(file: path)
    return checksum.finished()
  }

  /// Takes a file's bytes.
  /// - Throws: `UserError` (noInput, inputOutput).
  public func add(file path: String) throws {
    let descriptor = try InputFile.open(path)
    defer { close(descriptor) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { block.deallocate() }
    while true {
      let count = Descriptor.read(descriptor, into: block)
      guard count >= 0 else {
        throw UserError(.inputOutput, "'\(path)' cannot be read: \(UserError.reason(errno))")
      }
      if count == 0 { break }
      add(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }
}
