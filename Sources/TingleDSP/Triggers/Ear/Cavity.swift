/// The cavity between an ear and a hand or a shell: resonances, and a low-pass as it closes.
///
/// A hand behind the ear adds 3 dB at 300 Hz to 1 kHz and up to 10 dB at 1 to 2 kHz; a cup that is nearly
/// closed resonates near 700 Hz.
struct Cavity: Sendable {
  private var resonances: InlineArray<3, StateVariable<Float>>
  private var closing: StateVariable<Float>
  private let kind: EarKind
  private let sampleRate: Double
  private var gains = SIMD4<Float>(1, 0, 0, 0)

  init(kind: EarKind, sampleRate: Double) {
    resonances = InlineArray(repeating: StateVariable(cutoffHz: 1000, q: 3, sampleRate: sampleRate))
    closing = StateVariable(cutoffHz: 16_000, q: 0.6, sampleRate: sampleRate)
    self.kind = kind
    self.sampleRate = sampleRate
  }

  /// Filters one ear of a block.
  /// - Parameter coverage: 0 for an open ear, 1 for a hand or a shell that lies on it.
  mutating func process(
    _ block: inout MutableSpan<SIMD2<Float>>, side: Int, coverage: Double, force: Double
  ) {
    let isShell = kind == .seashell
    let pull = isShell ? 0.75 + 0.25 * coverage : coverage
    let base = isShell ? 520 - 90 * coverage : 1500 * Maths.exp2(-1.4 * coverage)
    let ratios = isShell ? SIMD3(1, 2.15, 3.4) : SIMD3(1, 2.7, 4.6)
    for k in 0..<3 {
      let ratio = ratios[k]
      resonances[k].tune(cutoffHz: base * ratio, q: isShell ? 7 : 2.5 + Double(k), sampleRate: sampleRate)
    }
    closing.tune(
      cutoffHz: isShell ? 5000 : 16_000 * Maths.exp2(-4 * coverage), q: 0.6, sampleRate: sampleRate)
    let depth = pull * Maths.pow(force, 0.3)
    let target = SIMD4<Float>(
      Float(1 - 0.75 * pull), Float(2.4 * depth), Float(1.3 * depth), Float(0.7 * depth))
    let step = (target - gains) / Float(block.count)
    var (first, second, third, low) = (resonances[0], resonances[1], resonances[2], closing)
    var gains = gains
    func filtered(_ x: Float) -> Float {
      let y = SIMD4(x, first.process(x).band, second.process(x).band, third.process(x).band)
      defer { gains += step }
      return low.process((gains * y).laneSum).low
    }
    if side == 0 {
      for i in block.indices { block[i] = SIMD2(filtered(block[i].x), block[i].y) }
    } else {
      for i in block.indices { block[i] = SIMD2(block[i].x, filtered(block[i].y)) }
    }
    (resonances[0], resonances[1], resonances[2], closing) = (first, second, third, low)
    self.gains = target
  }
}
