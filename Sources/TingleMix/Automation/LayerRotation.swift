import TingleDSP

/// Layer rotation: plays a few of many triggers at a time, cross-faded, in random order and for random times.
///
/// Defaults: two layers at once, three to eight minutes each. Listeners prefer few simultaneous triggers:
/// E. L. Barratt, C. Spence, N. J. Davis, "Sensory determinants of the autonomous sensory meridian response",
/// PeerJ 5 (2017) e3846.
public struct LayerRotation: Sendable, Equatable {
  /// The number of layers that play at once.
  public var atOnce: UInt64 = 2
  /// The shortest turn, in seconds.
  public var shortestSeconds = 180.0
  /// The longest turn, in seconds.
  public var longestSeconds = 480.0
  /// The length of the cross-fade between two turns, in seconds.
  public var crossfadeSeconds = 20.0

  /// The default rotation.
  public init() {}

  /// The time for which a layer plays, its fades included.
  package struct Turn: Equatable, BitwiseCopyable {
    /// In seconds of the mix; negative if the turn starts before the mix.
    package var start: Double
    package var end: Double

    package init(start: Double, end: Double) { (self.start, self.end) = (start, end) }
  }

  /// The turns of each of `count` layers in time order; empty if all layers can play at once.
  ///
  /// A layer becomes eligible again after `atOnce` other turns have started. A turn ends when the turn
  /// `atOnce` places later in the sequence starts.
  package func turns(of count: Int, durationSeconds: Double, draws: Draws) -> [[Turn]] {
    let atOnce = Int(atOnce)
    guard count > atOnce else { return [] }
    // Separate streams for times and order: a longer track starts with the turns of a shorter one.
    var startDice = Dice(draws.branch("slots"))
    var orderDice = Dice(draws.branch("order"))
    // One turn starts in each slot, jittered; so a turn's length spreads evenly around the mean.
    let slotSeconds = (shortestSeconds + longestSeconds) / 2 / Double(atOnce)
    let jitter = min(0.9, (longestSeconds - shortestSeconds) / 2 / slotSeconds)
    let last = Int(durationSeconds / slotSeconds) + atOnce + 2
    let starts = (-atOnce...last).map { (Double($0) + jitter * (startDice.uniform() - 0.5)) * slotSeconds }
    var result = [[Turn]](repeating: [], count: count)
    // For each layer, the number of turns started since its own last one.
    var rested = (0..<count).map { _ in atOnce + orderDice.whole(0...count) }
    for k in 0..<(starts.count - atOnce) {
      // A layer's probability grows with the time since it last played.
      let weights = rested.map { $0 < atOnce ? 0 : Double($0 - atOnce + 1) }
      var left = orderDice.uniform() * weights.reduce(0, +)
      let chosen = weights.firstIndex { weight in
        left -= weight
        return weight > 0 && left <= 0
      }
      let layer = chosen ?? rested.indices.max { rested[$0] < rested[$1] }!
      for other in rested.indices { rested[other] += 1 }
      rested[layer] = 0
      result[layer].append(Turn(start: starts[k], end: starts[k + atOnce] + crossfadeSeconds))
    }
    return result
  }
}
