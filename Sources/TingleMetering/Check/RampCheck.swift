/// How gently a track comes and goes: its momentary loudness over its first two minutes and its last four.
struct RampCheck {
  // Tenths of a second.
  private var first: [Double] = []
  private var last: [Double] = []
  private var place = 0
  private static let firstCount = 1200
  private static let lastCount = 2400

  mutating func hear(_ momentary: Double) {
    if first.count < Self.firstCount { first.append(momentary) }
    if last.count < Self.lastCount {
      last.append(momentary)
    } else {
      last[place] = momentary
      place = (place + 1) % Self.lastCount
    }
  }

  /// How long it takes until the track is within 3 LU of what it then is, in seconds.
  var entranceSeconds: Double { Self.seconds(first) }

  /// How long before its end it was so for the last time, in seconds.
  var exitSeconds: Double { Self.seconds((last[place...] + last[..<place]).reversed()) }

  private static func seconds(_ levels: [Double]) -> Double {
    guard !levels.isEmpty else { return 0 }
    // What is heard most of the time, ramp aside.
    let usual = levels.sorted()[levels.count * 6 / 10]
    return 0.1 * Double(levels.firstIndex { $0 >= usual - 3 } ?? 0)
  }
}
