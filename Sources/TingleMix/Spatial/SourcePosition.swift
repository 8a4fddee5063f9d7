import TingleDSP

/// The source position of a layer relative to the listener's head, and its motion.
public struct SourcePosition: Sendable, Equatable {
  /// The motion of a source. Every motion is smooth; all but `wander` are periodic.
  public enum Motion: Sendable, Equatable {
    /// No motion.
    case still
    /// A full circle around the head per period, clockwise as seen from above.
    case orbit
    /// From one ear to the other and back past the front, slowest at the ears.
    case earToEar
    /// Random drift around the position, never repeating; the period is that of the largest swings.
    case wander
    /// A pass-by: in a straight line past one ear, from front to back and back again.
    case passBy
    /// Through waypoints, from the last one back to the first.
    case path(Path)

    /// Whether the source never moves.
    public var isStill: Bool { self == .still }
  }

  /// A source point in spherical coordinates around the head.
  public struct Point: Sendable, Equatable, BitwiseCopyable {
    /// 0° in front, 90° at the right ear, -90° at the left, 180° behind.
    public var azimuthDegrees: Double
    /// 90° above, -90° below.
    public var elevationDegrees: Double
    /// The distance from the surface of the head, in metres.
    public var distanceMetres: Double

    /// A point; by default straight ahead at 30 cm.
    public init(azimuthDegrees: Double = 0, elevationDegrees: Double = 0, distanceMetres: Double = 0.3) {
      self.azimuthDegrees = azimuthDegrees
      self.elevationDegrees = elevationDegrees
      self.distanceMetres = distanceMetres
    }
  }

  /// The valid distances from the surface of the head, in metres.
  public static let distancesMetres = 0.04...3.0
  /// The shortest valid period of a motion, in seconds.
  public static let shortestPeriodSeconds = 4.0

  /// The position of a still source; the start or the centre of a motion.
  public var position: Point
  /// The motion.
  public var motion: Motion
  /// The period of the motion, in seconds.
  public var periodSeconds: Double

  /// A source position; by default still, straight ahead at 30 cm.
  public init(_ position: Point = Point(), motion: Motion = .still, periodSeconds: Double = 20) {
    self.position = position
    self.motion = motion
    self.periodSeconds = periodSeconds
  }
}

extension SourcePosition {
  /// The source point at a time of the mix.
  /// - Parameter draws: the layer's draws, which determine the path of a wandering source.
  package func point(at seconds: Double, draws: Draws) -> Point {
    var point = position
    let turn = seconds / periodSeconds
    switch motion {
    case .still: break
    case .orbit: point.azimuthDegrees += 360 * (turn - turn.rounded(.down))
    case .earToEar:
      // A sine of a sine is slowest at both ends.
      let swing = -Maths.sinCos(turns: turn + 0.25).sin
      point.azimuthDegrees = 90 * Maths.sinCos(turns: swing / 4).sin
    case .wander:
      func drift(_ name: String) -> Double {
        max(
          -2,
          min(2, Drift(draws.branch(name), slowestSeconds: periodSeconds / 2, octaves: 2).value(at: seconds)))
      }
      point.azimuthDegrees += 28 * drift("azimuth")
      point.elevationDegrees = max(-40, min(90, point.elevationDegrees + 12 * drift("elevation")))
      point.distanceMetres *= Maths.exp(0.22 * drift("distance"))
    case .passBy:
      let side = point.azimuthDegrees < 0 ? -1.0 : 1.0
      let right = side * (Sphere.radiusMetres + point.distanceMetres)
      let ahead = 0.7 * Maths.sinCos(turns: turn).cos
      let elevation = point.elevationDegrees
      point = Point(right: right, ahead: ahead)
      point.elevationDegrees = elevation
    case .path(let path): point = path.point(at: turn - turn.rounded(.down), periodSeconds)
    }
    point.distanceMetres = max(
      Self.distancesMetres.lowerBound, min(Self.distancesMetres.upperBound, point.distanceMetres))
    return point
  }
}

extension SourcePosition.Point {
  /// A point at ear height.
  /// - Parameters:
  ///   - right: metres to the right of the centre of the head.
  ///   - ahead: metres in front of it.
  init(right: Double, ahead: Double) {
    self.init(
      azimuthDegrees: 360 * Maths.turns(y: right, x: ahead),
      distanceMetres: (right * right + ahead * ahead).squareRoot() - Sphere.radiusMetres)
  }

  /// The distance from the centre of the head, in metres.
  package var radiusMetres: Double { distanceMetres + Sphere.radiusMetres }

  /// The cosine of the angle between the point and the right ear, as seen from the centre of the head.
  package var cosToRightEar: Double {
    Maths.sinCos(turns: azimuthDegrees / 360).sin * Maths.sinCos(turns: elevationDegrees / 360).cos
  }
}
