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

  @Test("the file has its temporary name until it is committed, and its final name after that")
  func commit() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("a"), overwrite: false)
    try file.write(Data("new".utf8))
    #expect(folder.names == [".a.part"])
    try file.commit()
    #expect(folder.names == ["a"])
    #expect(try text(folder.file("a")) == "new")
    let abandoned = try AtomicFile(path: folder.file("b"), overwrite: false)
    abandoned.abandon()
    #expect(folder.names == ["a"])
  }

  @Test("an existing file is replaced only with overwrite, and its permissions are kept")
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
    "chains of symbolic links are followed, and a dangling link creates its target without overwrite")
  func links() throws {
    let folder = try TemporaryFolder()
    mkdir(folder.file("real"), 0o777)
    symlink("real/a", folder.file("one"))
    symlink(folder.file("one"), folder.file("two"))
    try write("first", to: folder.file("two"))
    #expect(try text(folder.file("real/a")) == "first")
    #expect { try write("x", to: folder.file("two")) } throws: {
      ($0 as? UserError)?.description.contains("exists; use --force") == true
    }
    try write("second", to: folder.file("two"), overwrite: true)
    #expect(try text(folder.file("real/a")) == "second")
    #expect(FileSystem.destination(ofLink: folder.file("one")) == "real/a")
    #expect(FileSystem.names(in: folder.file("real")) == ["a"])
    symlink("no/such/a", folder.file("lost"))
    #expect { try write("x", to: folder.file("lost")) } throws: {
      ($0 as? UserError)?.description.contains("does not exist") == true
    }
    symlink("round", folder.file("round"))
    #expect { try write("x", to: folder.file("round")) } throws: {
      ($0 as? UserError)?.description.contains("form a loop") == true
    }
  }

  @Test(
    "an exceeded quota that fsync or close reports keeps the old file",
    arguments: [true, false])
  func lateErrors(atSync: Bool) throws {
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

  @Test("a failed fsync of the folder is an error, an unsupported one is not")
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

  @Test("names of up to 255 bytes are accepted, also with multi-byte letters, and longer names are rejected")
  func longNames() throws {
    let folder = try TemporaryFolder()
    for name in [String(repeating: "n", count: 255), String(repeating: "ü", count: 127) + "x"] {
      try write("long", to: folder.file(name))
      #expect(try text(folder.file(name)) == "long")
      // The temporary file of a killed process is found again.
      let first = try AtomicFile(path: folder.file(name), overwrite: true)
      try first.write(Data("half".utf8))
      first.keepPartial()
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

  @Test("a named pipe receives the complete file and stays a pipe")
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

  @Test("waiting for the reader of a pipe stops on cancellation")
  func unreadPipe() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.file("p"), 0o600)
    var asked = 0
    #expect {
      _ = try AtomicFile(path: folder.file("p"), overwrite: false) {
        asked += 1
        return asked > 2
      }
    } throws: { ($0 as? UserError)?.description.contains("no process reads") == true }
  }

  @Test("all names of standard output are recognised")
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
    "devices and folders are not replaced",
    arguments: [
      ("/dev/null", "not a regular file"), ("/dev", "it is a folder"),
      ("/dev/none/x", "the folder '/dev/none' does not exist"),
    ])
  func notRegular(path: String, message: String) {
    #expect { try write("x", to: path, overwrite: true) } throws: {
      ($0 as? UserError)?.kind == .cannotCreate && "\($0)".contains(message)
    }
  }

  @Test("a link or a pipe with the temporary file's name is not written to")
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
    "the error for an unreadable file says why",
    arguments: [("/no/such", "no such file"), ("/dev", "a folder"), ("/etc/passwd/x", "not a folder")])
  func reading(path: String, message: String) {
    #expect { try InputFile.contents(path) } throws: {
      ($0 as? UserError)?.kind == .noInput && "\($0)".contains(message)
    }
  }
}
