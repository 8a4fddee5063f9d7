import TingleDSP

/// Measures the power of each of `TextureBands` over time at 48 kHz.
///
/// In overlapping chunks: Fourier transform -> one inverse transform for each band's positive frequencies ->
/// squared magnitude -> Gaussian smoothing over about a tick. No filter delays one band against another.
final class BandAnalysis {
  // Ticks are 128 or 48 samples long; all lengths are multiples of both, or powers of two.
  private static let chunk = 1 << 18
  private static let hop = 384 * 640
  private static let margin = (chunk - hop) / 2

  private let forward = ComplexTransform(count: chunk)
  private var inverses: [Int: Inverse] = [:]
  private let re = Buffer<Float>(repeating: 0, count: chunk)
  private let im = Buffer<Float>(repeating: 0, count: chunk)
  private let bandRe = Buffer<Float>(repeating: 0, count: chunk)
  private let bandIm = Buffer<Float>(repeating: 0, count: chunk)
  private let weights: [(first: Int, gains: [Float])]

  private final class Inverse {
    let transform: ComplexTransform
    init(_ count: Int) { transform = ComplexTransform(count: count) }
  }

  init() {
    // Half a cosine over each band: the root of its power weight.
    let edges = TextureBands.edgesHz
    let hertzPerBin = 48000 / Double(Self.chunk)
    weights = (0..<TextureBands.count).map { k in
      let (low, centre, high) = (
        TextureBands.erbRate(edges[k]), TextureBands.erbRate(edges[k + 1]), TextureBands.erbRate(edges[k + 2])
      )
      let first = k == 0 ? 0 : Int((edges[k] / hertzPerBin).rounded(.up))
      let last = Int(edges[k + 2] / hertzPerBin)
      let gains = (first...last).map { bin in
        let rate = TextureBands.erbRate(Double(bin) * hertzPerBin)
        if k == 0, rate < centre { return Float(1) }
        return Float(max(0, Maths.sinCos(turns: (rate - centre) / (high - low) / 2).cos))
      }
      return (first, gains)
    }
  }

  /// The powers of one signal.
  func powers(_ signal: [Float], tick: Int) -> BandLevels {
    var levels = BandLevels(ticks: signal.count / tick)
    let chunks = Swift.stride(from: 0, to: levels.ticks * tick, by: Self.hop).map { $0 }
    // Two chunks share each transform.
    for pair in Swift.stride(from: 0, to: chunks.count, by: 2) {
      fill(re, signal, from: chunks[pair])
      let second = pair + 1 < chunks.count ? chunks[pair + 1] : nil
      if let second { fill(im, signal, from: second) } else { im.fill(0) }
      forward.transform(re.baseAddress, im.baseAddress)
      measure(isSecond: false, from: chunks[pair], tick, into: &levels)
      if let second { measure(isSecond: true, from: second, tick, into: &levels) }
    }
    return levels
  }

  private func fill(_ buffer: borrowing Buffer<Float>, _ signal: [Float], from start: Int) {
    for i in 0..<Self.chunk {
      let at = start - Self.margin + i
      buffer[i] = at >= 0 && at < signal.count ? signal[at] : 0
    }
  }

  /// Measures one of the two chunks in the spectrum.
  private func measure(isSecond: Bool, from start: Int, _ tick: Int, into levels: inout BandLevels) {
    let firstTick = start / tick
    let count = min(Self.hop / tick, levels.ticks - firstTick)
    guard count > 0 else { return }
    let least = tick == 128 ? Self.chunk / 128 : Self.chunk / 16
    for (band, weight) in weights.enumerated() {
      var size = least
      while size < 2 * weight.gains.count { size *= 2 }
      for (i, gain) in weight.gains.enumerated() {
        let bin = weight.first + i
        let mirror = (Self.chunk - bin) & (Self.chunk - 1)
        // The spectrum of one of two real signals; a factor of 2 for the missing negative frequencies.
        if isSecond {
          bandRe[i] = gain * (im[bin] + im[mirror])
          bandIm[i] = gain * (re[mirror] - re[bin])
        } else {
          bandRe[i] = gain * (re[bin] + re[mirror])
          bandIm[i] = gain * (im[bin] - im[mirror])
        }
      }
      for i in weight.gains.count..<size { (bandRe[i], bandIm[i]) = (0, 0) }
      let inverse = inverses[size] ?? Inverse(size)
      inverses[size] = inverse
      inverse.transform.transform(bandIm.baseAddress, bandRe.baseAddress)
      let scale = 0.5 / (Float(Self.chunk) * Float(Self.chunk))
      for i in 0..<size { bandRe[i] = scale * (bandRe[i] * bandRe[i] + bandIm[i] * bandIm[i]) }
      smooth(size, tick, count, row: band * levels.ticks + firstTick, into: &levels)
    }
  }

  /// Averages the power in `bandRe` under a Gaussian around the middle of each tick.
  private func smooth(
    _ size: Int, _ tick: Int, _ count: Int, row: Int, into levels: inout BandLevels
  ) {
    let perTick = tick * size / Self.chunk
    let reach = max(1, Int(1.5 * Double(perTick)))
    let middle = Double(perTick) / 2
    let offsets = (Int(middle.rounded(.down)) - reach)...(Int(middle.rounded(.up)) + reach)
    var kernel = offsets.map { offset in
      let distance = (Double(offset) - middle) / (0.42 * Double(perTick))
      return Float(Maths.exp(-0.5 * distance * distance))
    }
    let sum = kernel.reduce(0, +)
    for i in kernel.indices { kernel[i] /= sum }
    let origin = Self.margin * size / Self.chunk + offsets.lowerBound
    let power = bandRe.baseAddress
    for t in 0..<count {
      let first = power + origin + t * perTick
      var total: Float = 0
      for i in 0..<kernel.count { total += kernel[i] * first[i] }
      levels.values[row + t] = max(total, 1e-16)
    }
  }
}
