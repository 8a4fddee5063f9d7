/// The frequency bands of a learned texture: 36 half-cosine bands, evenly spaced on the ERB-rate scale from
/// 45 Hz to 18.5 kHz, whose power weights add up to 1 at every frequency.
///
/// ERB-rate scale: B. R. Glasberg and B. C. J. Moore, Hearing Research 47 (1990) 103.
public enum TextureBands {
  /// The number of bands.
  public static let count = 36
  /// The number of points of a learned spectrum.
  public static let spectrumPoints = 240

  /// The lower edge, centre and upper edge of band `k` are edges `k`, `k` + 1 and `k` + 2, in hertz.
  public static let edgesHz: [Double] = points(count + 2, from: 45, to: 18_500)

  /// The frequencies of a learned spectrum's points in hertz.
  public static let spectrumHz: [Double] = points(spectrumPoints, from: 25, to: 21_500)

  /// The width of each band in hertz: from its lower edge to its centre.
  public static let widthsHz: [Double] = (0..<count).map { edgesHz[$0 + 1] - edgesHz[$0] }

  /// The position of a frequency on the ERB-rate scale.
  public static func erbRate(_ hz: Double) -> Double { 21.4 / log2of10 * Maths.log2(1 + 0.00437 * hz) }

  /// The band at or below a frequency, and the share of its power that belongs to that band; the rest belongs
  /// to the next band.
  public static func place(ofHz hz: Double) -> (band: Int, share: Double) {
    let position = (erbRate(max(hz, 1e-3)) - firstRate) / step
    guard position > 0 else { return (0, 1) }
    guard position < Double(count - 1) else { return (count - 2, 0) }
    let band = min(count - 2, Int(position))
    let (_, cos) = Maths.sinCos(turns: (position - Double(band)) / 4)
    return (band, cos * cos)
  }

  /// Interpolates one value per band at a frequency, linearly on the ERB-rate scale.
  static func interpolated(_ values: [Double], atHz hz: Double) -> Double {
    let position = max(0, min(Double(count - 1), (erbRate(max(hz, 1e-3)) - firstRate) / step))
    let band = min(count - 2, Int(position))
    return values[band] + (values[band + 1] - values[band]) * (position - Double(band))
  }

  private static let log2of10 = Maths.log2(10)
  private static let firstRate = erbRate(edgesHz[1])
  private static let step = erbRate(edgesHz[2]) - erbRate(edgesHz[1])

  private static func points(_ count: Int, from low: Double, to high: Double) -> [Double] {
    let (first, last) = (erbRate(low), erbRate(high))
    return (0..<count).map { k in
      let rate = first + (last - first) * Double(k) / Double(count - 1)
      return (Maths.exp2(rate / 21.4 * log2of10) - 1) / 0.00437
    }
  }
}
