/// The data of a track's chart: envelope, loudness and spectrogram in at most 2000 columns of equal length.
public struct TrackOverview: Sendable {
  /// The length of the track in seconds.
  public let seconds: Double
  /// The number of columns; at least one.
  public let columns: Int
  /// The sample peak of each column in dBFS.
  public let peaksDB: [Double]
  /// The mean level of each column in dBFS.
  public let levelsDB: [Double]
  /// The range of the momentary loudness in each column, in LUFS; nil where none was measured.
  public let loudness: [ClosedRange<Double>?]
  /// The band levels in decibels: columns x bands, from the lowest band up.
  public let spectraDB: [Float]
  /// The number of bands.
  public static let bands = 220
  /// The frequency range of the bands in hertz; all bands have the same width in octaves.
  public static let hertz = 20.0...20_000
}
