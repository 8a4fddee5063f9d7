/// A-weighting: how loud each frequency is at low levels; IEC 61672-1, annex E.
public struct AWeighting<Sample: Signal>: Sendable {
  // High-passes at 20.6 Hz, twice, 107.7 Hz and 737.9 Hz; low-passes at 12.2 kHz, twice.
  private var lows: InlineArray<4, OnePole<Sample>>
  private var highs: InlineArray<2, OnePole<Sample>>
  /// What makes 1 kHz pass unchanged.
  private static var gain: Float { 1.2589 }

  /// A weighting at rest.
  public init(sampleRate: Double) {
    func pole(_ hz: Double) -> OnePole<Sample> { OnePole(cutoffHz: hz, sampleRate: sampleRate) }
    lows = [pole(20.599), pole(20.599), pole(107.653), pole(737.862)]
    highs = [pole(12194.2), pole(12194.2)]
  }

  /// The next sample.
  public mutating func process(_ x: Sample) -> Sample {
    var x = x
    for k in lows.indices { x = lows[k].highPass(x) }
    for k in highs.indices { x = highs[k].lowPass(x) }
    return Self.gain * x
  }
}
