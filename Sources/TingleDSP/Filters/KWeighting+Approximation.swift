/// K-weighting as first-order curves, for the loudness of a spectrum: a roll-off below 60 Hz and +4 dB above
/// 1.5 kHz.
enum ApproximateKWeighting {
  /// The power gain at a frequency in hertz.
  static func power(atHz hz: Double) -> Double {
    let highPass = hz * hz / (hz * hz + 60 * 60)
    let shelf = 1 + 1.512 * hz * hz / (hz * hz + 1500 * 1500)
    return highPass * highPass * shelf
  }
}
