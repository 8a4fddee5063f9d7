import TingleDSP

/// The motion of a source that a script directs: it rests at a point, then moves to the next one. A pure
/// function of time.
package struct SourceTrajectory: ~Copyable {
  /// A smooth move from one source point to another.
  package struct Move: Sendable, Equatable, BitwiseCopyable {
    /// The start in seconds of the mix.
    package var startSeconds: Double
    /// The length in seconds.
    package var seconds: Double
    package var from: SourcePosition.Point
    package var to: SourcePosition.Point

    package init(
      startSeconds: Double, seconds: Double, from: SourcePosition.Point, to: SourcePosition.Point
    ) {
      (self.startSeconds, self.seconds, self.from, self.to) = (startSeconds, seconds, from, to)
    }

    /// The source point at a time after the start of the move.
    package func point(at time: Double) -> SourcePosition.Point {
      .interpolated(from, to, Curves.step((time - startSeconds) / max(1e-3, seconds)))
    }
  }

  private let moves: Buffer<Move>

  /// A trajectory of moves in time order.
  init(_ moves: [Move]) { self.moves = Buffer(moves) }

  /// Whether there are no moves.
  var isEmpty: Bool { moves.count == 0 }

  /// The source point at a time, by binary search. The trajectory must not be empty.
  func point(at seconds: Double) -> SourcePosition.Point {
    var (low, high) = (0, moves.count)
    while low < high {
      let middle = (low + high) / 2
      if moves[middle].startSeconds > seconds { high = middle } else { low = middle + 1 }
    }
    return low == 0 ? moves[0].from : moves[low - 1].point(at: seconds)
  }
}
