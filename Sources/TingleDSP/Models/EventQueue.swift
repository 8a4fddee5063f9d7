/// A queue of at most `capacity` events that wait for their frame. Takes the earliest first.
struct EventQueue<let capacity: Int, Event: Sendable>: Sendable {
  private struct Entry: Sendable {
    /// Counted from the first frame of the next block.
    var frame: Int
    var event: Event
  }

  private var entries: InlineList<capacity, Entry>

  /// Creates an empty queue.
  /// - Parameter filler: any event; it fills the unused storage.
  init(filler: Event) { entries = InlineList(repeating: Entry(frame: 0, event: filler)) }

  var isEmpty: Bool { entries.isEmpty }

  /// Adds an event; a full queue drops it.
  mutating func add(_ event: Event, delayFrames: Int) {
    entries.append(Entry(frame: delayFrames, event: event))
  }

  /// Removes and returns the earliest event before frame `end` of the block; nil if no event is left.
  mutating func next(before end: Int) -> (frame: Int, event: Event)? {
    var earliest: Int?
    for k in entries.indices where entries[k].frame < end {
      if let found = earliest, entries[found].frame <= entries[k].frame { continue }
      earliest = k
    }
    guard let index = earliest else { return nil }
    let entry = entries[index]
    entries.swapRemove(at: index)
    return (entry.frame, entry.event)
  }

  /// Moves the time base to the next block.
  mutating func advance(frames: Int) { entries.forEach { $0.frame -= frames } }
}
