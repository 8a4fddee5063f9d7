/// Minimum-phase impulse responses of given magnitude responses.
public enum MinimumPhase {
  /// Computes the impulse responses of two magnitude responses: log magnitude -> real cepstrum -> folding ->
  /// spectrum -> impulse response.
  ///
  /// One complex transform carries two real signals, hence two at a time. A. V. Oppenheim and R. W. Schafer,
  /// *Discrete-Time Signal Processing*, "Minimum-phase and all-pass decomposition by homomorphic systems".
  /// - Parameters:
  ///   - first: the gains at 2^n + 1 frequencies from 0 to half the sample rate.
  ///   - second: the gains of the other response, at the same frequencies.
  ///   - taps: the length of each impulse response; its last quarter is faded out.
  public static func responses(_ first: [Double], _ second: [Double], taps: Int) -> ([Float], [Float]) {
    let half = first.count - 1
    let count = 2 * half
    func mirrored(_ gains: [Double]) -> [Double] {
      (0..<count).map { Maths.log(max(1e-5, gains[$0 <= half ? $0 : count - $0])) }
    }
    var (re, im) = (mirrored(first), mirrored(second))
    FourierTransform.inPlace(&re, &im)
    // The logarithms are even, so the cepstra are real: one in the real part, one in the imaginary part.
    for k in 0..<count {
      let fold = (k == 0 || k == half ? 1.0 : k < half ? 2 : 0) / Double(count)
      (re[k], im[k]) = (fold * re[k], fold * im[k])
    }
    FourierTransform.inPlace(&re, &im)
    var (sumRe, sumIm) = (re, im)
    for k in 0..<count {
      let mirror = (count - k) & (count - 1)
      // The exponentials of the spectra of the real and of the imaginary signal.
      let (ar, ai) = (0.5 * (re[k] + re[mirror]), 0.5 * (im[k] - im[mirror]))
      let (br, bi) = (0.5 * (im[k] + im[mirror]), 0.5 * (re[mirror] - re[k]))
      let (a, b) = (Maths.exp(ar) / Double(count), Maths.exp(br) / Double(count))
      let (at, bt) = (Maths.sinCos(turns: ai / (2 * .pi)), Maths.sinCos(turns: bi / (2 * .pi)))
      // Conjugated, so that a forward transform acts as the inverse.
      sumRe[k] = a * at.cos - b * bt.sin
      sumIm[k] = -(a * at.sin + b * bt.cos)
    }
    FourierTransform.inPlace(&sumRe, &sumIm)
    let fade = taps / 4
    func shaped(_ signal: [Double], _ sign: Double) -> [Float] {
      (0..<taps).map { n in
        Float(sign * signal[n] * (n < taps - fade ? 1 : Curves.step((Double(taps - n) - 0.5) / Double(fade))))
      }
    }
    return (shaped(sumRe, 1), shaped(sumIm, -1))
  }
}
