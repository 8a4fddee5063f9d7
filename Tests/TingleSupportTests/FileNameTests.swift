import Foundation
import Measure
import Testing
import TingleSupport

@Suite("File names")
struct FileNameTests {
  @Test(
    "bytes survive the round trip, and only bytes that are not UTF-8 are printed as \\x..",
    arguments: [
      (Array("käse.wav".utf8), "käse.wav"), ([0x6E, 0xE9, 0x2E], "n\\xE9."),
      // A truncated letter, an overlong slash, a surrogate, and the private-use characters themselves.
      ([0xE2, 0x82], "\\xE2\\x82"), ([0xC0, 0xAF], "\\xC0\\xAF"), ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
      ([0xEE, 0xBE, 0x80], "\\xEE\\xBE\\x80"), ([0xF0, 0x9F, 0x8C, 0x99], "🌙"),
    ] as [([UInt8], String)])
  func bytes(bytes: [UInt8], shown: String) {
    let text = FileName.text(bytes)
    #expect(FileName.bytes(text) == bytes)
    #expect(FileName.printable(text) == shown)
    #expect(FileName.isUTF8(text) == (text == shown))
  }

  @Test("all names of two bytes survive the round trip")
  func pairs() {
    for high in UInt8.min...UInt8.max {
      for low in UInt8.min...UInt8.max {
        let bytes = [high, low]
        guard FileName.bytes(FileName.text(bytes)) == bytes else {
          Issue.record("\(bytes)")
          return
        }
      }
    }
  }

  @Test("a file whose name is not UTF-8 is written, listed, matched by a pattern and read")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + FileName.text([0x6E, 0xE9, 0x2E, 0x79])
    let file = try AtomicFile(path: path, overwrite: false)
    try file.write(Data("good night".utf8))
    try file.commit()
    #expect(FileSystem.names(in: folder.path) == [FileName.text([0x6E, 0xE9, 0x2E, 0x79])])
    #expect(FileSystem.matches(folder.path + "/*.y") == [path])
    #expect(try InputFile.contents(path) == Data("good night".utf8))
    defer { FileSystem.unlink(path) }
    #expect(try Checksum.ofFile(path) == Checksum.of("good night"))
  }

  @Test(
    "a path is split into folder and name",
    arguments: [
      ("a/b.wav", "a", "b.wav"), ("b.wav", ".", "b.wav"), ("/b.wav", "/", "b.wav"), ("a//b/", "a", "b"),
      ("/", "/", ""), ("a/\u{301}b", "a", "\u{301}b"),
    ])
  func parts(path: String, folder: String, name: String) {
    #expect(FileSystem.folder(of: path) == folder)
    #expect(FileSystem.name(of: path).utf8.elementsEqual(name.utf8))
  }

  @Test("an absolute path contains no . and .. components")
  func absolute() {
    #expect(FileSystem.absolute("/a/./b//../c/") == "/a/c")
    #expect(FileSystem.absolute("/../..") == "/")
    #expect(FileSystem.absolute("x") == FileManager.default.currentDirectoryPath + "/x")
  }

  @Test("without HOME, the home folder is that of the user database")
  func home() throws {
    let home = try #require(Environment.home([:]))
    #expect(home == String(cString: getpwuid(geteuid()).pointee.pw_dir))
    #expect(Environment.home(["HOME": ""]) == home && Environment.home(["HOME": "x"]) == home)
    #expect(Environment.folder("XDG_CONFIG_HOME", else: ".config", ["HOME": "/h"]) == "/h/.config")
    #expect(
      Environment.folder("XDG_CONFIG_HOME", else: ".config", ["HOME": "/h", "XDG_CONFIG_HOME": "/c"]) == "/c")
    #expect(
      Environment.folder("XDG_CONFIG_HOME", else: ".config", ["HOME": "/h", "XDG_CONFIG_HOME": "c"])
        == "/h/.config")
  }
}
