/// Filters that do what a magnitude response asks for as early as can be.
public enum MinimumPhase {
  /// The impulse responses of two magnitude responses, by folding the real cepstrum: A. V. Oppenheim and R. W. Schafer,
  /// *Discrete-Time Signal Processing*, "Minimum-phase and all-pass decomposition by homomorphic systems".
  ///
  /// Two at a time, because a complex transform carries two real signals.
  /// - Parameters:
  ///   - first: the gains at 2^n + 1 frequencies from 0 to half the sample rate.
  ///   - second: as many of the other.
  ///   - taps: the length of each response; its last quarter is faded out.
  public static func responses(_ first: [Double], _ second: [Double], taps: Int) -> ([Float], [Float]) {
    let half = first.count - 1
    let count = 2 * half
    func mirrored(_ gains: [Double]) -> [Double] {
      (0..<count).map { Maths.log(max(1e-5, gains[$0 <= half ? $0 : count - $0])) }
    }
    var (re, im) = (mirrored(first), mirrored(second))
    FourierTransform.inPlace(&re, &im)
    // The logarithms are even, and so are the cepstra: real ones stay apart from imaginary ones.
    for k in 0..<count {
      let fold = (k == 0 || k == half ? 1.0 : k < half ? 2 : 0) / Double(count)
      (re[k], im[k]) = (fold * re[k], fold * im[k])
    }
    FourierTransform.inPlace(&re, &im)
    var (sumRe, sumIm) = (re, im)
    for k in 0..<count {
      let mirror = (count - k) & (count - 1)
      // The spectra of the real and of the imaginary signal, and e to their power.
      let (ar, ai) = (0.5 * (re[k] + re[mirror]), 0.5 * (im[k] - im[mirror]))
      let (br, bi) = (0.5 * (im[k] + im[mirror]), 0.5 * (re[mirror] - re[k]))
      let (a, b) = (Maths.exp(ar) / Double(count), Maths.exp(br) / Double(count))
      let (at, bt) = (Maths.sinCos(turns: ai / (2 * .pi)), Maths.sinCos(turns: bi / (2 * .pi)))
      // Conjugate, so that a forward transform brings them back in time.
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
