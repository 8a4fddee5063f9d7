import Glibc

/// Compares the device's clock with the machine's.
struct DriftClock {
  private let sampleRate: Double
  private static let settlingSeconds = 5.0
  private var began: (nanoseconds: UInt64, frames: Int)?
  private var frames = 0
  private var heard = 0
  private var elapsed = 0.0

  init(sampleRate: Double) { self.sampleRate = sampleRate }

  /// Forgets what was: the device has stumbled.
  mutating func reset() {
    began = nil
    frames = 0
  }

  /// So many frames were handed over, of which so many have not been heard.
  mutating func tick(frames count: Int, pending: Int) {
    frames += count
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    // A device takes a moment to get going.
    guard frames > Int(Self.settlingSeconds * sampleRate) else { return }
    guard let began else {
      began = (now, frames - pending)
      return
    }
    elapsed = Double(now - began.nanoseconds) * 1e-9
    heard = frames - pending - began.frames
  }

  /// In millionths; 0 until it means something.
  var driftPPM: Double {
    elapsed > 30 ? (Double(heard) / sampleRate / elapsed - 1) * 1e6 : 0
  }
}
