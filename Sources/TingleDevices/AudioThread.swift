import Glibc

/// What the system may grant to a thread on which sound depends.
enum AudioThread {
  /// Low among the fixed ones: above everything ordinary, below the sound server and the machine's own.
  private static let priority: Int32 = 10

  /// Whether a fixed priority is to be had.
  static var mayClaimPriority: Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(__RLIMIT_RTPRIO.rawValue), &limit)
    return geteuid() == 0 || limit.rlim_cur >= rlim_t(priority)
  }

  /// Asks for a fixed priority (as the limit `rtprio` allows; `ulimit -r`), and that memory stay in place (`memlock`).
  /// - Returns: whether the priority was granted.
  static func claimPriority() -> Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
    // Only without a limit: where there is one, later allocations would fail.
    if limit.rlim_cur == rlim_t.max || geteuid() == 0 { mlockall(MCL_CURRENT) }
    return rise()
  }

  /// Does something that begins threads of its own, on which sound depends too: they get the priority as well. A sound server's
  /// client library is such a thing.
  static func withPriority<R>(_ body: () -> R) -> R {
    var policy: Int32 = 0
    var settings = sched_param()
    pthread_getschedparam(pthread_self(), &policy, &settings)
    _ = rise()
    defer { pthread_setschedparam(pthread_self(), policy, &settings) }
    return body()
  }

  private static func rise() -> Bool {
    var settings = sched_param()
    settings.sched_priority = priority
    return pthread_setschedparam(pthread_self(), SCHED_FIFO, &settings) == 0
  }
}
