import Dispatch
import Glibc
import Synchronization
import Testing
import TingleFiles

@Suite("Byte sources")
struct ByteSourceTests {
  @Test("a rejected device is closed only once, so that descriptors of other threads stay open")
  func closedOnce() {
    let isOver = Atomic<Bool>(false)
    let lost = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      guard worker == 0 else {
        for _ in 0..<4000 { _ = try? ByteSource("/dev/zero", as: "sound file") }
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
