import Glibc

/// Requests real-time scheduling and locked memory for threads that feed an audio device.
enum AudioThread {
  /// The SCHED_FIFO priority: above normal threads, below the sound server and the kernel's interrupt
  /// threads.
  private static let priority: Int32 = 10

  /// Whether the process is allowed to use SCHED_FIFO at `priority`: by RLIMIT_RTPRIO, or as root.
  static var canUseRealTimePriority: Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(__RLIMIT_RTPRIO.rawValue), &limit)
    return geteuid() == 0 || limit.rlim_cur >= rlim_t(priority)
  }

  /// Requests SCHED_FIFO for the calling thread (`ulimit -r` sets the limit) and locks the memory of the
  /// process.
  /// - Returns: whether SCHED_FIFO was granted.
  static func requestRealTimePriority() -> Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
    // With a finite RLIMIT_MEMLOCK, later allocations would fail.
    if limit.rlim_cur == rlim_t.max || geteuid() == 0 { mlockall(MCL_CURRENT) }
    return setRealTimePriority()
  }

  /// Runs `body` with real-time priority, which threads that it starts inherit, such as those of a sound
  /// server's client library.
  static func withRealTimePriority<R>(_ body: () -> R) -> R {
    var policy: Int32 = 0
    var settings = sched_param()
    pthread_getschedparam(pthread_self(), &policy, &settings)
    _ = setRealTimePriority()
    defer { pthread_setschedparam(pthread_self(), policy, &settings) }
    return body()
  }

  private static func setRealTimePriority() -> Bool {
    var settings = sched_param()
    settings.sched_priority = priority
    return pthread_setschedparam(pthread_self(), SCHED_FIFO, &settings) == 0
  }
}
