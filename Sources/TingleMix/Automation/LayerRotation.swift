import TingleDSP

/// Who sounds when, where there are more triggers than should sound at once: they take turns, cross-faded, in an order and for
/// times that chance gives.
///
/// Two at once and a few minutes each is what listeners ask for: E. L. Barratt, C. Spence, N. J. Davis, "Sensory determinants
/// of the autonomous sensory meridian response", PeerJ 5 (2017) e3846.
public struct LayerRotation: Sendable, Equatable {
  /// How many sound at once.
  public var atOnce: UInt64 = 2
  /// The shortest turn and the longest, in seconds.
  public var shortestSeconds = 180.0
  public var longestSeconds = 480.0
  /// How long one takes to come, and another to go, in seconds.
  public var crossfadeSeconds = 20.0

  /// Two at once, three to eight minutes each.
  public init() {}

  /// A turn: from when until when, fades included.
  package struct Turn: Equatable {
    package var start: Double
    package var end: Double
  }

  /// The turns of each of `count` triggers, in time; nobody's where all can sound at once.
  ///
  /// Whoever comes has rested while as many others came as sound at once, or longer. One in a row of turns ends when the one
  /// `atOnce` places later begins.
  package func turns(of count: Int, durationSeconds: Double, draws: Draws) -> [[Turn]] {
    let places = Int(atOnce)
    guard count > places else { return [] }
    // A longer track begins like a shorter one: each kind of chance has its own dice.
    var slots = Dice(draws.branch("slots"))
    var dice = Dice(draws.branch("order"))
    // Turns begin a slot apart, each somewhere in its slot; so a turn's length is spread evenly round the mean.
    let slot = (shortestSeconds + longestSeconds) / 2 / Double(places)
    let loose = min(0.9, (longestSeconds - shortestSeconds) / 2 / slot)
    let last = Int(durationSeconds / slot) + places + 2
    let starts = (-places...last).map { (Double($0) + loose * (slots.uniform() - 0.5)) * slot }
    var result = [[Turn]](repeating: [], count: count)
    var rested = (0..<count).map { _ in places + dice.whole(0...count) }
    for k in 0..<(starts.count - places) {
      // Of those who rested long enough, who rested longer has the better chance.
      let chances = rested.map { $0 < places ? 0 : Double($0 - places + 1) }
      var left = dice.uniform() * chances.reduce(0, +)
      let chosen = chances.firstIndex { chance in
        left -= chance
        return chance > 0 && left <= 0
      }
      let layer = chosen ?? rested.indices.max { rested[$0] < rested[$1] }!
      for other in rested.indices { rested[other] += 1 }
      rested[layer] = 0
      result[layer].append(Turn(start: starts[k], end: starts[k + places] + crossfadeSeconds))
    }
    return result
  }
}
