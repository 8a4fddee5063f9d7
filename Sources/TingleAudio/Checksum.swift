import CCrypto
import Foundation

/// SHA-256 in hexadecimal digits, as `sha256sum` prints it.
public enum Checksum {
  /// Of a text.
  public static func of(_ text: String) -> String {
    digits { state in
      _ = Array(text.utf8).withUnsafeBytes { EVP_DigestUpdate(state, $0.baseAddress, $0.count) }
    }
  }

  /// Of a file.
  /// - Throws: `AudioError` (no input, input/output) for one that cannot be read.
  public static func ofFile(_ path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioError(.noInput, "'\(path)' cannot be read: there is no such file")
    }
    defer { close(descriptor) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { block.deallocate() }
    return try digits { state in
      while true {
        let count = read(descriptor, block.baseAddress, block.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else {
          throw AudioError(.inputOutput, "cannot read '\(path)': \(String(cString: strerror(errno)))")
        }
        if count == 0 { break }
        EVP_DigestUpdate(state, block.baseAddress, count)
      }
    }
  }

  private static func digits(_ add: (OpaquePointer?) throws -> Void) rethrows -> String {
    let state = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(state) }
    EVP_DigestInit_ex(state, EVP_sha256(), nil)
    try add(state)
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(state, &digest, nil)
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
