/// A schedule of layers: which of them sound from which time on, cross-faded. Layers that no entry names
/// sound all the time.
public struct LayerSchedule: Sendable, Equatable {
  /// The layers that sound from a time until the next entry.
  public struct Entry: Sendable, Equatable {
    /// The start in seconds of the track; a negative time counts back from its end.
    public var startSeconds: Double
    /// The names of the layers.
    public var layers: [String]

    public init(startSeconds: Double, layers: [String]) {
      self.startSeconds = startSeconds
      self.layers = layers
    }
  }

  /// The entries; the first in time sounds from the start of the track.
  public var entries: [Entry]
  /// The length of the cross-fade from one entry to the next, in seconds.
  public var crossfadeSeconds = 60.0

  public init(entries: [Entry] = []) { self.entries = entries }

  /// The names of all layers in the schedule.
  public var layerNames: Set<String> { Set(entries.flatMap(\.layers)) }

  /// The turns of each layer in the schedule, in time order. An entry that would start after the end of the
  /// track has none.
  package func turns(durationSeconds: Double) -> [String: [LayerRotation.Turn]] {
    let starts = entries.map { $0.startSeconds < 0 ? durationSeconds + $0.startSeconds : $0.startSeconds }
    let order = entries.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    var turns = [String: [LayerRotation.Turn]](uniqueKeysWithValues: layerNames.map { ($0, []) })
    for (position, index) in order.enumerated() {
      // The first entry sounds in full at the start; the last one does not end.
      let start = position == 0 ? -crossfadeSeconds : starts[index]
      let isLast = position == order.count - 1
      let end = isLast ? Double.infinity : max(0, starts[order[position + 1]]) + crossfadeSeconds
      guard start < durationSeconds, end > crossfadeSeconds else { continue }
      for name in Set(entries[index].layers) {
        // A layer that stays is not faded.
        if let last = turns[name]?.last, last.end >= start {
          turns[name]![turns[name]!.count - 1].end = end
        } else {
          turns[name]?.append(.init(start: start, end: end))
        }
      }
    }
    return turns
  }
}
