/// Measures the fade-in and fade-out times from the momentary loudness of the first two and last four
/// minutes.
struct FadeCheck {
  // One momentary loudness per tenth of a second; `last` is a ring buffer.
  private var first: [Double] = []
  private var last: [Double] = []
  private var index = 0
  private static let firstCount = 1200
  private static let lastCount = 2400

  /// Adds the momentary loudness of the next tenth of a second, in LUFS.
  mutating func add(momentary: Double) {
    if first.count < Self.firstCount { first.append(momentary) }
    if last.count < Self.lastCount {
      last.append(momentary)
    } else {
      last[index] = momentary
      index = (index + 1) % Self.lastCount
    }
  }

  /// The time from the start until the loudness first comes within 3 LU of its usual value, in seconds.
  var fadeInSeconds: Double { Self.seconds(first) }

  /// The time from the last moment within 3 LU of the usual loudness to the end, in seconds.
  var fadeOutSeconds: Double { Self.seconds((last[index...] + last[..<index]).reversed()) }

  private static func seconds(_ levels: [Double]) -> Double {
    guard !levels.isEmpty else { return 0 }
    // The 60th percentile: the loudness outside the fade.
    let usual = levels.sorted()[levels.count * 6 / 10]
    return 0.1 * Double(levels.firstIndex { $0 >= usual - 3 } ?? 0)
  }
}
