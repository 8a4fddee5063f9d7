/// A set of head-related impulse responses (HRIRs): one pair per measured direction, as in a SOFA file.
public final class HRIRSet: Sendable {
  /// The impulse responses of one direction.
  public struct Direction: Sendable {
    /// 0° in front, 90° at the right ear.
    public let azimuthDegrees: Double
    /// 90° above, -90° below.
    public let elevationDegrees: Double
    /// The impulse response at the left ear.
    public let left: [Float]
    /// The impulse response at the right ear; as long as the left one.
    public let right: [Float]

    /// A direction with its impulse responses.
    public init(azimuthDegrees: Double, elevationDegrees: Double, left: [Float], right: [Float]) {
      self.azimuthDegrees = azimuthDegrees
      self.elevationDegrees = elevationDegrees
      self.left = left
      self.right = right
    }
  }

  /// The measured directions.
  public let directions: [Direction]
  /// The sample rate in hertz.
  public let sampleRate: Double
  /// The distance from the centre of the head to the source, in metres.
  public let radiusMetres: Double

  /// - Parameters:
  ///   - directions: at least one; the set should cover the sphere.
  ///   - sampleRate: in hertz.
  ///   - radiusMetres: the distance from the centre of the head to the source.
  public init(directions: [Direction], sampleRate: Double, radiusMetres: Double) {
    self.directions = directions
    self.sampleRate = sampleRate
    self.radiusMetres = radiusMetres
  }
}
