import Foundation
import Measure
import Synchronization
import Testing
import TingleFiles

@Suite("Byte sources")
struct ByteSourceTests {
  @Test(
    "a rejected input is closed only once, so that descriptors of other threads stay open",
    arguments: ["/dev/zero", "text"])
  func closedOnce(name: String) throws {
    let folder = try TemporaryFolder()
    let path = name.hasPrefix("/") ? name : folder.file(name)
    if path != name { try Data("not a sound file".utf8).write(to: URL(fileURLWithPath: path)) }
    let isOver = Atomic<Bool>(false)
    let lost = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      guard worker == 0 else {
        for _ in 0..<4000 { _ = try? SoundFileReader(path) }
        return isOver.store(true, ordering: .relaxed)
      }
      while !isOver.load(ordering: .relaxed) {
        let descriptor = Glibc.open("/dev/null", O_RDONLY)
        usleep(1)
        if Glibc.close(descriptor) != 0 { lost.add(1, ordering: .relaxed) }
      }
    }
    #expect(lost.load(ordering: .relaxed) == 0)
  }
}
