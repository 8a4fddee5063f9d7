/// How evenly a trigger sounds over seconds; the startle guard uses it for beds.
public enum Continuity: Sendable {
  /// Stationary sound.
  case steady
  /// A background that never stops, with events over it, such as rain with near drops.
  case continuous
  /// Events with silence between them.
  case intermittent
}
