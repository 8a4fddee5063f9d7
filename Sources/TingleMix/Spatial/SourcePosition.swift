import TingleDSP

/// Where a layer is, as seen from the listener's head, and how it moves.
public struct SourcePosition: Sendable, Equatable {
  /// How a place changes with time; always back to where it began, as slowly as it came.
  public enum Motion: Sendable, Equatable {
    /// Not at all.
    case still
    /// Once round the head in each period, clockwise from above.
    case orbit
    /// From one ear to the other and back, by the front; slowest at the ears.
    case earToEar
    /// A little this way and that, never the same; the period is that of the widest swings.
    case wander
    /// In a straight line past one ear, from the front to behind, and back again.
    case passBy
    /// From station to station, the last leading to the first.
    case path(Path)

    /// Whether the place changes at all.
    public var isStill: Bool { self == .still }
  }

  /// A point round the head.
  public struct Point: Sendable, Equatable {
    /// 0° in front, 90° at the right ear, -90° at the left, 180° behind.
    public var azimuthDegrees: Double
    /// 90° above, -90° below.
    public var elevationDegrees: Double
    /// From the head's surface, in metres.
    public var distanceMetres: Double

    /// A point; straight ahead at 30 cm unless said otherwise.
    public init(azimuthDegrees: Double = 0, elevationDegrees: Double = 0, distanceMetres: Double = 0.3) {
      self.azimuthDegrees = azimuthDegrees
      self.elevationDegrees = elevationDegrees
      self.distanceMetres = distanceMetres
    }
  }

  /// The distances that there are, from the head's surface.
  public static let distancesMetres = 0.04...3.0
  /// Nothing comes or goes faster than this: the time of a whole motion, there and back.
  public static let shortestPeriodSeconds = 4.0

  /// Where it is; where it sets out, if it moves.
  public var position: Point
  /// How it moves.
  public var motion: Motion
  /// How long a motion takes until it is where it began.
  public var periodSeconds: Double

  /// A place.
  public init(_ position: Point = Point(), motion: Motion = .still, periodSeconds: Double = 20) {
    self.position = position
    self.motion = motion
    self.periodSeconds = periodSeconds
  }
}

extension SourcePosition {
  /// Where it is at a time of the mix.
  /// - Parameter draws: those of the layer, by which a wandering place wanders.
  package func position(at seconds: Double, draws: Draws) -> Point {
    var there = position
    let turn = seconds / periodSeconds
    switch motion {
    case .still: break
    case .orbit: there.azimuthDegrees += 360 * (turn - turn.rounded(.down))
    case .earToEar:
      // A sine of a sine rests at its ends.
      let swing = -Maths.sinCos(turns: turn + 0.25).sin
      there.azimuthDegrees = 90 * Maths.sinCos(turns: swing / 4).sin
    case .wander:
      func drift(_ name: String) -> Double {
        max(
          -2,
          min(2, Drift(draws.branch(name), slowestSeconds: periodSeconds / 2, octaves: 2).value(at: seconds)))
      }
      there.azimuthDegrees += 28 * drift("azimuth")
      there.elevationDegrees = max(-40, min(90, there.elevationDegrees + 12 * drift("elevation")))
      there.distanceMetres *= Maths.exp(0.22 * drift("distance"))
    case .passBy:
      let side = there.azimuthDegrees < 0 ? -1.0 : 1.0
      let right = side * (Sphere.radiusMetres + there.distanceMetres)
      let ahead = 0.7 * Maths.sinCos(turns: turn).cos
      let height = there.elevationDegrees
      there = Point(right: right, ahead: ahead)
      there.elevationDegrees = height
    case .path(let path): there = path.position(at: turn - turn.rounded(.down), periodSeconds)
    }
    there.distanceMetres = max(
      Self.distancesMetres.lowerBound, min(Self.distancesMetres.upperBound, there.distanceMetres))
    return there
  }
}

extension SourcePosition.Point {
  /// A point at the ears' height, so many metres to the right of the head's centre and ahead of it.
  init(right: Double, ahead: Double) {
    self.init(
      azimuthDegrees: 360 * Maths.turns(y: right, x: ahead),
      distanceMetres: (right * right + ahead * ahead).squareRoot() - Sphere.radiusMetres)
  }

  /// From the head's centre, in metres.
  package var radiusMetres: Double { distanceMetres + Sphere.radiusMetres }

  /// The cosine of the angle between the point and the right ear, seen from the head's centre.
  package var cosToRightEar: Double {
    Maths.sinCos(turns: azimuthDegrees / 360).sin * Maths.sinCos(turns: elevationDegrees / 360).cos
  }
}
