import Foundation
import Synchronization

/// Runs a call that can block forever, such as a call to a sound server that does not respond, on a thread of
/// its own.
///
/// A call that exceeds the timeout keeps its thread until it returns.
/// - Parameters:
///   - seconds: the timeout.
///   - isCancelled: polled ten times a second; true stops the wait.
///   - onLateResult: receives the result of a call that returns after the wait has ended.
///   - body: the call.
/// - Returns: the result; nil after a timeout or a cancellation.
package func withTimeout<Value: Sendable>(
  seconds: Double, isCancelled: () -> Bool = { false },
  onLateResult: @escaping @Sendable (Value) -> Void = { _ in },
  _ body: @escaping @Sendable () -> Value
) -> Value? {
  let call = TimedCall<Value>()
  let thread = Thread {
    let value = body()
    let isAbandoned = call.state.withLock { state in
      state.result = value
      return state.isAbandoned
    }
    if isAbandoned { onLateResult(value) }
    call.ended.signal()
  }
  thread.name = "tingle call"
  thread.start()
  for _ in 0..<max(1, Int(seconds * 10)) {
    if call.ended.wait(timeout: .now() + .milliseconds(100)) == .success || isCancelled() { break }
  }
  return call.state.withLock { state in
    state.isAbandoned = true
    return state.result
  }
}

/// The state that the waiting thread and the calling thread share.
private final class TimedCall<Value: Sendable>: Sendable {
  let state = Mutex<(result: Value?, isAbandoned: Bool)>((nil, false))
  let ended = DispatchSemaphore(value: 0)
}
