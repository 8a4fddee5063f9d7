/// Synthesizes clicks with a given energy in each of `TextureBands`: pulses whose bands start together, each
/// band as short as its width allows.
///
/// Spectrum with the group delay of a short pulse -> inverse Fourier transform.
struct ClickSpectrum: ~Copyable {
  private let frame: Int
  private let transform: ComplexTransform
  private let sampleRate: Double
  // For each bin: the lower band, its share, the factor from the band's energy to the bin's, the bin's delay.
  private let bands: Buffer<Int32>
  private let shares: Buffer<Float>
  private let factors: Buffer<Float>
  private let delays: Buffer<Float>
  private let positions: Buffer<Float>
  private let window: Buffer<Float>
  private let re: Buffer<Float>
  private let im: Buffer<Float>
  private let amplitudes: Buffer<Float>

  init(bandPower: [Double], tiltDB: (Double) -> Double, sampleRate: Double) {
    self.sampleRate = sampleRate
    let frame = sampleRate > 50_000 ? 1024 : 512
    self.frame = frame
    transform = ComplexTransform(count: frame)
    let hertz = (0...frame / 2).map { Double($0) * sampleRate / Double(frame) }
    let places = hertz.map(TextureBands.place)
    bands = Buffer(places.map { Int32($0.band) })
    shares = Buffer(places.map { Float($0.share) })
    // The number of bins in each band, weighted: a band narrower than a bin has less than one.
    var counts = [Double](repeating: 0, count: TextureBands.count)
    for place in places {
      counts[place.band] += place.share
      counts[place.band + 1] += 1 - place.share
    }
    // Energy: power times milliseconds -> sum of squares. Both halves of the spectrum carry it.
    let perBand = (0..<TextureBands.count).map { k in
      bandPower[k] * sampleRate / 1000 / max(counts[k], 0.5) * Double(frame) / 2
    }
    factors = Buffer(perBand.map { Float($0) })
    amplitudes = Buffer(
      hertz.map { Float($0 < 25 || $0 > 21_500 ? 0 : Maths.amplitude(dB: tiltDB($0)) / Double(frame)) })
    delays = Buffer(
      hertz.map { Float(0.35 / TextureBands.interpolated(TextureBands.widthsHz, atHz: $0)) })
    positions = Buffer(
      hertz.map {
        let first = TextureBands.erbRate(TextureBands.edgesHz[1])
        let last = TextureBands.erbRate(TextureBands.edgesHz[TextureBands.count])
        return Float(max(0, min(6.999, 7 * (TextureBands.erbRate($0) - first) / (last - first))))
      })
    window = Buffer(
      (0..<frame).map {
        Float(
          Maths.sinCos(turns: (Double($0) + 0.5) / Double(2 * frame)).sin.squareRoot().squareRoot())
      })
    re = Buffer(repeating: 0, count: frame)
    im = Buffer(repeating: 0, count: frame)
  }

  /// Adds a click to a ring of frames, except the part before `start`.
  /// - Parameters:
  ///   - card: for each band, the natural logarithm of the energy, relative to one millisecond of its power.
  ///   - position: the time of the click in frames.
  ///   - gains: the factors for the two ears.
  ///   - start: the first frame that is still to be read from the ring.
  func add(
    _ card: UnsafePointer<Float>, at position: Double, gains: SIMD2<Float>, _ dice: inout Dice,
    to ring: borrowing Buffer<SIMD2<Float>>, from start: Int
  ) {
    let whole = position.rounded(.down)
    let sign: Float = dice.chance(0.5) ? 1 : -1
    let spread = InlineArray<8, Float> { _ in
      Float(0.0003 * Maths.exp(0.6 * dice.clippedGaussian()))
    }
    let first = Int(whole) - frame / 4
    // A click before the first frame needs no sound.
    guard first + frame > start else { return }
    let energies = InlineArray<36, Float> { k in
      card[k] > -6.9 ? Float(min(1e8, Maths.exp(Double(card[k])))) * factors[k] : 0
    }
    let lead = (Double(frame / 4) + position - whole) / sampleRate
    let step = sampleRate / Double(frame)
    // The phase in turns: the integral of the group delay.
    var turns = 0.0
    for k in 0...frame / 2 {
      let at = positions[k]
      let i = min(6, Int(at))
      let later = spread[i] + (spread[i + 1] - spread[i]) * (at - Float(i))
      turns -= step * Double(min(0.004, delays[k] + later))
      let band = Int(bands[k])
      let energy = shares[k] * energies[band] + (1 - shares[k]) * energies[band + 1]
      guard energy > 0 else {
        (re[k], im[k]) = (0, 0)
        if k > 0, k < frame / 2 { (re[frame - k], im[frame - k]) = (0, 0) }
        continue
      }
      let amplitude = sign * amplitudes[k] * energy.squareRoot()
      let (sin, cos) = Maths.sinCos(turns: turns - step * Double(k) * lead)
      (re[k], im[k]) = (amplitude * Float(cos), amplitude * Float(sin))
      if k > 0, k < frame / 2 { (re[frame - k], im[frame - k]) = (re[k], -im[k]) }
    }
    (im[0], im[frame / 2]) = (0, 0)
    transform.transform(im.baseAddress, re.baseAddress)
    let mask = ring.count - 1
    for i in max(0, start - first)..<frame {
      ring[(first + i) & mask] += (window[i] * re[i]) * gains
    }
  }
}
