import TingleDSP

/// Learns a texture from a recording at 48 kHz.
///
/// Levels and carrier add up in decibels, so what any noise has is taken off what is measured. Then, for a
/// few rounds, the texture is rendered and measured like the recording, and its numbers are corrected by the
/// difference.
public struct TextureLearner {
  /// What was learned, and how near the result comes.
  public struct Result: Sendable {
    /// The texture, with the precision of a file.
    public var model = TextureModel()
    /// The mean difference of the levels' distributions between recording and texture, in decibels.
    public var levelErrorDB = 0.0
    /// The mean difference of the bands' mean powers, in decibels.
    public var powerErrorDB = 0.0
    /// The mean difference of the correlations between bands.
    public var correlationError = 0.0
    /// The number of bands whose level moves more than that of noise.
    public var movingBands = 0
    /// How far the loudest milliseconds stand over the median, in decibels.
    public var peakDB = 0.0
    /// The times of the events in the recording, in seconds.
    public var eventSeconds: [Double] = []
    /// The share of each octave of modulation in the fluctuation of the levels.
    public var octaveShares: [Double] = []
  }

  /// The sample rate at which recordings are learned, in hertz.
  public static let sampleRate = 48000.0
  /// The shortest recording in seconds.
  public static let shortestSeconds = 10.0
  /// From this value of `Result.peakDB` on, a sound has events.
  static let eventPeakDB = 19.5

  private static let bands = TextureBands.count
  private static let octaves = TextureModel.octaveCount
  private static let nepers = 0.230_258_509_299
  private static let edgeTicks = 8

  private let left: [Float]
  private let right: [Float]
  private let isStereo: Bool
  private let progress: (Double) -> Void
  private let analysis = BandAnalysis()
  /// The length of the renders that are compared with the recording.
  private let renderSamples: Int

  /// - Parameters:
  ///   - left: the left channel at 48 kHz; at least 10 s.
  ///   - right: the right channel; nil for a mono recording.
  ///   - progress: called with the share of the work done.
  public init(left: [Float], right: [Float]?, progress: @escaping (Double) -> Void = { _ in }) {
    self.left = left
    self.right = right ?? left
    isStereo = right != nil
    self.progress = progress
    renderSamples = 24 * 48000
  }

  /// Learns the texture.
  public func learn() -> Result {
    var result = Result()
    var model = TextureModel()
    let spectrum = SpectrumAnalysis(left, right)
    let sums = (spectrum.densities.left.reduce(0, +), spectrum.densities.right.reduce(0, +))
    // The louder channel is learned; the other one gives the likeness of the two.
    let isLeft = sums.0 >= sums.1
    let points = SpectrumAnalysis.points(isLeft ? spectrum.densities.left : spectrum.densities.right)
    let offset = points.max() ?? 0
    // Rumble below 50 Hz is inaudible, and the gains would spread it below 20 Hz.
    model.spectrumDB = zip(points, TextureBands.spectrumHz).map { point, hz in
      max(-120, point - offset - 36 * max(0, Maths.log2(50 / hz)))
    }
    let scale = Float(Maths.amplitude(dB: -offset))
    let signal = (isLeft ? left : right).map { $0 * scale }
    progress(0.05)

    let recorded = analysis.powers(signal, tick: 128)
    let fine = analysis.powers(signal, tick: EventDetection.millisecond)
    progress(0.15)
    let carrier = levels(model, seed: 991, alive: false)
    let carrierPower = carrier.means
    result.peakDB = EventDetection.peakDB(fine)
    var bed = recorded
    var events: TextureModel.Events?
    if result.peakDB >= Self.eventPeakDB {
      let (l, r) = isStereo ? bothFine(scale) : (nil, nil)
      let detection = EventDetection(fine, left: l, right: r)
      if let found = detection.detect(recorded, carrierPower: carrierPower) {
        (bed, events) = (found.bed, found.events)
        result.eventSeconds = found.seconds
      }
    }
    progress(0.25)
    let floor = zip(recorded.means, carrierPower).map { 1e-4 * $0 / $1 }
    let target = LevelStatistics(bed, reference: carrierPower, floor: floor)
    let noise = LevelStatistics(
      carrier, reference: carrierPower, floor: [Double](repeating: 1e-4, count: Self.bands))
    var fit = TextureFit(
      model, target: target, noise: noise,
      seconds: min(Double(signal.count) / 48000, Double(renderSamples) / 48000))
    for round in 0..<5 {
      let rendered = levels(fit.model, seed: 992 + UInt64(round), alive: true)
      fit.correct(LevelStatistics(rendered, reference: carrierPower, floor: floor))
      progress(0.25 + 0.1 * Double(round + 1))
    }
    for round in 0..<2 {
      fit.correctPower(levels(fit.model, seed: 1041 + UInt64(round), alive: true).means, wanted: bed.means)
    }
    progress(0.85)
    model = fit.model
    result.movingBands = fit.movingBands
    result.octaveShares = fit.octaveShares
    if var events {
      for round in 0..<2 {
        model.events = events
        let means = levels(model, seed: 1061 + UInt64(round), alive: true).means
        for k in 0..<Self.bands {
          let error = max(-2.2, min(2.2, Maths.log(means[k] / recorded.means[k]) / Self.nepers))
          for i in 0..<TextureModel.quantileCount {
            model.levelsDB[k * TextureModel.quantileCount + i] -= error
          }
          for i in events.cards.indices {
            if events.cards[i].clickDB[k] > -60 { events.cards[i].clickDB[k] -= error }
            if events.cards[i].tailDB[k] > -60 { events.cards[i].tailDB[k] -= error }
          }
        }
      }
      model.events = events
    }
    learnEars(&model, spectrum)
    progress(0.95)
    model.levelDB = 0
    model = model.rounded
    model.levelDB = max(-12, min(12, loudnessErrorDB(model)))
    result.model = model.rounded
    judge(&result, recorded, carrierPower, floor)
    progress(1)
    return result
  }

  private func bothFine(_ scale: Float) -> (BandLevels?, BandLevels?) {
    (
      analysis.powers(left.map { $0 * scale }, tick: EventDetection.millisecond),
      analysis.powers(right.map { $0 * scale }, tick: EventDetection.millisecond)
    )
  }

  /// Renders a texture.
  private func rendered(_ model: TextureModel, seed: UInt64, alive: Bool, samples: Int) -> [SIMD2<Float>] {
    var controls = TextureSynthesis.Controls()
    controls.isAlive = alive
    let synthesis = TextureSynthesis(model, controls, draws: Draws(seed: seed), sampleRate: 48000)
    synthesis.seek(toFrame: 0)
    var frames = [SIMD2<Float>](repeating: .zero, count: samples)
    frames.withUnsafeMutableBufferPointer { buffer in
      if let first = buffer.baseAddress { synthesis.render(into: first, count: samples) }
    }
    return frames
  }

  /// The levels of a rendered texture, in the left ear.
  private func levels(_ model: TextureModel, seed: UInt64, alive: Bool) -> BandLevels {
    let frames = rendered(model, seed: seed, alive: alive, samples: renderSamples)
    let levels = analysis.powers(frames.map { $0.x }, tick: 128)
    return levels.cut(Self.edgeTicks..<levels.ticks - Self.edgeTicks)
  }

  /// Learns how alike the two ears are: their noise, and their levels.
  private func learnEars(_ model: inout TextureModel, _ spectrum: SpectrumAnalysis) {
    guard isStereo else {
      // All around: a little alike in the lows, different in the highs. Levels that differ little keep their
      // statistics in a mono downmix.
      model.coherence = (0..<Self.bands).map { k in
        let decades = Maths.log2(TextureBands.edgesHz[k + 1] / 300) / Maths.log2(10)
        return 0.45 - 0.35 * max(0, min(1, decades))
      }
      model.levelCoherence = [Double](repeating: 0.7, count: Self.bands)
      return
    }
    model.coherence = spectrum.coherence.map { max(-0.98, min(0.99, $0)) }
    let wanted = covariance(left, right)
    var still = model
    still.events = nil
    let frames = rendered(still, seed: 7, alive: false, samples: 12 * 48000)
    let noise = covariance(frames.map { $0.x }, frames.map { $0.y })
    let raw = (0..<Self.bands).map { k in
      let (own, ofNoise) = (wanted[k].variance, noise[k].variance)
      return own - ofNoise > 0.05 * own
        ? (wanted[k].covariance - noise[k].covariance) / max(own - ofNoise, 1e-6)
        : max(0, min(1, wanted[k].covariance / max(own, 1e-9)))
    }
    let kernel = [0.1, 0.2, 0.4, 0.2, 0.1]
    model.levelCoherence = (0..<Self.bands).map { k in
      let sum = (-2...2).reduce(0) { $0 + kernel[$1 + 2] * raw[max(0, min(Self.bands - 1, k + $1))] }
      return max(0, min(0.999, sum))
    }
    // Levels that differ make the noise differ, too; events make both alike.
    let seen = correlations(wanted)
    for round in 0..<2 {
      let frames = rendered(model, seed: 1081 + UInt64(round), alive: true, samples: renderSamples)
      let (l, r) = (frames.map { $0.x }, frames.map { $0.y })
      let (coherence, levels) = (SpectrumAnalysis(l, r).coherence, correlations(covariance(l, r)))
      for k in 0..<Self.bands {
        model.coherence[k] = max(-0.98, min(0.99, model.coherence[k] + spectrum.coherence[k] - coherence[k]))
        model.levelCoherence[k] = max(0, min(0.999, model.levelCoherence[k] + 0.7 * (seen[k] - levels[k])))
      }
    }
  }

  private func correlations(_ levels: [(covariance: Double, variance: Double)]) -> [Double] {
    levels.map { $0.covariance / max($0.variance, 1e-12) }
  }

  /// The covariance of the levels of two channels, and the geometric mean of their variances.
  private func covariance(_ left: [Float], _ right: [Float]) -> [(covariance: Double, variance: Double)] {
    let (a, b) = (analysis.powers(left, tick: 128), analysis.powers(right, tick: 128))
    let ticks = Self.edgeTicks..<a.ticks - Self.edgeTicks
    return (0..<Self.bands).map { k in
      let x = ticks.map { Maths.log(Double(a.values[k * a.ticks + $0]) + 1e-14) }
      let y = ticks.map { Maths.log(Double(b.values[k * b.ticks + $0]) + 1e-14) }
      let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
      var (xx, yy, xy) = (0.0, 0.0, 0.0)
      for i in x.indices {
        xx += (x[i] - mx) * (x[i] - mx)
        yy += (y[i] - my) * (y[i] - my)
        xy += (x[i] - mx) * (y[i] - my)
      }
      return (xy / Double(x.count), (xx * yy).squareRoot() / Double(x.count))
    }
  }

  /// How much louder the texture is, with the gain that its numbers suggest, than -26 LUFS.
  private func loudnessErrorDB(_ model: TextureModel) -> Double {
    let gain = model.loudnessGain
    let frames = rendered(model, seed: 5, alive: true, samples: 40 * 48000)
    var weighting = KWeighting<SIMD2<Float>>(sampleRate: 48000)
    var blocks: [Double] = []
    var sum = 0.0
    for (i, frame) in frames.enumerated() {
      let weighted = SIMD2<Double>(weighting.process(frame))
      let power = weighted.x * weighted.x + weighted.y * weighted.y
      sum += gain * gain * power
      if (i + 1) % 19_200 == 0 {
        blocks.append(sum / 19_200)
        sum = 0
      }
    }
    // Gated 10 LU under the mean, as integrated loudness is.
    let mean = blocks.reduce(0, +) / Double(blocks.count)
    let loud = blocks.filter { $0 > 0.1 * mean }
    let gated = loud.reduce(0, +) / Double(max(1, loud.count))
    return -0.691 + Maths.decibels(power: max(gated, 1e-20)) + 26
  }

  /// Compares a render of the texture with the recording.
  private func judge(
    _ result: inout Result, _ recorded: BandLevels, _ carrierPower: [Double], _ floor: [Double]
  ) {
    let wanted = LevelStatistics(recorded, reference: carrierPower, floor: floor)
    let rendered = levels(result.model, seed: 2001, alive: true)
    let got = LevelStatistics(rendered, reference: carrierPower, floor: floor)
    var sum = 0.0
    for k in 0..<Self.bands {
      for i in 0..<TextureModel.quantileCount { sum += abs(wanted.quantiles[k][i] - got.quantiles[k][i]) }
    }
    result.levelErrorDB = sum / Double(Self.bands * TextureModel.quantileCount) / Self.nepers
    result.powerErrorDB =
      zip(rendered.means, recorded.means).reduce(0) { $0 + abs(Maths.log($1.0 / $1.1)) } / Self.nepers
      / Double(Self.bands)
    func correlations(_ statistics: LevelStatistics) -> [Double] {
      var total = [Double](repeating: 0, count: Self.bands * Self.bands)
      for j in 0..<Self.octaves { for i in total.indices { total[i] += statistics.covariances[j][i] } }
      return (0..<Self.bands * Self.bands).map { i in
        let (a, b) = (i / Self.bands, i % Self.bands)
        return total[i] / max(1e-12, (total[a * Self.bands + a] * total[b * Self.bands + b]).squareRoot())
      }
    }
    let (a, b) = (correlations(wanted), correlations(got))
    result.correlationError = zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(a.count)
  }
}

extension TextureLearner {
  /// The correlation of both channels in each of `TextureBands`, at 48 kHz.
  public static func coherence(_ frames: [SIMD2<Float>]) -> [Double] {
    SpectrumAnalysis(frames.map { $0.x }, frames.map { $0.y }).coherence
  }
}
