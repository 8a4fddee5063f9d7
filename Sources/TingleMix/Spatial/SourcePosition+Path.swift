import TingleDSP

extension SourcePosition {
  /// A way round the head from station to station, the last leading to the first.
  public struct Path: Sendable, Equatable {
    /// A point at a time.
    public struct Waypoint: Sendable, Equatable {
      /// Since the path's beginning, in seconds.
      public var seconds: Double
      public var position: Point

      /// A station.
      public init(seconds: Double, position: Point) { (self.seconds, self.position) = (seconds, position) }
    }

    /// The most stations that a path can have.
    public static let mostWaypoints = 16

    // In place, so that no reference is counted while a layer moves.
    private var stations = InlineArray<16, Waypoint>(repeating: Waypoint(seconds: 0, position: Point()))
    private let count: Int

    /// A path; what is beyond `mostWaypoints` is left out.
    /// - Parameter stations: in the order of their times, the first at 0.
    public init(_ stations: [Waypoint]) {
      count = min(Self.mostWaypoints, stations.count)
      for k in 0..<count { self.stations[k] = stations[k] }
    }

    /// The stations, in their order.
    public var all: [Waypoint] { (0..<count).map { stations[$0] } }

    public static func == (a: Path, b: Path) -> Bool {
      a.count == b.count && (0..<a.count).allSatisfy { a.stations[$0] == b.stations[$0] }
    }

    /// Where it leads at a share of its period.
    func position(at turn: Double, _ periodSeconds: Double) -> Point {
      guard count > 0 else { return Point() }
      let seconds = turn * periodSeconds
      var k = 0
      while k + 1 < count, stations[k + 1].seconds <= seconds { k += 1 }
      let (here, next) = (stations[k], stations[k + 1 < count ? k + 1 : 0])
      let arrives = k + 1 < count ? next.seconds : periodSeconds
      let t = Curves.step((seconds - here.seconds) / max(1e-3, arrives - here.seconds))
      // The shorter way round.
      let round = next.position.azimuthDegrees - here.position.azimuthDegrees
      let way = round - 360 * (round / 360).rounded()
      let (near, far) = (here.position.distanceMetres, next.position.distanceMetres)
      return Point(
        azimuthDegrees: here.position.azimuthDegrees + t * way,
        elevationDegrees: here.position.elevationDegrees
          + t * (next.position.elevationDegrees - here.position.elevationDegrees),
        distanceMetres: near * Maths.pow(far / near, t))
    }
  }
}
