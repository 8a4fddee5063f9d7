import Glibc

/// Measures the drift of the device's sample clock against the system's monotonic clock.
struct ClockDriftMeter {
  private let sampleRate: Double
  // A device needs a moment before it plays at a constant rate.
  private static let settlingSeconds = 5.0
  private static let shortestSeconds = 30.0
  private var start: (nanoseconds: UInt64, frames: Int)?
  private var frames = 0
  private var played = 0
  private var elapsed = 0.0

  init(sampleRate: Double) { self.sampleRate = sampleRate }

  /// Restarts the measurement after an underrun or a suspend.
  mutating func reset() {
    start = nil
    frames = 0
  }

  /// Records that frames were written to the device.
  /// - Parameters:
  ///   - count: the number of frames written since the last call.
  ///   - pending: the number of frames written and not yet played.
  mutating func tick(frames count: Int, pending: Int) {
    frames += count
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    guard frames > Int(Self.settlingSeconds * sampleRate) else { return }
    guard let start else {
      start = (now, frames - pending)
      return
    }
    elapsed = Double(now - start.nanoseconds) * 1e-9
    played = frames - pending - start.frames
  }

  /// The drift in parts per million, positive if the device is fast; 0 until 30 seconds are measured.
  var driftPPM: Double {
    elapsed > Self.shortestSeconds ? (Double(played) / sampleRate / elapsed - 1) * 1e6 : 0
  }
}
