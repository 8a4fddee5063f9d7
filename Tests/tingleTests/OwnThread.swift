import Foundation
import Testing

/// A trait: tests run on threads of their own, several side by side.
///
/// A test that waits for a program blocks its thread. On Swift's own pool, which has a thread for each core, it would
/// keep that core from the tests that compute, and would be kept by them from its next step.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  /// How many tests run at a time. Most of them wait.
  private static let seats = 3 * ProcessInfo.processInfo.activeProcessorCount
  private static let free = DispatchSemaphore(value: seats)
  private static let door = NSLock()

  let isRecursive = true

  /// The suite takes all that it holds off the pool; each test in it takes a seat.
  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    test.isSuite || testCase != nil ? self : nil
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadExecutor.shared) {
      let seats = testCase == nil ? 0 : test.isAlone ? Self.seats : 1
      Self.take(seats)
      defer { for _ in 0..<seats { Self.free.signal() } }
      try await function()
    }
  }

  /// Blocks a thread that has nothing else to do. A test that needs several seats gets them before any later one.
  private static func take(_ seats: Int) {
    if seats > 0 { door.withLock { for _ in 0..<seats { free.wait() } } }
  }
}

extension Trait where Self == OwnThread {
  static var ownThread: Self { OwnThread() }
}

/// A trait: no other test on a thread of its own runs at the same time. Tests that compute are not held up.
struct Alone: TestTrait {}

extension Trait where Self == Alone {
  static var alone: Self { Alone() }
}

extension Test {
  fileprivate var isAlone: Bool { traits.contains { $0 is Alone } }
}

/// A new thread for each job.
private final class ThreadExecutor: TaskExecutor {
  static let shared = ThreadExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
