/// When a sheet snaps, and how hard: at the rate at which it is strained, each snap setting off others.
///
/// A branching process: every snap has a Poisson number of children, log-uniformly 1 to 316 ms later, which makes the
/// stretched clustering that crumpled sheets show. Chance is thrown at fixed moments, whatever the sample rate.
package struct SnapProcess: Sendable {
  /// A snap.
  package struct Event: Sendable {
    /// Since the process began.
    package var seconds = 0.0
    /// 1 ... 10^decades.
    package var energy = 1.0
    fileprivate var generation = 0
  }

  /// The moments at which chance is thrown, in seconds from one to the next.
  package static let tickSeconds = 0.004

  private let perSecond: Double
  private let branching: Double
  private let exponent: Double
  private let highest: Double
  private var dice: Dice
  private var coming = InlineList<192, Event>(repeating: Event())

  /// - Parameter snapsPerSecond: at a strain rate of 1, children included.
  package init(_ law: MaterialModel, snapsPerSecond: Double, draws: Draws) {
    perSecond = snapsPerSecond * (1 - law.branching)
    branching = law.branching
    exponent = law.energy.exponent
    highest = Maths.pow(10, law.energy.decades)
    dice = Dice(draws)
  }

  /// Lets a tick that begins at `now` pass: new snaps come at the rate of the strain.
  package mutating func strain(_ rate: Double, at now: Double) {
    let mean = perSecond * rate * Self.tickSeconds
    guard mean > 1e-6 else { return }
    for _ in 0..<dice.poisson(mean: mean) {
      coming.append(born(at: now + dice.uniform() * Self.tickSeconds, generation: 0))
    }
  }

  /// Takes out a snap that falls before `end`, or nil when there is none left.
  package mutating func next(before end: Double) -> Event? {
    for k in coming.indices where coming[k].seconds < end {
      let event = coming[k]
      coming.swapRemove(at: k)
      if event.generation < 4 {
        for _ in 0..<dice.poisson(mean: branching) {
          coming.append(
            born(at: event.seconds + dice.logUniform(0.001...0.316), generation: event.generation + 1))
        }
      }
      return event
    }
    return nil
  }

  private mutating func born(at seconds: Double, generation: Int) -> Event {
    Event(
      seconds: seconds, energy: dice.powerLaw(exponent: exponent, highest: highest), generation: generation)
  }
}
