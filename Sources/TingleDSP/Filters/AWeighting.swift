/// A-weighting, the loudness of each frequency at low levels: four one-pole high-passes -> two one-pole
/// low-passes.
///
/// IEC 61672-1, annex E.
public struct AWeighting: Sendable {
  // High-passes at 20.6 Hz (two), 107.7 Hz and 737.9 Hz; low-passes at 12.2 kHz (two).
  private var lows: InlineArray<4, OnePole<SIMD2<Float>>>
  private var highs: InlineArray<2, OnePole<SIMD2<Float>>>
  /// The gain that gives 0 dB at 1 kHz.
  private static let gain: Float = 1.2589

  /// Creates a filter at rest, for both ears.
  public init(sampleRate: Double) {
    func pole(_ hz: Double) -> OnePole<SIMD2<Float>> { OnePole(cutoffHz: hz, sampleRate: sampleRate) }
    lows = [pole(20.599), pole(20.599), pole(107.653), pole(737.862)]
    highs = [pole(12194.2), pole(12194.2)]
  }

  /// Weights one frame.
  public mutating func process(_ frame: SIMD2<Float>) -> SIMD2<Float> {
    var x = frame
    for k in lows.indices { x = lows[k].highPass(x) }
    for k in highs.indices { x = highs[k].lowPass(x) }
    return Self.gain * x
  }
}
