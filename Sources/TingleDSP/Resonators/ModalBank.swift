/// A struck object: up to 8 × `groups` damped cosines, each y(t) = g e^(-αt) cos(2πft), eight to a SIMD lane.
///
/// Every mode is the two-term recurrence y[n] = 2r cos ω · y[n-1] - r² · y[n-2], the impulse response of a
/// two-pole resonator; modes are set as they ring at the moment of the strike and nothing is fed in later.
/// Set modes from low to high: a group of eight is dropped as soon as its slowest mode is inaudible.
public struct ModalBank<let groups: Int>: Sendable {
  private struct Group: Sendable {
    var y1 = SIMD8<Float>.zero
    var y2 = SIMD8<Float>.zero
    var a1 = SIMD8<Float>.zero
    var a2 = SIMD8<Float>.zero
    var framesLeft = 0
  }

  private var group = InlineArray<groups, Group>(repeating: Group())
  private var active = 0

  /// A silent bank.
  public init() {}

  /// How many modes it can hold.
  public static var capacity: Int { groups * 8 }

  /// Stills every mode.
  public mutating func clear() {
    for g in 0..<active { group[g] = Group() }
    active = 0
  }

  /// Sets mode `index` ringing.
  /// - Parameters:
  ///   - frequencyHz: modes above 0.45 of the sample rate stay silent.
  ///   - dampingPerSecond: α in e^(-αt); the level falls 8.69 α decibels a second.
  ///   - gain: the amplitude at the strike.
  ///   - floor: the amplitude below which the mode may be dropped.
  ///   - sampleRate: in hertz.
  public mutating func set(
    _ index: Int, frequencyHz: Double, dampingPerSecond: Double, gain: Double, floor: Double,
    sampleRate: Double
  ) {
    guard frequencyHz < 0.45 * sampleRate, abs(gain) > floor else { return }
    let (g, lane) = (index / 8, index % 8)
    let radius = Maths.exp(-dampingPerSecond / sampleRate)
    let cosine = Maths.sinCos(turns: frequencyHz / sampleRate).cos
    // y[-1] and y[-2] of the ongoing cosine, so that y[0] = gain.
    let a1 = 2 * radius * cosine
    let before = gain * cosine / radius
    group[g].a1[lane] = Float(a1)
    group[g].a2[lane] = Float(-radius * radius)
    group[g].y1[lane] = Float(before)
    group[g].y2[lane] = Float((a1 * before - gain) / (radius * radius))
    let seconds = Maths.log(abs(gain) / floor) / dampingPerSecond
    group[g].framesLeft = max(group[g].framesLeft, Int(seconds * sampleRate) + 1)
    active = max(active, g + 1)
  }

  /// True once nothing rings.
  public var isSilent: Bool { active == 0 }

  /// The next sample: the sum of the modes.
  @inline(__always) public mutating func next() -> Float {
    var sum = SIMD8<Float>.zero
    for g in 0..<active {
      let y = group[g].a1 * group[g].y1 + group[g].a2 * group[g].y2
      group[g].y2 = group[g].y1
      group[g].y1 = y
      sum += y
    }
    return sum.laneSum
  }

  /// Adds the next samples to the frames `range` of a block, and drops the groups that have died away.
  ///
  /// Two groups at a time, in registers: the recurrence of one waits while the other's is computed.
  public mutating func add(to block: inout MutableSpan<Float>, in range: Range<Int>) {
    for first in stride(from: 0, to: active, by: 2) {
      if first + 1 < active {
        var a = group[first]
        var b = group[first + 1]
        for i in range {
          let ya = a.a1 * a.y1 + a.a2 * a.y2
          let yb = b.a1 * b.y1 + b.a2 * b.y2
          (a.y2, a.y1, b.y2, b.y1) = (a.y1, ya, b.y1, yb)
          block[i] += (ya + yb).laneSum
        }
        group[first] = a
        group[first + 1] = b
      } else {
        var a = group[first]
        for i in range {
          let ya = a.a1 * a.y1 + a.a2 * a.y2
          (a.y2, a.y1) = (a.y1, ya)
          block[i] += ya.laneSum
        }
        group[first] = a
      }
    }
    elapse(frames: range.count)
  }

  /// Says that `frames` have been taken with `next()`: drops the groups that have died away.
  public mutating func elapse(frames: Int) {
    var live = 0
    for g in 0..<active {
      group[g].framesLeft -= frames
      if group[g].framesLeft > 0 { live = g + 1 }
    }
    for g in live..<active { group[g] = Group() }
    active = live
  }
}
