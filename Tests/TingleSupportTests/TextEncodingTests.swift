import Foundation
import Testing
import TingleSupport

@Suite("Text encoding")
struct TextEncodingTests {
  @Test(
    "the byte order mark is removed and line ends become LF",
    arguments: [
      ("\u{FEFF}a\r\nb\rc\n", "a\nb\nc\n"), ("a\r\r\nb", "a\n\nb"), ("\r\n", "\n"), ("\u{FEFF}", ""),
      ("", ""),
      ("e\u{301}\r\n\u{301}", "e\u{301}\n\u{301}"), ("a\u{FEFF}b", "a\u{FEFF}b"),
    ])
  func normalizing(text: String, normalized: String) throws {
    #expect(Array(try TextEncoding.text(text.utf8).utf8) == Array(normalized.utf8))
    #expect(TextEncoding.normalized(Data(text.utf8)) == Array(normalized.utf8))
  }

  @Test(
    "UTF-16 and UTF-32 are rejected by name",
    arguments: [
      (.utf16, "UTF-16"), (.utf16LittleEndian, "UTF-16"), (.utf16BigEndian, "UTF-16"), (.utf32, "UTF-32"),
      (.utf32LittleEndian, "UTF-32"), (.utf32BigEndian, "UTF-32"),
    ] as [(String.Encoding, String)])
  func otherEncodings(encoding: String.Encoding, name: String) throws {
    let data = try #require("title: é\nbed:\n".data(using: encoding))
    #expect(message(of: data) == "1:1: this is \(name) text; save the file as UTF-8")
    #expect(throws: TextEncoding.DecodingError.self) { try TextEncoding.textWithFileNames(data) }
  }

  private func message(of data: Data) -> String? {
    do throws(TextEncoding.DecodingError) {
      _ = try TextEncoding.text(data)
      return nil
    } catch { return "\(error.line):\(error.column): \(error.reason)" }
  }

  @Test("errors for invalid UTF-8 and zero bytes have a location; file names can contain invalid UTF-8")
  func wrongBytes() throws {
    let latin = Data("a\r\nüb".utf8) + [0xE9, 0x0A]
    #expect(message(of: latin) == "2:3: the byte 0xE9 is not UTF-8; save the file as UTF-8")
    #expect(FileName.bytes(try TextEncoding.textWithFileNames(latin)) == Array("a\nüb".utf8) + [0xE9, 0x0A])
    for cut in [Data([0xC3]), Data([0x61, 0xF0, 0x9F])] { #expect(message(of: cut) != nil) }
    #expect(message(of: Data("ab\nc\0".utf8)) == "2:2: not a text file: it contains a zero byte")
  }

  @Test("text is split at LF, CR and CR LF")
  func lines() {
    #expect("a\r\nb\nc\rd\n".textLines == ["a", "b", "c", "d", ""])
    #expect("\r\n\r\n".textLines == ["", "", ""])
    #expect("".textLines == [""] && "x".textLines == ["x"])
    #expect("e\u{301}\n\u{301}"[...].textLines == ["e\u{301}", "\u{301}"])
  }
}
