/// A track seen from afar, in at most some thousand columns: its envelope, its loudness, its spectrum.
public struct TrackPicture: Sendable {
  /// The length of the track.
  public let seconds: Double
  /// How many columns there are; at least one.
  public let columns: Int
  /// The highest sample of each column, and the mean, in decibels of full scale.
  public let peaksDB: [Double]
  public let levelsDB: [Double]
  /// The lowest and the highest momentary loudness of each column; nil where none was measured.
  public let loudness: [ClosedRange<Double>?]
  /// The level of each band in each column in decibels, column by column, from the lowest band up.
  public let spectraDB: [Float]
  /// How many bands there are, and the frequencies they reach from and to, evenly spread in octaves.
  public static let bands = 220
  public static let hertz = 20.0...20_000
}
