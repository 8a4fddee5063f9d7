/// Up to 16 splashes that sound at once, and others that wait for their start. Four share SIMD lanes; a
/// silent group costs nothing.
struct SplashBank: Sendable {
  private struct Group: Sendable {
    var noise = SIMD4<UInt32>(repeating: 1)
    var high = SIMD4<Float>.zero
    var low = SIMD4<Float>.zero
    var highState = SIMD4<Float>.zero
    var lowState = SIMD4<Float>.zero
    var level = SIMD4<Float>.zero
    var missing = SIMD4<Float>.zero
    var factor = SIMD4<Float>.zero
    var missingFactor = SIMD4<Float>.zero
    var left = SIMD4<Float>.zero
    var right = SIMD4<Float>.zero
    /// Of the lane that sounds longest.
    var framesLeft = 0
    var laneFramesLeft = SIMD4<Int32>.zero
  }

  private static let groups = 4
  private var group = InlineArray<4, Group>(repeating: Group())
  private var pending = EventQueue<40, Splash>(filler: Splash())

  /// Creates a bank without splashes.
  init() {}

  var isOver: Bool {
    guard pending.isEmpty else { return false }
    for g in 0..<Self.groups where group[g].framesLeft > 0 { return false }
    return true
  }

  /// Adds a splash; a full bank drops it.
  /// - Parameter delayFrames: the delay of the start, counted from the first frame of the next block.
  mutating func add(_ splash: Splash, delayFrames: Int) { pending.add(splash, delayFrames: delayFrames) }

  /// Adds the splashes to a block of at most `Grid.frames`.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard !isOver else { return }
    block.withUnsafeMutableBufferPointer { block in
      var done = 0
      while let (start, splash) = pending.next(before: block.count) {
        let frame = max(done, start)
        render(to: block.baseAddress! + done, count: frame - done)
        done = frame
        begin(splash)
      }
      render(to: block.baseAddress! + done, count: block.count - done)
      pending.advance(frames: block.count)
    }
  }

  /// Starts a splash in a free lane.
  private mutating func begin(_ splash: Splash) {
    for g in 0..<Self.groups {
      for lane in 0..<4 where group[g].laneFramesLeft[lane] <= 0 {
        group[g].noise[lane] = splash.noise
        (group[g].high[lane], group[g].low[lane]) = (splash.high, splash.low)
        (group[g].highState[lane], group[g].lowState[lane]) = (0, 0)
        (group[g].level[lane], group[g].missing[lane]) = (splash.level, splash.level)
        (group[g].factor[lane], group[g].missingFactor[lane]) = (splash.factor, splash.missingFactor)
        (group[g].left[lane], group[g].right[lane]) = (splash.ears.x, splash.ears.y)
        group[g].laneFramesLeft[lane] = Int32(splash.frames)
        group[g].framesLeft = max(group[g].framesLeft, splash.frames)
        return
      }
    }
  }

  private mutating func render(to frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
    for g in 0..<Self.groups where group[g].framesLeft > 0 {
      // A buffer on the stack has at most 1024 bytes.
      for first in stride(from: 0, to: count, by: 64) {
        Self.add(&group[g], to: frames + first, count: min(64, count - first))
      }
      group[g].framesLeft -= count
      group[g].laneFramesLeft &-= Int32(truncatingIfNeeded: count)
      for lane in 0..<4 where group[g].laneFramesLeft[lane] <= 0 {
        (group[g].level[lane], group[g].missing[lane], group[g].laneFramesLeft[lane]) = (0, 0, 0)
      }
    }
  }

  /// Adds the four splashes of a group.
  private static func add(_ group: inout Group, to frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
    withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 64) { bursts in
      let bursts = bursts.baseAddress!
      var (noise, highState, lowState) = (group.noise, group.highState, group.lowState)
      var (level, missing) = (group.level, group.missing)
      let (high, low, factor, missingFactor) = (group.high, group.low, group.factor, group.missingFactor)
      for i in 0..<count {
        // G. Marsaglia, "Xorshift RNGs", J. Stat. Software 8 (2003) 14.
        noise ^= noise &<< 13
        noise ^= noise &>> 17
        noise ^= noise &<< 5
        let x = SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: noise)) * (0x1p-31 * 1.7320508)
        let v = high * (x - highState)
        let below = v + highState
        highState = below + v
        let w = low * ((x - below) - lowState)
        let y = w + lowState
        lowState = y + w
        bursts[i] = (level - missing) * y
        level *= factor
        missing *= missingFactor
      }
      (group.noise, group.highState, group.lowState) = (noise, highState, lowState)
      (group.level, group.missing) = (level, missing)
      let (left, right) = (group.left, group.right)
      for i in 0..<count { frames[i] += SIMD4.laneSums(left * bursts[i], right * bursts[i]) }
    }
  }
}
