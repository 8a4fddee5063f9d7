/// A bank of up to 8 × `groups` modes: two-pole resonators -> balance per mode -> sum for each ear.
///
/// Each mode is a damped cosine y(t) = g e^(-αt) cos(2π(ft + φ)), computed by the recurrence y[n] = 2r cos ω
/// · y[n-1] - r² · y[n-2]. Eight modes share one SIMD vector. Use a bank in one of two ways: `set` starts
/// modes at the moment of a single strike; `tune` and `strike` excite the same modes repeatedly. Set modes
/// from low to high: a group of eight is dropped as soon as its slowest mode is inaudible.
public struct ModalBank<let groups: Int>: Sendable {
  private struct Group: Sendable {
    var y1 = SIMD8<Float>.zero
    var y2 = SIMD8<Float>.zero
    var a1 = SIMD8<Float>.zero
    var a2 = SIMD8<Float>.zero
    // The gain of each mode at each ear.
    var left = SIMD8<Float>(repeating: 1)
    var right = SIMD8<Float>(repeating: 1)
    var framesLeft = 0

    @inline(__always) mutating func step() -> SIMD8<Float> {
      let y = a1 * y1 + a2 * y2
      y2 = y1
      y1 = y
      return y
    }
  }

  private var group = InlineArray<groups, Group>(repeating: Group())
  private var active = 0

  /// Creates a silent bank.
  public init() {}

  /// The number of modes that fit.
  public static var capacity: Int { groups * 8 }

  /// Starts mode `index`.
  /// - Parameters:
  ///   - frequencyHz: the frequency; modes above 0.45 of the sample rate stay silent.
  ///   - dampingPerSecond: α in e^(-αt); the level falls by 8.69 α decibels per second.
  ///   - gain: the amplitude at the start; modes at or below `floor` stay silent.
  ///   - phaseTurns: φ, 0 for a cosine.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  ///   - floor: the amplitude below which the mode can be dropped.
  ///   - sampleRate: the sample rate in hertz.
  public mutating func set(
    _ index: Int, frequencyHz: Double, dampingPerSecond: Double, gain: Double, phaseTurns: Double = 0,
    balance: Double = 0, floor: Double, sampleRate: Double
  ) {
    guard frequencyHz < 0.45 * sampleRate, abs(gain) > floor else { return }
    let (g, lane) = (index / 8, index % 8)
    let radius = Maths.exp(-dampingPerSecond / sampleRate)
    let step = Maths.sinCos(turns: frequencyHz / sampleRate)
    let before = Self.before(radius, step, phaseTurns)
    setBalance(index, balance)
    group[g].a1[lane] = Float(2 * radius * step.cos)
    group[g].a2[lane] = Float(-radius * radius)
    group[g].y1[lane] = Float(gain * before.y1)
    group[g].y2[lane] = Float(gain * before.y2)
    let seconds = Maths.log(abs(gain) / floor) / dampingPerSecond
    group[g].framesLeft = max(group[g].framesLeft, Int(seconds * sampleRate) + 1)
    active = max(active, g + 1)
  }

  /// Sets the balance of a mode: 0 for both ears alike, 1 for the right alone, -1 for the left alone. The
  /// mean power of the ears does not change.
  public mutating func setBalance(_ index: Int, _ balance: Double) {
    let ears = SIMD2<Float>.balanced(balance)
    group[index / 8].left[index % 8] = ears.x
    group[index / 8].right[index % 8] = ears.y
  }

  /// The state y[-1] and y[-2] from which the recurrence continues with y[0] = cos 2πφ.
  private static func before(
    _ radius: Double, _ step: (sin: Double, cos: Double), _ phaseTurns: Double
  ) -> (y1: Double, y2: Double) {
    let phase = Maths.sinCos(turns: phaseTurns)
    let y1 = (phase.cos * step.cos + phase.sin * step.sin) / radius
    return (y1, (2 * radius * step.cos * y1 - phase.cos) / (radius * radius))
  }

  /// Tunes mode `index` without a strike. A mode that rings continues at the new pitch.
  /// - Parameter phaseTurns: φ: 0 for a cosine, -0.25 for a sine, which starts at zero.
  /// - Returns: the `push` for a strike with amplitude 1.
  public mutating func tune(
    _ index: Int, frequencyHz: Double, dampingPerSecond: Double, phaseTurns: Double = 0, sampleRate: Double
  ) -> SIMD2<Float> {
    let (g, lane) = (index / 8, index % 8)
    let radius = Maths.exp(-dampingPerSecond / sampleRate)
    let step = Maths.sinCos(turns: frequencyHz / sampleRate)
    group[g].a1[lane] = Float(2 * radius * step.cos)
    group[g].a2[lane] = Float(-radius * radius)
    let before = Self.before(radius, step, phaseTurns)
    return SIMD2(Float(before.y1), Float(before.y2))
  }

  /// Strikes mode `index` now; the strike adds to what still rings.
  /// - Parameters:
  ///   - push: the value that `tune` returned, times the amplitude.
  ///   - frames: the number of frames after which the mode can be dropped.
  @inline(__always) public mutating func strike(_ index: Int, push: SIMD2<Float>, frames: Int) {
    let (g, lane) = (index / 8, index % 8)
    group[g].y1[lane] += push.x
    group[g].y2[lane] += push.y
    group[g].framesLeft = max(group[g].framesLeft, frames)
    active = max(active, g + 1)
  }

  /// Clears the state of mode `index` and strikes it.
  @inline(__always) public mutating func restart(_ index: Int, push: SIMD2<Float>, frames: Int) {
    let (g, lane) = (index / 8, index % 8)
    group[g].y1[lane] = 0
    group[g].y2[lane] = 0
    strike(index, push: push, frames: frames)
  }

  /// Whether all modes have been dropped.
  public var isSilent: Bool { active == 0 }

  /// Computes the next frame: the sum of the modes for each ear. Call `elapse(frames:)` afterwards.
  @inline(__always) public mutating func next() -> SIMD2<Float> {
    var left = SIMD8<Float>.zero
    var right = SIMD8<Float>.zero
    for g in 0..<active {
      let y = group[g].step()
      left += group[g].left * y
      right += group[g].right * y
    }
    return SIMD8.laneSums(left, right)
  }

  /// Adds the next frames to the frames `range` of a block, and drops the groups that have decayed.
  ///
  /// Computes two groups at a time, in registers, so that the recurrences of both overlap, and two frames at
  /// a time: summing lanes frame by frame would cost more than the modes.
  public mutating func add(to block: inout MutableSpan<SIMD2<Float>>, in range: Range<Int>) {
    block.withUnsafeMutableBufferPointer { frames in
      for first in stride(from: 0, to: active, by: 2) {
        if first + 1 < active {
          addPair(first, to: frames, range)
        } else {
          addLast(first, to: frames, range)
        }
      }
    }
    elapse(frames: range.count)
  }

  private mutating func addPair(
    _ first: Int, to frames: UnsafeMutableBufferPointer<SIMD2<Float>>, _ range: Range<Int>
  ) {
    var a = group[first]
    var b = group[first + 1]
    var i = range.lowerBound
    while i + 2 <= range.upperBound {
      let (a0, b0) = (a.step(), b.step())
      let (a1, b1) = (a.step(), b.step())
      Self.add(
        a.left * a0 + b.left * b0, a.right * a0 + b.right * b0, a.left * a1 + b.left * b1,
        a.right * a1 + b.right * b1, to: frames, at: i)
      i += 2
    }
    if i < range.upperBound {
      let (a0, b0) = (a.step(), b.step())
      frames[i] += SIMD8.laneSums(a.left * a0 + b.left * b0, a.right * a0 + b.right * b0)
    }
    group[first] = a
    group[first + 1] = b
  }

  private mutating func addLast(
    _ last: Int, to frames: UnsafeMutableBufferPointer<SIMD2<Float>>, _ range: Range<Int>
  ) {
    var a = group[last]
    var i = range.lowerBound
    while i + 2 <= range.upperBound {
      let (y0, y1) = (a.step(), a.step())
      Self.add(a.left * y0, a.right * y0, a.left * y1, a.right * y1, to: frames, at: i)
      i += 2
    }
    if i < range.upperBound {
      let y = a.step()
      frames[i] += SIMD8.laneSums(a.left * y, a.right * y)
    }
    group[last] = a
  }

  /// Adds the lane sums of two frames, left and right.
  @inline(__always) private static func add(
    _ s0: SIMD8<Float>, _ s1: SIMD8<Float>, _ s2: SIMD8<Float>, _ s3: SIMD8<Float>,
    to frames: UnsafeMutableBufferPointer<SIMD2<Float>>, at i: Int
  ) {
    let sums = SIMD8.laneSums(s0, s1, s2, s3)
    let pointer = UnsafeMutableRawPointer(frames.baseAddress! + i)
    pointer.storeBytes(of: pointer.loadUnaligned(as: SIMD4<Float>.self) + sums, as: SIMD4<Float>.self)
  }

  /// Counts `frames` that were computed with `next()`, and drops the groups that have decayed.
  public mutating func elapse(frames: Int) {
    var live = 0
    for g in 0..<active {
      group[g].framesLeft -= frames
      if group[g].framesLeft > 0 { live = g + 1 }
    }
    for g in live..<active {
      group[g].y1 = .zero
      group[g].y2 = .zero
    }
    active = live
  }
}
