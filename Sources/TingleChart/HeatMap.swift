/// The colour map of the spectrogram, perceptually uniform from dark to light: black, violet, red, yellow,
/// white.
enum HeatMap {
  private static let stops: [(Double, Double, Double)] = [
    (0.0, 0.0, 0.02), (0.18, 0.05, 0.37), (0.48, 0.11, 0.43), (0.79, 0.25, 0.30), (0.96, 0.50, 0.11),
    (0.98, 0.79, 0.24), (0.99, 1.0, 0.76),
  ]

  /// The colour 0xRRGGBB for a value of 0 ... 1.
  static func pixel(_ value: Double) -> UInt32 {
    let position = max(0, min(0.9999, value)) * Double(stops.count - 1)
    let k = Int(position)
    let t = position - Double(k)
    func mix(_ a: Double, _ b: Double) -> UInt32 { UInt32(255 * (a + t * (b - a))) }
    let (a, b) = (stops[k], stops[k + 1])
    return mix(a.0, b.0) << 16 | mix(a.1, b.1) << 8 | mix(a.2, b.2)
  }
}
