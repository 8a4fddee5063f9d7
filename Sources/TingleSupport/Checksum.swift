import CCrypto
import Foundation

/// An incremental SHA-256 checksum, by libcrypto.
public final class Checksum {
  private let state = EVP_MD_CTX_new()

  /// Starts a checksum.
  public init() { EVP_DigestInit_ex(state, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(state) }

  /// Adds the next bytes.
  public func add(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(state, bytes.baseAddress, bytes.count) }

  /// The checksum in hexadecimal digits, as `sha256sum` prints it; no bytes can be added after this.
  public func hexDigest() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(state, &digest, nil)
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The checksum of a text in UTF-8, in hexadecimal digits.
  public static func of(_ text: String) -> String {
    let checksum = Checksum()
    Array(text.utf8).withUnsafeBytes(checksum.add)
    return checksum.hexDigest()
  }

  /// The checksum of a file, in hexadecimal digits.
  /// - Throws: `UserError` (noInput, inputOutput).
  public static func ofFile(_ path: String) throws -> String {
    let checksum = Checksum()
    try checksum.add(file: path)
    return checksum.hexDigest()
  }

  /// Adds the bytes of a file.
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
