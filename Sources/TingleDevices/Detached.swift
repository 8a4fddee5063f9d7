import Foundation
import Synchronization

/// Calls that may never come back, such as those to a sound server that is stuck: they are made on a thread of their own, and
/// whoever waits can give up.
enum Detached {
  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<(result: Value?, isForsaken: Bool)>((nil, false))
    let ended = DispatchSemaphore(value: 0)
  }

  /// Does something, for so long at most.
  /// - Parameters:
  ///   - isCancelled: asked ten times a second; true gives up.
  ///   - tooLate: gets what came after all, when nobody waited any more.
  /// - Returns: nil where it was given up.
  static func run<Value: Sendable>(
    seconds: Double, isCancelled: () -> Bool = { false },
    tooLate: @escaping @Sendable (Value) -> Void = { _ in },
    _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    let box = Box<Value>()
    let thread = Thread {
      let value = body()
      let isForsaken = box.value.withLock { state in
        state.result = value
        return state.isForsaken
      }
      if isForsaken { tooLate(value) }
      box.ended.signal()
    }
    thread.name = "tingle call"
    thread.start()
    for _ in 0..<max(1, Int(seconds * 10)) {
      if box.ended.wait(timeout: .now() + .milliseconds(100)) == .success || isCancelled() { break }
    }
    return box.value.withLock { state in
      state.isForsaken = true
      return state.result
    }
  }
}
