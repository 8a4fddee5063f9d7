/// A change of the scene that a live session plays: its layers, its master level or its position in the
/// track.
public enum SceneEdit: Equatable, Sendable {
  /// A level in decibels.
  public enum Level: Equatable, Sendable {
    /// A new level.
    case absolute(Double)
    /// An offset that is added to the current level.
    case relative(Double)
  }

  /// Sets a layer's level; the result is limited to -80 ... 24 dB.
  case level(String, Level)
  /// Sets a parameter of a layer: the layer, the key and the value as a preset writes them.
  case set(String, String, String)
  /// Multiplies a layer's pace by a factor.
  case scalePace(String, by: Double)
  /// Sets a layer's pace to a point of its range, 0 ... 1 on a logarithmic scale.
  case pace(String, share: Double)
  /// Changes the azimuth of a layer that does not move, in degrees to the right.
  case rotate(String, byDegrees: Double)
  /// Mutes or unmutes a layer; nil toggles.
  case mute(String, Bool?)
  /// Solos or unsolos a layer; nil toggles.
  case solo(String, Bool?)
  /// Adds a layer, written as for `--layer`.
  case add(String)
  /// Removes a layer.
  case remove(String)
  /// Sets the master level; the result is limited to -60 ... 24 dB.
  case master(Level)
  /// Sets the seed of the mix.
  case seed(UInt64)
  /// Goes to a time of the track, in seconds.
  case jump(Double)
  /// Moves the position by a number of seconds.
  case skip(Double)
  /// Starts a sleep timer of a number of seconds; nil cancels it.
  case sleep(Double?)
  /// Pauses or resumes; `toggle` does whichever applies.
  case pause, resume, toggle
}

extension SceneEdit {
  /// Whether the edit can change the voice or the seed, which the timetable of a script depends on.
  var canChangeTimetable: Bool {
    switch self {
    case .set, .scalePace, .pace, .rotate, .seed: true
    default: false
    }
  }
}
