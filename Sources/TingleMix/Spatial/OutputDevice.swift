/// The output that a mix is rendered for.
public enum OutputDevice: String, Sendable, CaseIterable {
  /// Binaural: the filters of a head for each ear.
  case headphones
  /// Stereo panning for loudspeakers.
  case speakers
}
