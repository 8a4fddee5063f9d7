import TingleDSP

extension SourcePosition {
  /// A closed path around the head: waypoints, with smooth motion from each to the next and from the last to
  /// the first.
  public struct Path: Sendable, Equatable {
    /// A source point with the time at which the source is there.
    public struct Waypoint: Sendable, Equatable {
      /// The time since the start of the path, in seconds.
      public var seconds: Double
      /// The source point.
      public var position: Point

      /// A waypoint.
      public init(seconds: Double, position: Point) { (self.seconds, self.position) = (seconds, position) }
    }

    /// The largest number of waypoints of a path.
    public static let mostWaypoints = 16

    // Inline storage: an array would be reference-counted while rendering.
    private var waypoints = InlineArray<16, Waypoint>(repeating: Waypoint(seconds: 0, position: Point()))
    private let count: Int

    /// A path; waypoints beyond `mostWaypoints` are ignored.
    /// - Parameter waypoints: in time order, the first at 0 seconds.
    public init(_ waypoints: [Waypoint]) {
      count = min(Self.mostWaypoints, waypoints.count)
      for k in 0..<count { self.waypoints[k] = waypoints[k] }
    }

    /// The waypoints in time order.
    public var all: [Waypoint] { (0..<count).map { waypoints[$0] } }

    public static func == (a: Path, b: Path) -> Bool {
      a.count == b.count && (0..<a.count).allSatisfy { a.waypoints[$0] == b.waypoints[$0] }
    }

    /// The source point at a phase of the period.
    /// - Parameter phase: 0 to 1.
    func point(at phase: Double, _ periodSeconds: Double) -> Point {
      guard count > 0 else { return Point() }
      let seconds = phase * periodSeconds
      var k = 0
      while k + 1 < count, waypoints[k + 1].seconds <= seconds { k += 1 }
      let (from, to) = (waypoints[k], waypoints[k + 1 < count ? k + 1 : 0])
      let arrival = k + 1 < count ? to.seconds : periodSeconds
      let t = Curves.step((seconds - from.seconds) / max(1e-3, arrival - from.seconds))
      return .interpolated(from.position, to.position, t)
    }
  }
}

extension SourcePosition.Point {
  /// A point between two others, by the shorter way around the head.
  /// - Parameter t: 0 at `from`, 1 at `to`.
  static func interpolated(_ from: Self, _ to: Self, _ t: Double) -> Self {
    let difference = to.azimuthDegrees - from.azimuthDegrees
    let rotation = difference - 360 * (difference / 360).rounded()
    let (near, far) = (from.distanceMetres, to.distanceMetres)
    return Self(
      azimuthDegrees: from.azimuthDegrees + t * rotation,
      elevationDegrees: from.elevationDegrees
        + t * (to.elevationDegrees - from.elevationDegrees),
      distanceMetres: near * Maths.pow(far / near, t))
  }
}
