import TingleDSP

/// The long-term spectrum and the coherence of two channels, from overlapping Hann frames.
struct SpectrumAnalysis {
  private static let size = 4096
  private static let sampleRate = 48000.0

  /// The power density of each channel per bin: mean square per hertz.
  let densities: (left: [Double], right: [Double])
  /// The real part of the cross density of both channels.
  let cross: [Double]

  /// - Parameters:
  ///   - left: the left channel at 48 kHz.
  ///   - right: the right channel, of the same length.
  init(_ left: [Float], _ right: [Float]) {
    let half = Self.size / 2
    let transform = ComplexTransform(count: Self.size)
    let re = Buffer<Float>(repeating: 0, count: Self.size)
    let im = Buffer<Float>(repeating: 0, count: Self.size)
    let window = (0..<Self.size).map {
      Float(0.5 - 0.5 * Maths.sinCos(turns: (Double($0) + 0.5) / Double(Self.size)).cos)
    }
    var (l, r) = ([Double](repeating: 0, count: half + 1), [Double](repeating: 0, count: half + 1))
    var x = l
    var frames = 0
    for start in stride(from: 0, through: max(0, left.count - Self.size), by: half) {
      for i in 0..<Self.size {
        let at = start + i
        re[i] = at < left.count ? window[i] * left[at] : 0
        im[i] = at < left.count ? window[i] * right[at] : 0
      }
      transform.transform(re.baseAddress, im.baseAddress)
      for k in 0...half {
        let mirror = (Self.size - k) & (Self.size - 1)
        let (ar, ai) = (Double(re[k] + re[mirror]), Double(im[k] - im[mirror]))
        let (br, bi) = (Double(im[k] + im[mirror]), Double(re[mirror] - re[k]))
        l[k] += ar * ar + ai * ai
        r[k] += br * br + bi * bi
        x[k] += ar * br + ai * bi
      }
      frames += 1
    }
    // One-sided density: the window's power is 3/8; the halves of the split are in the factor 1/4.
    let scale = 2 / (4 * Self.sampleRate * 0.375 * Double(Self.size) * Double(max(1, frames)))
    densities = (l.map { $0 * scale }, r.map { $0 * scale })
    cross = x.map { $0 * scale }
  }

  /// The power density in decibels at `TextureBands.spectrumHz`, averaged between the points.
  static func points(_ density: [Double]) -> [Double] {
    let step = sampleRate / Double(size)
    var sums = [0.0]
    for value in density { sums.append(sums[sums.count - 1] + value * step) }
    func integral(_ hz: Double) -> Double {
      let at = max(0, min(Double(density.count), hz / step + 0.5))
      let i = min(density.count - 1, Int(at))
      return sums[i] + (sums[i + 1] - sums[i]) * (at - Double(i))
    }
    let hertz = TextureBands.spectrumHz
    return hertz.indices.map { k in
      let low = k == 0 ? hertz[0] * 0.97 : (hertz[k - 1] * hertz[k]).squareRoot()
      let high = k == hertz.count - 1 ? hertz[k] * 1.01 : (hertz[k] * hertz[k + 1]).squareRoot()
      let width = max(high - low, step)
      let mean = (integral(hertz[k] + width / 2) - integral(hertz[k] - width / 2)) / width
      return Maths.decibels(power: max(mean, 1e-24))
    }
  }

  /// The correlation of both channels in each of `TextureBands`.
  var coherence: [Double] {
    let step = Self.sampleRate / Double(Self.size)
    var (l, r, x) = (
      [Double](repeating: 1e-30, count: TextureBands.count),
      [Double](repeating: 1e-30, count: TextureBands.count),
      [Double](repeating: 0, count: TextureBands.count)
    )
    for k in 1..<cross.count {
      let place = TextureBands.place(ofHz: Double(k) * step)
      for (band, share) in [(place.band, place.share), (place.band + 1, 1 - place.share)] {
        l[band] += share * densities.left[k]
        r[band] += share * densities.right[k]
        x[band] += share * cross[k]
      }
    }
    return (0..<TextureBands.count).map { x[$0] / (l[$0] * r[$0]).squareRoot() }
  }
}
