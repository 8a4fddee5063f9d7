/// What reached a listener's ears from many directions: a set of head-related impulse responses.
public final class HRIRSet: Sendable {
  /// One direction's.
  public struct Direction: Sendable {
    /// 0° in front, 90° at the right ear.
    public let azimuthDegrees: Double
    public let elevationDegrees: Double
    /// Impulse responses, as long as each other.
    public let left: [Float]
    public let right: [Float]

    /// One direction's responses.
    public init(azimuthDegrees: Double, elevationDegrees: Double, left: [Float], right: [Float]) {
      self.azimuthDegrees = azimuthDegrees
      self.elevationDegrees = elevationDegrees
      self.left = left
      self.right = right
    }
  }

  public let directions: [Direction]
  /// In hertz.
  public let sampleRate: Double
  /// From the head's centre to where it sounded, in metres.
  public let radiusMetres: Double

  /// - Parameters:
  ///   - directions: at least one, from all round.
  ///   - sampleRate: in hertz.
  ///   - radiusMetres: from the head's centre to where it sounded.
  public init(directions: [Direction], sampleRate: Double, radiusMetres: Double) {
    self.directions = directions
    self.sampleRate = sampleRate
    self.radiusMetres = radiusMetres
  }
}
