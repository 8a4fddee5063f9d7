import Foundation
import Testing

/// A test trait: each test runs on a thread of its own, a limited number of them at a time.
///
/// These tests wait for other processes and block their thread. On Swift's cooperative pool, which has one
/// thread per core, they would delay the tests that compute, and be delayed by them.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  /// The number of tests that run at a time: more than there are cores, because most of them wait.
  private static let slots = 3 * ProcessInfo.processInfo.activeProcessorCount
  private static let freeSlots = DispatchSemaphore(value: slots)
  private static let queue = NSLock()

  let isRecursive = true

  /// The suite moves its tests off the pool; each test case takes a slot.
  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    test.isSuite || testCase != nil ? self : nil
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadExecutor.shared) {
      let slots = testCase == nil ? 0 : test.isAlone ? Self.slots : 1
      Self.take(slots)
      defer { for _ in 0..<slots { Self.freeSlots.signal() } }
      try await function()
    }
  }

  /// Waits for slots. The lock lets a test that needs several slots collect them before later tests take any.
  private static func take(_ slots: Int) {
    if slots > 0 { queue.withLock { for _ in 0..<slots { freeSlots.wait() } } }
  }
}

extension Trait where Self == OwnThread {
  static var ownThread: Self { OwnThread() }
}

/// A test trait: no other `OwnThread` test runs at the same time.
struct Alone: TestTrait {}

extension Trait where Self == Alone {
  static var alone: Self { Alone() }
}

extension Test {
  fileprivate var isAlone: Bool { traits.contains { $0 is Alone } }
}

/// An executor that runs each job on a new thread.
private final class ThreadExecutor: TaskExecutor {
  static let shared = ThreadExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
