/// A time at which the track fades out and ends before its own end.
struct SleepTimer: Sendable {
  /// The end, as a time of the track in seconds.
  var atSeconds: Double
  /// The length of the fade-out before the end, in seconds.
  var fadeSeconds: Double
  /// Whether the preset sets the timer; it is then replaced when another preset is loaded.
  var isFromPreset = false
}
