/// The noise of a sheet that slides on itself and on the fingers: four noise bands -> gains that follow the
/// sliding speed, each with a flutter of its own -> sum.
///
/// The folds of a sheet touch at many places, which start and stop sliding one by one. So the bands of a real
/// sheet vary nearly independently; one gain on one noise is heard as a hiss behind the snaps.
struct SheetFriction: Sendable {
  /// The state that all voices of a layer share.
  struct Prepared: Sendable {
    fileprivate let bands: FourBands
    fileprivate let gain: Double

    /// - Parameter gain: the RMS of the noise at a sliding speed of 1.
    init(_ model: MaterialModel, gain: Double, draws: Draws, sampleRate: Double) {
      let low = 1.2 * model.facetHz.lowerBound
      let high = min(SheetFriction.highestHz, 1.2 * model.facetHz.upperBound)
      // The bands are equally wide in octaves.
      let step = Maths.pow(high / low, 0.25)
      let edges = (low * step, low * step * step, low * step * step * step)
      bands = FourBands(
        edgesHz: (low...edges.0, edges.0...edges.1, edges.1...edges.2, edges.2...high), draws: draws,
        sampleRate: sampleRate)
      // The powers of the four bands add up.
      self.gain = gain / 2
    }
  }

  private let gain: Double
  private var bands: FourBands
  private var flutters: InlineArray<4, Flutter>
  private var gains = BandGains<SIMD4<Float>>()

  private static let highestHz = 16000.0
  private static let flutterSigma = 0.8
  private static let flutterSeconds = 0.05

  /// Creates a sheet at rest.
  init(_ prepared: borrowing Prepared, draws: Draws) {
    gain = prepared.gain
    bands = prepared.bands.withDraws(draws.branch("noise"))
    flutters = InlineArray { band in
      Flutter(
        sigma: Self.flutterSigma, correlationSeconds: Self.flutterSeconds,
        draws: draws.branch("flutter").branch(band))
    }
  }

  var isOver: Bool { gains.isZero }

  /// Adds the noise to a block, at the end of which the sheet slides at `speed`.
  /// - Parameters:
  ///   - speed: 1 in a nominal move.
  ///   - seconds: the time of the end of the block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, speed: Double, until seconds: Double) {
    var target = SIMD4<Float>.zero
    let level = gain * speed
    if level > 1e-6 { for k in 0..<4 { target[k] = Float(level * flutters[k].gain(at: seconds)) } }
    guard var ramp = gains.ramp(to: target, frames: block.count) else { return }
    for i in block.indices { block[i] += SIMD2(repeating: (ramp.next() * bands.next()).laneSum) }
  }
}
