import Foundation
import Measure
import Testing
import TingleSupport

@Suite("Atomic files")
struct AtomicFileTests {
  private func write(_ text: String, to path: String, overwrite: Bool = false) throws {
    let file = try AtomicFile(path: path, overwrite: overwrite)
    try file.write(Data(text.utf8))
    try file.commit()
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try InputFile.contents(path), as: UTF8.self)
  }

  @Test("the file has its name only when it is committed, and its temporary one only until then")
  func commit() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("a"), overwrite: false)
    try file.write(Data("new".utf8))
    #expect(folder.names == [".a.part"])
    try file.commit()
    #expect(folder.names == ["a"])
    #expect(try text(folder.file("a")) == "new")
    let given = try AtomicFile(path: folder.file("b"), overwrite: false)
    given.abandon()
    #expect(folder.names == ["a"])
  }

  @Test("an older file needs leave to be replaced, and hands on its permissions")
  func overwrite() throws {
    let folder = try TemporaryFolder()
    try write("old", to: folder.file("a"))
    chmod(folder.file("a"), 0o640)
    #expect { try write("new", to: folder.file("a")) } throws: { ($0 as? UserError)?.kind == .cannotCreate }
    try write("new", to: folder.file("a"), overwrite: true)
    #expect(try text(folder.file("a")) == "new")
    #expect(FileSystem.status(folder.file("a"))?.st_mode == S_IFREG | 0o640)
  }

  @Test(
    "a link is written through, however many there are, and a dangling one makes its target without leave")
  func links() throws {
    let folder = try TemporaryFolder()
    mkdir(folder.file("real"), 0o777)
    symlink("real/a", folder.file("one"))
    symlink(folder.file("one"), folder.file("two"))
    try write("first", to: folder.file("two"))
    #expect(try text(folder.file("real/a")) == "first")
    #expect { try write("x", to: folder.file("two")) } throws: {
      ($0 as? UserError)?.description.contains("exists; say --force") == true
    }
    try write("second", to: folder.file("two"), overwrite: true)
    #expect(try text(folder.file("real/a")) == "second")
    #expect(FileSystem.destination(ofLink: folder.file("one")) == "real/a")
    #expect(FileSystem.names(in: folder.file("real")) == ["a"])
    symlink("no/such/a", folder.file("lost"))
    #expect { try write("x", to: folder.file("lost")) } throws: {
      ($0 as? UserError)?.description.contains("there is no folder") == true
    }
    symlink("round", folder.file("round"))
    #expect { try write("x", to: folder.file("round")) } throws: {
      ($0 as? UserError)?.description.contains("in a circle") == true
    }
  }

  @Test(
    "what the system tells only at the end keeps the older file: a quota at fsync, at close",
    arguments: [true, false])
  func toldLate(atSync: Bool) throws {
    let folder = try TemporaryFolder()
    try write("old", to: folder.file("a"))
    var calls = AtomicFile.Calls()
    let fails: @Sendable (Int32) -> Int32 = { _ in
      errno = EDQUOT
      return -1
    }
    if atSync { calls.sync = fails } else { calls.flush = fails }
    for name in ["a", "b"] {
      let file = try AtomicFile(path: folder.file(name), overwrite: true, calls: calls)
      try file.write(Data("new".utf8))
      #expect { try file.commit() } throws: {
        ($0 as? UserError)?.kind == .inputOutput && "\($0)".contains("quota")
      }
    }
    #expect(folder.names == ["a"])
    #expect(try text(folder.file("a")) == "old")
  }

  @Test("a folder that cannot be written to the disk is an error, and one that cannot be asked is none")
  func folderSync() throws {
    let folder = try TemporaryFolder()
    for (code, isError) in [(EIO, true), (EINVAL, false)] {
      var calls = AtomicFile.Calls()
      calls.syncFolder = { _ in
        errno = code
        return -1
      }
      let file = try AtomicFile(path: folder.file("a"), overwrite: true, calls: calls)
      let result = Result { try file.commit() }
      if case .failure(let error) = result {
        #expect(isError && (error as? UserError)?.kind == .inputOutput)
      } else {
        #expect(!isError)
      }
    }
  }

  @Test("names go up to 255 bytes, also of letters of several, and no further")
  func longNames() throws {
    let folder = try TemporaryFolder()
    for name in [String(repeating: "n", count: 255), String(repeating: "ü", count: 127) + "x"] {
      try write("long", to: folder.file(name))
      #expect(try text(folder.file(name)) == "long")
      // What a killed program left is found again.
      let first = try AtomicFile(path: folder.file(name), overwrite: true)
      try first.write(Data("half".utf8))
      first.leave()
      let second = try AtomicFile(path: folder.file(name), overwrite: true, resumes: true)
      #expect(second.temporaryPath == first.temporaryPath && lseek(second.descriptor, 0, SEEK_END) == 4)
      let beside = try AtomicFile(path: folder.file(name), overwrite: true, companion: "kept")
      #expect(beside.temporaryPath != second.temporaryPath)
    }
    let names = [String(repeating: "n", count: 251) + "1", String(repeating: "n", count: 251) + "2"]
    let files = try names.map { try AtomicFile(path: folder.file($0), overwrite: false) }
    #expect(files[0].temporaryPath != files[1].temporaryPath)
    #expect { try write("x", to: folder.file(String(repeating: "n", count: 256))) } throws: {
      ($0 as? UserError)?.description.hasSuffix("the name is too long") == true
    }
  }

  @Test("a named pipe gets the whole file, and stays a pipe")
  func pipe() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.file("p"), 0o600)
    let reader = Thread { [path = folder.file("p")] in
      let got = (try? InputFile.contents(path)) ?? Data()
      _ = FileManager.default.createFile(atPath: path + ".got", contents: got)
    }
    reader.start()
    let file = try AtomicFile(path: folder.file("p"), overwrite: false)
    try file.write(Data("through".utf8))
    try file.commit()
    for _ in 0..<500 where !reader.isFinished { usleep(2000) }
    #expect(try text(folder.file("p.got")) == "through")
    #expect(FileSystem.status(folder.file("p")).map(FileSystem.kind) == S_IFIFO)
  }

  @Test("a pipe that nobody reads is given up when the work is")
  func unreadPipe() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.file("p"), 0o600)
    var asked = 0
    #expect {
      _ = try AtomicFile(path: folder.file("p"), overwrite: false) {
        asked += 1
        return asked > 2
      }
    } throws: { ($0 as? UserError)?.description.contains("nobody reads") == true }
  }

  @Test("standard output has many names")
  func standardOutput() throws {
    let folder = try TemporaryFolder()
    symlink("/dev/stdout", folder.file("out"))
    for path in [
      "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/../dev//stdout", folder.file("out"),
    ] {
      #expect(OutputTarget.isStandardOutput(path), "\(path)")
    }
    #expect(!OutputTarget.isStandardOutput(folder.file("stdout")))
  }

  @Test(
    "what is no regular file is not replaced",
    arguments: [
      ("/dev/null", "not a regular file"), ("/dev", "it is a folder"),
      ("/dev/none/x", "no folder '/dev/none'"),
    ])
  func refused(path: String, sentence: String) {
    #expect { try write("x", to: path, overwrite: true) } throws: {
      ($0 as? UserError)?.kind == .cannotCreate && "\($0)".contains(sentence)
    }
  }

  @Test("a planted link or pipe under the temporary name is not written through")
  func planted() throws {
    let folder = try TemporaryFolder()
    try write("precious", to: folder.file("other"))
    symlink("other", folder.file(".a.part"))
    #expect(throws: UserError.self) { try write("x", to: folder.file("a")) }
    #expect(try text(folder.file("other")) == "precious")
    mkfifo(folder.file(".b.part"), 0o600)
    #expect(throws: UserError.self) { try write("x", to: folder.file("b")) }
  }

  @Test(
    "reading says why it cannot",
    arguments: [("/no/such", "no such file"), ("/dev", "a folder"), ("/etc/passwd/x", "not a folder")])
  func reading(path: String, sentence: String) {
    #expect { try InputFile.contents(path) } throws: {
      ($0 as? UserError)?.kind == .noInput && "\($0)".contains(sentence)
    }
  }
}
