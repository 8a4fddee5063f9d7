import Foundation
import Testing
import TingleSupport

@Suite("Text that is read")
struct TextEncodingTests {
  @Test(
    "is without its byte order mark, and its lines end in LF",
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
    "another encoding is named, with what would be right",
    arguments: [
      (.utf16, "UTF-16"), (.utf16LittleEndian, "UTF-16"), (.utf16BigEndian, "UTF-16"), (.utf32, "UTF-32"),
      (.utf32LittleEndian, "UTF-32"), (.utf32BigEndian, "UTF-32"),
    ] as [(String.Encoding, String)])
  func otherEncodings(encoding: String.Encoding, name: String) throws {
    let data = try #require("title: é\nbed:\n".data(using: encoding))
    #expect(refusal(of: data) == "1:1: this is \(name) text; save the file as UTF-8")
    #expect(throws: TextEncoding.DecodingError.self) { try TextEncoding.textWithFileNames(data) }
  }

  private func refusal(of data: Data) -> String? {
    do throws(TextEncoding.DecodingError) {
      _ = try TextEncoding.text(data)
      return nil
    } catch { return "\(error.line):\(error.column): \(error.reason)" }
  }

  @Test("a byte that is not UTF-8 and a zero byte have their places; file names can hold the former")
  func wrongBytes() throws {
    let latin = Data("a\r\nüb".utf8) + [0xE9, 0x0A]
    #expect(refusal(of: latin) == "2:3: the byte 0xE9 is not UTF-8; save the file as UTF-8")
    #expect(FileName.bytes(try TextEncoding.textWithFileNames(latin)) == Array("a\nüb".utf8) + [0xE9, 0x0A])
    for cut in [Data([0xC3]), Data([0x61, 0xF0, 0x9F])] { #expect(refusal(of: cut) != nil) }
    #expect(refusal(of: Data("ab\nc\0".utf8)) == "2:2: this is not text: it has a zero byte here")
  }

  @Test("is cut at every kind of line end, though CR LF is one character")
  func lines() {
    #expect("a\r\nb\nc\rd\n".textLines == ["a", "b", "c", "d", ""])
    #expect("\r\n\r\n".textLines == ["", "", ""])
    #expect("".textLines == [""] && "x".textLines == ["x"])
    #expect("e\u{301}\n\u{301}"[...].textLines == ["e\u{301}", "\u{301}"])
  }
}
