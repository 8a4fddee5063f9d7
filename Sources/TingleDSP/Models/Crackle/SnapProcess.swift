/// The times and energies of the snaps of a sheet: a branching process driven by the strain rate.
///
/// Every snap has a Poisson number of children, log-uniformly 1 to 316 ms later. This gives the clustering of
/// crumpled sheets over all these time scales. Random numbers are drawn at fixed times, at every sample rate.
package struct SnapProcess: Sendable {
  /// A snap.
  package struct Event: Sendable {
    /// The time since the start of the process.
    package var seconds = 0.0
    /// 1 ... 10^decades.
    package var energy = 1.0
    fileprivate var generation = 0
  }

  /// The time from one draw of new snaps to the next, in seconds.
  package static let tickSeconds = 0.004
  private static let childSeconds = 0.001...0.316
  private static let mostGenerations = 4

  private let perSecond: Double
  private let branching: Double
  private let exponent: Double
  private let highest: Double
  private var dice: Dice
  private var pending = InlineList<192, Event>(repeating: Event())

  /// - Parameter snapsPerSecond: the rate at a strain rate of 1, children included.
  package init(_ model: MaterialModel, snapsPerSecond: Double, draws: Draws) {
    perSecond = snapsPerSecond * (1 - model.branching)
    branching = model.branching
    exponent = model.energy.exponent
    highest = Maths.pow(10, model.energy.decades)
    dice = Dice(draws)
  }

  /// Draws the new snaps of the tick that starts at `now`, in proportion to the strain rate.
  package mutating func strain(_ rate: Double, at now: Double) {
    let mean = perSecond * rate * Self.tickSeconds
    guard mean > 1e-6 else { return }
    for _ in 0..<dice.poisson(mean: mean) {
      pending.append(drawn(at: now + dice.uniform() * Self.tickSeconds, generation: 0))
    }
  }

  /// Removes and returns a snap before `end`, in no particular order, and adds its children. Returns nil if
  /// no snap is left.
  package mutating func next(before end: Double) -> Event? {
    for k in pending.indices where pending[k].seconds < end {
      let event = pending[k]
      pending.swapRemove(at: k)
      if event.generation < Self.mostGenerations {
        for _ in 0..<dice.poisson(mean: branching) {
          pending.append(
            drawn(at: event.seconds + dice.logUniform(Self.childSeconds), generation: event.generation + 1))
        }
      }
      return event
    }
    return nil
  }

  private mutating func drawn(at seconds: Double, generation: Int) -> Event {
    Event(
      seconds: seconds, energy: dice.powerLaw(exponent: exponent, highest: highest), generation: generation)
  }
}
