import CFloatingPoint

/// Subnormal numbers: those below 1.2e-38, on which arithmetic is about a hundred times as slow.
package enum Subnormals {
  /// Runs `body` with subnormal numbers taken as zero on this thread. Filters and resonators can then decay
  /// to the end.
  @inline(__always) package static func flushed<Result>(_ body: () -> Result) -> Result {
    let control = floating_point_control()
    set_floating_point_control(without_subnormals(control))
    defer { set_floating_point_control(control) }
    return body()
  }
}
