/// Air bubbles that ring in water: each is one damped sine, some with a rising pitch.
///
/// Event queue -> one mode per bubble -> sum. Eight bubbles share a group of SIMD lanes; a silent group costs
/// nothing.
///
/// M. Minnaert, "On musical air-bubbles", Phil. Mag. 16 (1933) 235: f = 3/r. Damping by radiation, heat and
/// viscosity, and the rise of a bubble that nears the surface: K. van den Doel, "Physically based models for
/// liquid sounds", ACM Trans. Appl. Percept. 2 (2005) 534: d = 0.13/r + 0.0072 r^(-3/2),
/// f(t) = f (1 + ξ d t).
package struct Bubbles<let groups: Int>: Sendable {
  private struct Bubble: Sendable {
    var radiusMetres = 1e-3
    var amplitude = 0.0
    var rise = 0.0
    var balance = 0.0
    var damping = 1.0
  }

  /// The state of a lane that rings.
  private struct Ringing: Sendable {
    var framesLeft = 0
    var frequencyHz = 0.0
    var dampingPerSecond = 0.0
    /// The rise of the pitch per second.
    var riseHz = 0.0
    /// The start within the current block.
    var startFrame = 0
  }

  private var modes = ModalBank<groups>()
  private var ringing: InlineArray<64, Ringing>
  private var pending = EventQueue<64, Bubble>(filler: Bubble())
  private let sampleRate: Double

  /// The highest pitch, as a share of the sample rate.
  private static var highestTurns: Double { 0.45 }

  /// Creates water without bubbles.
  package init(sampleRate: Double) {
    self.sampleRate = sampleRate
    ringing = InlineArray(repeating: Ringing())
  }

  /// The pitch of a bubble of this radius, in hertz.
  package static func frequencyHz(radiusMetres r: Double) -> Double { 3 / r }
  /// The damping of a bubble of this radius: α in e^(-αt).
  package static func dampingPerSecond(radiusMetres r: Double) -> Double {
    0.13 / r + 0.0072 / (r * r.squareRoot())
  }

  /// Adds a bubble.
  /// - Parameters:
  ///   - rise: ξ: 0 for a bubble that stays deep, about 0.1 for one that nears the surface.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  ///   - damping: a factor on the damping, above 1 in foam and shallow water.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  package mutating func add(
    radiusMetres: Double, amplitude: Double, rise: Double, balance: Double, damping: Double = 1,
    delayFrames: Int
  ) {
    pending.add(
      Bubble(
        radiusMetres: radiusMetres, amplitude: amplitude, rise: rise, balance: balance, damping: damping),
      delayFrames: delayFrames)
  }

  package var isOver: Bool { pending.isEmpty && modes.isSilent }

  /// Adds the bubbles to a block.
  package mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard !isOver else { return }
    var done = 0
    while let (start, bubble) = pending.next(before: block.count) {
      let frame = max(done, start)
      modes.add(to: &block, in: done..<frame)
      done = frame
      strike(bubble, at: frame)
    }
    modes.add(to: &block, in: done..<block.count)
    pending.advance(frames: block.count)
    for lane in 0..<groups * 8 where ringing[lane].framesLeft > 0 {
      let frames = block.count - ringing[lane].startFrame
      ringing[lane].framesLeft -= frames
      ringing[lane].startFrame = 0
      if ringing[lane].riseHz > 0 { raisePitch(of: lane, seconds: Double(frames) / sampleRate) }
    }
  }

  /// Starts a bubble in a free lane; drops it if none is free or if its pitch is too high for the sample
  /// rate.
  private mutating func strike(_ bubble: Bubble, at frame: Int) {
    guard let lane = (0..<groups * 8).first(where: { ringing[$0].framesLeft <= 0 }) else { return }
    let hz = Self.frequencyHz(radiusMetres: bubble.radiusMetres)
    guard hz < Self.highestTurns * sampleRate else { return }
    let damping = bubble.damping * Self.dampingPerSecond(radiusMetres: bubble.radiusMetres)
    let frames = Int(Mode.t60Seconds(dampingPerSecond: damping) * sampleRate) + 1
    ringing[lane] = Ringing(
      framesLeft: frames, frequencyHz: hz, dampingPerSecond: damping, riseHz: bubble.rise * damping * hz,
      startFrame: frame)
    modes.setBalance(lane, bubble.balance)
    // A sine starts at zero, so there is no click.
    let push = modes.tune(
      lane, frequencyHz: hz, dampingPerSecond: damping, phaseTurns: -0.25, sampleRate: sampleRate)
    modes.restart(lane, push: Float(bubble.amplitude) * push, frames: frames)
  }

  private mutating func raisePitch(of lane: Int, seconds: Double) {
    ringing[lane].frequencyHz = min(
      Self.highestTurns * sampleRate, ringing[lane].frequencyHz + ringing[lane].riseHz * seconds)
    _ = modes.tune(
      lane, frequencyHz: ringing[lane].frequencyHz, dampingPerSecond: ringing[lane].dampingPerSecond,
      sampleRate: sampleRate)
  }
}
