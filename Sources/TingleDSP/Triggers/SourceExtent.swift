/// The extent of a sound source: how differently it reaches the two ears before the spatializer.
public enum SourceExtent: Sendable {
  /// Nearly the same signal at both ears.
  case point
  /// Partly different signals at the ears.
  case wide
  /// Surrounds the listener, unless the layer has a position.
  case ambient
}
