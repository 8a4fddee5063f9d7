/// Bubbles of air that ring in water: each one damped sine, for some of them with a rising pitch.
///
/// M. Minnaert, "On musical air-bubbles", Phil. Mag. 16 (1933) 235: f = 3/r. Damping by radiation, heat and viscosity, and
/// the rise of a bubble that nears the surface: K. van den Doel, "Physically based models for liquid sounds", ACM Trans. Appl.
/// Percept. 2 (2005) 534: d = 0.13/r + 0.0072 r^(-3/2), f(t) = f (1 + ξ d t).
///
/// Eight ring side by side; a group of eight in which none rings costs nothing.
package struct Bubbles<let groups: Int>: Sendable {
  /// A bubble that is to ring.
  private struct Pending: Sendable {
    var frame = 0
    var radiusMetres = 1e-3
    var amplitude = 0.0
    var rise = 0.0
    var balance = 0.0
  }

  /// What must be known of one that rings.
  private struct Ringing: Sendable {
    var framesLeft = 0
    var frequencyHz = 0.0
    var dampingPerSecond = 0.0
    // What the pitch gains in a second.
    var riseHz = 0.0
    // Within the block in which it begins.
    var startFrame = 0
  }

  private var modes = ModalBank<groups>()
  private var ringing: InlineArray<64, Ringing>
  private var pending = InlineList<64, Pending>(repeating: Pending())
  private let sampleRate: Double

  /// Still water.
  package init(sampleRate: Double) {
    self.sampleRate = sampleRate
    ringing = InlineArray(repeating: Ringing())
  }

  /// The pitch of a bubble of this radius, in hertz.
  package static func frequencyHz(radiusMetres r: Double) -> Double { 3 / r }
  /// Its damping, α in e^(-αt).
  package static func dampingPerSecond(radiusMetres r: Double) -> Double {
    0.13 / r + 0.0072 / (r * r.squareRoot())
  }

  /// Lets a bubble ring.
  /// - Parameters:
  ///   - rise: ξ: 0 for one that stays deep, about 0.1 for one that nears the surface.
  ///   - delayFrames: frames from the next block's first.
  package mutating func add(
    radiusMetres: Double, amplitude: Double, rise: Double, balance: Double, delayFrames: Int
  ) {
    pending.append(
      Pending(
        frame: delayFrames, radiusMetres: radiusMetres, amplitude: amplitude, rise: rise, balance: balance))
  }

  package var isOver: Bool { pending.isEmpty && modes.isSilent }

  /// Adds what rings to a block.
  package mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard !isOver else { return }
    var done = 0
    while let soonest = soonest(before: block.count) {
      let bubble = pending[soonest]
      pending.swapRemove(at: soonest)
      let frame = max(done, bubble.frame)
      modes.add(to: &block, in: done..<frame)
      done = frame
      strike(bubble, at: frame)
    }
    modes.add(to: &block, in: done..<block.count)
    let count = block.count
    pending.forEach { $0.frame -= count }
    for lane in 0..<groups * 8 where ringing[lane].framesLeft > 0 {
      let frames = count - ringing[lane].startFrame
      ringing[lane].framesLeft -= frames
      ringing[lane].startFrame = 0
      if ringing[lane].riseHz > 0 { lift(lane, by: Double(frames) / sampleRate) }
    }
  }

  private mutating func strike(_ bubble: Pending, at frame: Int) {
    guard let lane = (0..<groups * 8).first(where: { ringing[$0].framesLeft <= 0 }) else { return }
    let hz = Self.frequencyHz(radiusMetres: bubble.radiusMetres)
    guard hz < 0.45 * sampleRate else { return }
    let damping = Self.dampingPerSecond(radiusMetres: bubble.radiusMetres)
    let frames = Int(6.91 / damping * sampleRate) + 1
    ringing[lane] = Ringing(
      framesLeft: frames, frequencyHz: hz, dampingPerSecond: damping, riseHz: bubble.rise * damping * hz,
      startFrame: frame)
    modes.turn(lane, balance: bubble.balance)
    // A sine begins at nothing: no click.
    let push = modes.tune(
      lane, frequencyHz: hz, dampingPerSecond: damping, phaseTurns: -0.25, sampleRate: sampleRate)
    modes.restart(lane, push: Float(bubble.amplitude) * push, frames: frames)
  }

  private mutating func lift(_ lane: Int, by seconds: Double) {
    ringing[lane].frequencyHz = min(
      0.45 * sampleRate, ringing[lane].frequencyHz + ringing[lane].riseHz * seconds)
    _ = modes.tune(
      lane, frequencyHz: ringing[lane].frequencyHz, dampingPerSecond: ringing[lane].dampingPerSecond,
      sampleRate: sampleRate)
  }

  private mutating func soonest(before end: Int) -> Int? {
    var best: Int?
    for k in pending.indices where pending[k].frame < end {
      if let found = best, pending[found].frame <= pending[k].frame { continue }
      best = k
    }
    return best
  }
}
